import type { Language } from '../../domain/election.ts';
import { MAIL_REASONS, type MailState } from '../../domain/mail.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import type { Refusal } from '../../protocol/outcome.ts';
import type { ElectionRow } from '../../store/elections.ts';
import type { MailTrouble } from '../../store/link-mails.ts';
import { DataTable } from '../../views/data-table.tsx';
import { DefinitionList } from '../../views/definition-list.tsx';
import { SubmitButton } from '../../views/form.tsx';
import { formatNumber, formatShortInstant } from '../../views/format.ts';
import { Notice } from '../../views/notice.tsx';
import { ProgressBar } from '../../views/progress-bar.tsx';
import { describeRefusal } from '../../views/refusal-page.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { ChannelPart, MoreMailLinks, RunParts, type RunView } from './run-parts.tsx';
import { runTexts } from './run-texts.ts';
import type { LinkPreview } from './send-links.ts';
import { texts } from './texts.ts';

/** Rows of the table of troubles. */
export const MOST_TROUBLES = 200;

export interface LinksView {
  readonly election: ElectionRow;
  readonly preview: LinkPreview;
  readonly totals: Readonly<Record<MailState, number>>;
  readonly troubles: readonly MailTrouble[];
  /** Why links cannot be sent now, if so. */
  readonly refusal: Refusal<RefusalCode> | undefined;
  readonly isEmbedded: boolean;
  /** How many were queued by the act that led here. */
  readonly queued: number | undefined;
  readonly runs: readonly RunView[];
  /** Whether the way of the codes can still be chosen, and whether it just was. */
  readonly isChannelFree: boolean;
  readonly isChannelChosen: boolean;
  readonly isRefreshing: boolean;
}

/** Sends the voting links, and shows how the sending goes. */
export const LinksPage = (props: { c: PageContext; view: LinksView }) => {
  const { c, view } = props;
  const language = c.get('language');
  const t = texts[language];
  const { election, preview: standings, totals } = view;
  const number = (value: number): string => formatNumber(language, value);
  return (
    <StaffPage c={c} title={t.title} election={election} isNarrow>
      <p class="lead">{t.lead}</p>
      {view.queued === undefined ? null : (
        <Notice kind="success">
          <p>{t.queued(view.queued, number(view.queued))}</p>
        </Notice>
      )}
      {view.isChannelChosen ? (
        <Notice kind="success">
          <p>{runTexts[language].chosen}</p>
        </Notice>
      ) : null}
      {view.isEmbedded ? (
        <Notice kind="info">
          <p>
            {t.embedded} <a href="/mailbox">{t.toMailbox}</a>
          </p>
        </Notice>
      ) : null}
      <h2>{t.linksTitle}</h2>
      {view.refusal === undefined ? (
        <SendForm language={language} election={election} standings={standings} />
      ) : (
        <Notice kind="warning">
          <p>{describeRefusal(language, view.refusal, election.time_zone)}</p>
        </Notice>
      )}
      <Progress language={language} view={view} />
      <section>
        <h2>{t.figures}</h2>
        <DefinitionList
          items={[
            { term: t.onRoll, detail: number(standings.voters) },
            { term: t.sent, detail: number(totals.sent) },
            { term: t.waiting, detail: number(totals.queued + totals.sending) },
            { term: t.refused, detail: number(totals.refused) },
            { term: t.skipped, detail: number(totals.skipped) },
            { term: t.voted, detail: number(standings.voted) },
          ]}
        />
        <p>
          <a href={`/elections/${election.id}/mails`}>{t.toDeliveries}</a>
        </p>
      </section>
      <RunParts language={language} election={election} runs={view.runs} />
      <ChannelPart language={language} election={election} isFree={view.isChannelFree} />
      <MoreMailLinks language={language} electionId={election.id} />
      <Troubles language={language} view={view} />
    </StaffPage>
  );
};

const SendForm = (props: { language: Language; election: ElectionRow; standings: LinkPreview }) => {
  const { language, election, standings } = props;
  const t = texts[language];
  const { sent, waiting, voted } = standings;
  // after an interruption, links may be queued whose codes are not
  const toSend = Math.max(standings.toSend, standings.codesToSend);
  const number = (value: number): string => formatNumber(language, value);
  if (toSend === 0) return <p class="empty">{t.nothingToSend}</p>;
  return (
    <form method="post" action={`/elections/${election.id}/links`}>
      {election.links_mailed === 1 ? null : (
        <Notice kind="warning" title={t.locksTitle}>
          <p>{t.locks}</p>
        </Notice>
      )}
      <p>
        <strong>{t.willSend(toSend, number(toSend))}</strong>{' '}
        {t.othersHave(number(sent + waiting), number(voted))}
      </p>
      <SubmitButton label={t.send(toSend, number(toSend))} />
    </form>
  );
};

const Progress = (props: { language: Language; view: LinksView }) => {
  const { language, view } = props;
  const t = texts[language];
  const { queued, sending, sent, refused, skipped } = view.totals;
  const done = sent + refused + skipped;
  const all = done + queued + sending;
  if (all === 0) return null;
  return (
    <section>
      <ProgressBar
        label={t.progress(formatNumber(language, done), formatNumber(language, all))}
        value={done}
        max={all}
      />
      {view.isRefreshing ? (
        <p class="form-text">
          {t.refreshes} <a href={`/elections/${view.election.id}/links?still`}>{t.stopRefreshing}</a>
        </p>
      ) : null}
    </section>
  );
};

/** The server's words, or ours where the reason is ours. */
function reasonOf(language: Language, answer: string): string {
  const own = MAIL_REASONS.find((reason) => reason === answer);
  return own === undefined ? answer : texts[language].reasons[own];
}

const Troubles = (props: { language: Language; view: LinksView }) => {
  const { language, view } = props;
  const t = texts[language];
  const { troubles, election } = view;
  if (troubles.length === 0) return null;
  return (
    <section>
      <h2>{t.troubles}</h2>
      <p>{t.troublesNote}</p>
      {troubles.length < MOST_TROUBLES ? null : (
        <p>{t.firstTroubles(formatNumber(language, MOST_TROUBLES))}</p>
      )}
      <DataTable
        caption={t.troubles}
        isCaptionHidden
        columns={[{ label: t.voter }, { label: t.address }, { label: t.state }, { label: t.reason }]}
        rows={troubles.map((trouble) => [
          `${trouble.lastName} ${trouble.firstName}`.trim(),
          trouble.email,
          trouble.state === 'refused'
            ? t.isRefused
            : t.isDelayed(
                formatNumber(language, trouble.attempts),
                formatShortInstant(language, election.time_zone, trouble.dueAt),
              ),
          reasonOf(language, trouble.answer),
        ])}
      />
    </section>
  );
};

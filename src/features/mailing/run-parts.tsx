import type { Language } from '../../domain/election.ts';
import { CODE_CHANNELS } from '../../domain/mail-template.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import type { Refusal } from '../../protocol/outcome.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { Radio, SubmitButton } from '../../views/form.tsx';
import { formatNumber } from '../../views/format.ts';
import { describeRefusal } from '../../views/refusal-page.tsx';
import { runTexts } from './run-texts.ts';
import type { RunKind, RunStandings } from './send-run.ts';

/** One kind of e-mail to many: where it stands, and why it cannot be sent now, if so. */
export interface RunView {
  readonly kind: RunKind;
  readonly standings: RunStandings;
  readonly refusal: Refusal<RefusalCode> | undefined;
}

const PATHS: Readonly<Record<RunKind, string>> = {
  invitation: 'invitations',
  reminder: 'reminders',
  result: 'results',
};

/** Invitations, reminders, results: each says to how many it would go before it goes. */
export const RunParts = (props: { language: Language; election: ElectionRow; runs: readonly RunView[] }) => (
  <>
    {props.runs.map((run) => (
      <RunPart language={props.language} election={props.election} run={run} />
    ))}
  </>
);

const RunPart = (props: { language: Language; election: ElectionRow; run: RunView }) => {
  const { language, election, run } = props;
  const t = runTexts[language];
  const { title, what, send } = t.runs[run.kind];
  const { toSend, sent, queued, sending, refused } = run.standings;
  const number = (value: number): string => formatNumber(language, value);
  return (
    <section id={PATHS[run.kind]}>
      <h2>{title}</h2>
      <p>{what}</p>
      {sent + queued + sending + refused === 0 ? null : (
        <p>{t.standing(number(sent), number(queued + sending), number(refused))}</p>
      )}
      {run.refusal !== undefined ? (
        <p class="empty">{describeRefusal(language, run.refusal, election.time_zone)}</p>
      ) : toSend === 0 ? (
        <p class="empty">{t.nobody}</p>
      ) : (
        <form method="post" action={`/elections/${election.id}/links/${PATHS[run.kind]}`}>
          <SubmitButton kind="secondary" label={send(toSend, number(toSend))} />
        </form>
      )}
    </section>
  );
};

/** How codes travel, and the choice while it is free. */
export const ChannelPart = (props: { language: Language; election: ElectionRow; isFree: boolean }) => {
  const { language, election } = props;
  const t = runTexts[language];
  return (
    <section id="code-channel">
      <h2>{t.codesTitle}</h2>
      {props.isFree ? (
        <form method="post" action={`/elections/${election.id}/links/code-channel`}>
          <fieldset class="field">
            <legend class="visually-hidden">{t.codesTitle}</legend>
            {CODE_CHANNELS.map((channel) => (
              <Radio
                name="channel"
                value={channel}
                label={t.channels[channel]}
                hint={t.channelHints[channel]}
                checked={channel === election.code_channel}
              />
            ))}
          </fieldset>
          <p class="form-text">{t.codesChange}</p>
          <SubmitButton kind="secondary" label={t.choose} />
        </form>
      ) : (
        <p>
          <strong>{t.channels[election.code_channel]}</strong>. {t.codesFixed}
        </p>
      )}
    </section>
  );
};

/** The way to the texts and the printed sheets. */
export const MoreMailLinks = (props: { language: Language; electionId: string }) => {
  const t = runTexts[props.language];
  return (
    <section>
      <h2>{t.moreTitle}</h2>
      <ul>
        <li>
          <a href="/templates">{t.toTemplates}</a> – {t.templatesNote}
        </li>
        <li>
          <a href={`/elections/${props.electionId}/sheets`}>{t.toSheets}</a> – {t.sheetsNote}
        </li>
      </ul>
    </section>
  );
};

import type { Language } from '../../domain/election.ts';
import type { KindTotals } from '../../store/mail-list.ts';
import { DataTable } from '../../views/data-table.tsx';
import { SubmitButton } from '../../views/form.tsx';
import { formatNumber, formatShortInstant } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import type { CockpitNews, CockpitView } from './cockpit-view.ts';
import { MailListing } from './mail-listing.tsx';
import { texts } from './texts.ts';

const MINUTES_AN_HOUR = 60;

/** How the e-mails of an election leave, and the levers of it. */
export const CockpitPage = (props: { c: PageContext; view: CockpitView }) => {
  const { c, view } = props;
  const language = c.get('language');
  const t = texts[language];
  return (
    <StaffPage
      c={c}
      title={t.title}
      election={view.election}
      crumbs={[{ href: `/elections/${view.election.id}/links`, label: t.mail }]}
    >
      <News language={language} news={view.news} />
      <p class="lead">{t.lead}</p>
      <Now language={language} view={view} />
      {view.totals.length === 0 ? null : (
        <section>
          <h2>{t.totals}</h2>
          <Totals language={language} totals={view.totals} />
        </section>
      )}
      <MailListing language={language} view={view} />
    </StaffPage>
  );
};

const News = (props: { language: Language; news: CockpitNews | undefined }) => {
  const { language, news } = props;
  const t = texts[language];
  if (news === undefined) return null;
  const words =
    news.did === 'retried' ? t.retried(news.count, formatNumber(language, news.count)) : t[news.did];
  return (
    <Notice kind="success">
      <p>{words}</p>
    </Notice>
  );
};

/** How many wait, how long that takes, and what holds them back. */
function sentences(language: Language, view: CockpitView): string[] {
  const t = texts[language];
  const { figures, minutesLeft, perMinute, putOff } = view;
  const number = (value: number): string => formatNumber(language, value);
  const waiting = figures.queued + figures.sending;
  if (waiting === 0) return [t.nothingWaits];
  const isHeld = view.pause !== undefined || view.quietUntil !== undefined;
  return [
    t.waits(waiting, number(waiting)),
    ...(isHeld || minutesLeft === undefined ? [] : [t.about(minutesLeft, lengthOf(language, minutesLeft))]),
    ...(perMinute === undefined ? [] : [t.perMinute(number(perMinute))]),
    ...(putOff === 0 ? [] : [t.putOff(putOff, number(putOff))]),
  ];
}

/** Minutes as they are, from two hours on in whole hours. */
const lengthOf = (language: Language, minutes: number): string =>
  formatNumber(language, minutes < 2 * MINUTES_AN_HOUR ? minutes : Math.round(minutes / MINUTES_AN_HOUR));

const Now = (props: { language: Language; view: CockpitView }) => {
  const { language, view } = props;
  const t = texts[language];
  const { election, pause, quietUntil, putOff, figures } = view;
  const path = `/elections/${election.id}/mails`;
  const instant = (at: number): string => formatShortInstant(language, election.time_zone, at);
  return (
    <section>
      <h2>{t.now}</h2>
      {pause === undefined ? null : (
        <Notice kind="warning">
          <p>{t.isPaused(pause.actor, instant(pause.since))}</p>
        </Notice>
      )}
      {quietUntil === undefined ? null : (
        <Notice kind="info">
          <p>{t.isQuiet(instant(quietUntil))}</p>
        </Notice>
      )}
      <p>{sentences(language, view).join(' ')}</p>
      {view.isRefreshing ? (
        <p class="form-text">
          {t.refreshes} <a href={`${path}?still`}>{t.stopRefreshing}</a>
        </p>
      ) : null}
      <div class="actions">
        <form method="post" action={`${path}/${pause === undefined ? 'pause' : 'resume'}`}>
          <SubmitButton label={pause === undefined ? t.pause : t.resume} kind="secondary">
            <Icon name={pause === undefined ? 'pause' : 'play'} />
          </SubmitButton>
        </form>
        {figures.refused + putOff === 0 ? null : (
          <form method="post" action={`${path}/retry`}>
            <SubmitButton
              label={
                figures.refused === 0 ? t.retryPutOff : t.retryAll(formatNumber(language, figures.refused))
              }
              kind="secondary"
            >
              <Icon name="arrow-repeat" />
            </SubmitButton>
          </form>
        )}
      </div>
    </section>
  );
};

const Totals = (props: { language: Language; totals: readonly KindTotals[] }) => {
  const { language, totals } = props;
  const t = texts[language];
  const states = ['queued', 'sending', 'sent', 'refused', 'skipped'] as const;
  return (
    <DataTable
      caption={t.totals}
      isCaptionHidden
      columns={[{ label: t.kind }, ...states.map((state) => ({ label: t[state], kind: 'number' as const }))]}
      rows={totals.map((row) => [
        t.kinds[row.kind],
        ...states.map((state) => formatNumber(language, row[state])),
      ])}
    />
  );
};

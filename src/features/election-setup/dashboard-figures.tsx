import type { Child } from 'hono/jsx';
import type { Language } from '../../domain/election.ts';
import type { LiveFigures } from '../../live-figures.ts';
import type { ElectionRow } from '../../store/elections.ts';
import {
  formatBytes,
  formatDuration,
  formatInstant,
  formatNumber,
  formatPercent,
} from '../../views/format.ts';
import { Light, type LightKind } from '../../views/light.tsx';
import { ParticipationCards } from '../../views/participation.tsx';
import { ProgressBar } from '../../views/progress-bar.tsx';
import { texts as viewTexts } from '../../views/texts.ts';
import { dashboardTexts } from './dashboard-texts.ts';
import { HourChart } from './hour-chart.tsx';

const DAY_MS = 86_400_000;
const LATE_MAIL_MS = 10 * 60_000;
const LITTLE_DISK = 2_000_000_000;
const NO_DISK = 200_000_000;

/** The parts of the dashboard that move, each by the name under which the stream sends it again. */
const FIGURES = {
  turnout: ({ language, figures }: Shown) => <Turnout language={language} figures={figures} />,
  facts: (shown: Shown) => <Facts {...shown} />,
  hours: ({ language, election, figures }: Shown) => (
    <HourChart language={language} timeZone={election.time_zone} hours={figures.hours} />
  ),
  parts: ({ language, figures }: Shown) => <Parts language={language} figures={figures} />,
};

type FigureName = keyof typeof FIGURES;

interface Shown {
  readonly language: Language;
  readonly election: ElectionRow;
  readonly figures: LiveFigures;
}

/** A part of the page that the script replaces when its content has changed. */
export const Figure = (props: Shown & { name: FigureName }) => (
  <div data-figure={props.name}>{FIGURES[props.name](props)}</div>
);

/** All moving parts as HTML, by their names. */
export async function figuresHtml(shown: Shown): Promise<Readonly<Record<string, string>>> {
  const html: Record<string, string> = {};
  for (const [name, draw] of Object.entries(FIGURES)) html[name] = (await draw(shown)).toString();
  return html;
}

const Turnout = ({ language, figures }: { language: Language; figures: LiveFigures }) => {
  const t = dashboardTexts[language];
  const { marked, registered } = figures;
  return (
    <section class="figure" aria-label={t.turnout}>
      <p class="figure-value">{formatPercent(language, registered === 0 ? 0 : marked / registered)}</p>
      <ProgressBar
        label={t.turnoutOf(formatNumber(language, marked), formatNumber(language, registered))}
        value={marked}
        max={registered}
      />
    </section>
  );
};

const Tile = (props: { term: string; children: Child }) => (
  <div class="tile">
    <dt>{props.term}</dt>
    <dd>{props.children}</dd>
  </div>
);

const Facts = ({ language, election, figures }: Shown) => {
  const t = dashboardTexts[language];
  const zone = election.time_zone;
  const isRunning = election.state === 'armed' || election.state === 'open';
  const left = election.closes_at - figures.at;
  return (
    <dl class="tiles" aria-label={t.facts}>
      <Tile term={t.state}>{viewTexts[language].states[election.state]}</Tile>
      <Tile term={t.timeLeft}>{isRunning && left > 0 ? formatDuration(language, left) : t.timeLeftNone}</Tile>
      <Tile term={t.opens}>
        {election.opens_at === null ? t.atProof : formatInstant(language, zone, election.opens_at)}
      </Tile>
      <Tile term={t.closes}>{formatInstant(language, zone, election.closes_at)}</Tile>
      <Tile term={t.grace}>{formatDuration(language, election.grace_seconds * 1000)}</Tile>
      <Tile term={t.key}>{keyLight({ language, election, figures })}</Tile>
      <Tile term={t.mail}>{mailLight(language, figures)}</Tile>
      <Tile term={t.urn}>
        <Light kind={figures.urn}>{t.urnLights[figures.urn]}</Light>
      </Tile>
      <Tile term={t.disk}>{diskLight(language, figures.freeBytes)}</Tile>
      <Tile term={t.backup}>{backupLight(language, figures)}</Tile>
    </dl>
  );
};

function keyLight({ language, election, figures: { keyProvenAt, copies } }: Shown): Child {
  const t = dashboardTexts[language];
  if (keyProvenAt === undefined) return <Light kind="unknown">{t.keyNone}</Light>;
  if (keyProvenAt === null) return <Light kind="attention">{t.keyUnproven}</Light>;
  return (
    <Light kind={copies < 2 ? 'attention' : 'ok'}>
      {t.keyProven(formatInstant(language, election.time_zone, keyProvenAt))}, {t.copies(copies)}
    </Light>
  );
}

function mailLight(language: Language, { at, mail }: LiveFigures): Child {
  const t = dashboardTexts[language];
  const waiting = mail.queued + mail.sending;
  const said = [
    ...(mail.sent === 0 ? [] : [t.mailSent(formatNumber(language, mail.sent))]),
    ...(waiting === 0 ? [] : [t.mailWaiting(formatNumber(language, waiting))]),
    ...(mail.refused === 0 ? [] : [t.mailRefused(formatNumber(language, mail.refused))]),
    ...(mail.isPaused ? [t.mailPaused] : []),
  ];
  if (said.length === 0) return <Light kind="unknown">{t.mailNone}</Light>;
  const isLate = mail.oldestDueAt !== null && at - mail.oldestDueAt > LATE_MAIL_MS;
  const kind = mail.refused > 0 || mail.isPaused || isLate ? 'attention' : 'ok';
  return <Light kind={kind}>{said.join(', ')}</Light>;
}

function diskLight(language: Language, free: number | undefined): Child {
  if (free === undefined) return <Light kind="unknown">{dashboardTexts[language].diskUnknown}</Light>;
  const kind: LightKind = free < NO_DISK ? 'wrong' : free < LITTLE_DISK ? 'attention' : 'ok';
  return <Light kind={kind}>{formatBytes(language, free)}</Light>;
}

function backupLight(language: Language, { at, lastBackupAt }: LiveFigures): Child {
  const t = dashboardTexts[language];
  if (lastBackupAt === undefined) return <Light kind="attention">{t.backupNone}</Light>;
  const age = Math.max(0, at - lastBackupAt);
  return <Light kind={age > DAY_MS ? 'attention' : 'ok'}>{t.ago(formatDuration(language, age))}</Light>;
}

/** Only where the roll knows buildings or promotions: one card for everybody says nothing new. */
const Parts = ({ language, figures }: { language: Language; figures: LiveFigures }) => {
  const t = dashboardTexts[language];
  const { buildings, promotions, looks } = figures;
  return (
    <>
      {buildings.length < 2 ? null : (
        <ParticipationCards language={language} title={t.buildings} cells={buildings} looks={looks} />
      )}
      {promotions.length < 2 ? null : (
        <ParticipationCards
          language={language}
          title={t.promotions}
          cells={promotions}
          looks={{}}
          icon="people"
        />
      )}
    </>
  );
};

import type { Language } from '../../domain/election.ts';
import type { LiveFigures } from '../../live-figures.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { Document } from '../../views/document.tsx';
import { formatDuration, formatInstant, formatNumber, formatPercent } from '../../views/format.ts';
import { ParticipationCards } from '../../views/participation.tsx';
import { texts } from './texts.ts';

/** What the hall may see of an election: before the opening its title and hour, from then on the turnout. */
export interface HallFacts {
  readonly election: ElectionRow;
  /** Undefined before voting has opened. */
  readonly figures: LiveFigures | undefined;
}

/** Large, on dark ground, for a screen that everybody in the room can read. The script keeps it up to date. */
export const HallPage = (props: { language: Language; facts: HallFacts | undefined }) => {
  const { language, facts } = props;
  const t = texts[language];
  const title = facts === undefined ? t.title : `${t.title} · ${facts.election.title}`;
  return (
    <Document language={language} title={`${title} · Votix`} script="hall" bodyClass="hall">
      <main id="content" data-offline={t.offline}>
        {facts === undefined ? (
          <h1>{t.none}</h1>
        ) : (
          <>
            <header class="hall-head">
              <div>
                <p class="eyebrow">{facts.election.organiser}</p>
                <h1>{facts.election.title}</h1>
              </div>
              <p class="hall-clock" data-clock={facts.election.time_zone} aria-label={t.now}></p>
            </header>
            <p class="hall-offline" role="status" hidden></p>
            <div data-figure="hall">
              <HallFigures language={language} facts={facts} />
            </div>
          </>
        )}
      </main>
    </Document>
  );
};

const HallFigures = ({ language, facts }: { language: Language; facts: HallFacts }) => {
  const t = texts[language];
  const { election, figures } = facts;
  const zone = election.time_zone;
  if (figures === undefined) {
    return (
      <p class="hall-sentence">
        {election.opens_at === null
          ? t.notYetOpen
          : t.opensOn(formatInstant(language, zone, election.opens_at))}
      </p>
    );
  }
  const { marked, registered, buildings, promotions, looks } = figures;
  const share = registered === 0 ? 0 : marked / registered;
  const left = election.state === 'open' ? election.closes_at - figures.at : 0;
  const closing = formatInstant(language, zone, election.closes_at);
  return (
    <>
      <div class="hall-figures">
        <section aria-label={t.title}>
          <p class="hall-value">{formatPercent(language, share)}</p>
          <svg class="hall-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="hall-track" width="1000" height="10" />
            <rect class="hall-fill" width={Math.round(share * 1000)} height="10" />
          </svg>
          <p class="hall-sentence">
            {t.votedOf(formatNumber(language, marked), formatNumber(language, registered))}
          </p>
        </section>
        <section aria-label={t.timeLeft}>
          {left > 0 ? (
            <>
              <p class="hall-label">{t.timeLeft}</p>
              <p class="hall-time">{formatDuration(language, left)}</p>
              <p>{t.closesOn(closing)}</p>
            </>
          ) : (
            <>
              <p class="hall-time">{t.isOver}</p>
              <p>{t.endedOn(closing)}</p>
            </>
          )}
        </section>
      </div>
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

import type { Language } from '../domain/election.ts';
import { isRegistrationOpen } from '../domain/registration.ts';
import { type LiveFigures, liveFigures } from '../live-figures.ts';
import type { Runtime } from '../runtime.ts';
import { type ElectionRow, listElections } from '../store/elections.ts';
import { loadSettings } from '../store/settings.ts';
import { logoPath } from '../views/asset.ts';
import { formatInstant, formatNumber, formatPercent } from '../views/format.ts';
import { ParticipationCards } from '../views/participation.tsx';
import { ProgressBar } from '../views/progress-bar.tsx';
import { PublicPage } from '../views/public-page.tsx';
import { render } from '../views/render.tsx';
import type { PageContext } from '../views/route.ts';
import { homeTexts } from './texts.ts';

/** An election that people vote in now, or soon: figures from the opening on. */
interface CurrentElection {
  readonly election: ElectionRow;
  readonly figures: LiveFigures | undefined;
  readonly canRegister: boolean;
}

/** Its hours, its turnout, and what somebody without a link may ask. */
const Current = ({ language, current }: { language: Language; current: CurrentElection }) => {
  const t = homeTexts[language];
  const { election, figures, canRegister } = current;
  const instant = (at: number): string => formatInstant(language, election.time_zone, at);
  return (
    <section class="card current">
      <p class="eyebrow">
        {election.organiser} · {figures === undefined ? t.coming : t.open}
      </p>
      <h2>{election.title}</h2>
      {figures === undefined ? (
        <p>{election.opens_at === null ? t.coming : t.opensOn(instant(election.opens_at))}</p>
      ) : (
        <>
          <p>{t.openUntil(instant(election.closes_at))}</p>
          <Turnout language={language} electionId={election.id} figures={figures} />
        </>
      )}
      <p class="actions">
        {figures === undefined ? null : (
          <a class="btn btn-secondary" href={`/live?election=${election.id}`}>
            {t.hall}
          </a>
        )}
        <a class="btn btn-secondary" href={`/roll/${election.id}`}>
          {t.onRoll}
        </a>
        {canRegister ? (
          <a class="btn btn-secondary" href={`/register/${election.id}`}>
            {t.register}
          </a>
        ) : null}
      </p>
    </section>
  );
};

const Turnout = (props: { language: Language; electionId: string; figures: LiveFigures }) => {
  const { language, electionId } = props;
  const { marked, registered, buildings, looks } = props.figures;
  const t = homeTexts[language];
  const turnout = formatPercent(language, registered === 0 ? 0 : marked / registered);
  return (
    <>
      <ProgressBar
        id={`turnout-${electionId}`}
        label={t.turnout(turnout, formatNumber(language, marked), formatNumber(language, registered))}
        value={marked}
        max={registered}
      />
      {buildings.length < 2 ? null : (
        <ParticipationCards language={language} title={t.buildings} cells={buildings} looks={looks} />
      )}
    </>
  );
};

/** What visitors may see of the elections that are open, then of those that are armed. */
async function currentElections(
  runtime: Runtime,
  elections: readonly ElectionRow[],
): Promise<readonly CurrentElection[]> {
  const { domains } = await loadSettings(runtime.store.read, runtime.config);
  const now = runtime.clock.now();
  const current: CurrentElection[] = [];
  for (const state of ['open', 'armed'] as const) {
    for (const election of elections.filter((one) => one.state === state)) {
      const figures = state === 'open' ? await liveFigures(runtime, election.id) : undefined;
      current.push({ election, figures, canRegister: isRegistrationOpen(election, domains, now) });
    }
  }
  return current;
}

/** The page of visitors: what is voted on now, what comes next, what has been published. */
export async function frontPage(runtime: Runtime, c: PageContext): Promise<Response> {
  if (c.get('viewer') !== undefined) return c.redirect('/elections', 303);
  const { store, config } = runtime;
  const language = c.get('language');
  const t = homeTexts[language];
  const elections = await listElections(store.read);
  const published = elections.filter(({ state }) => state === 'published' || state === 'archived');
  return render(
    c,
    <PublicPage language={language} title={t.title(config.organisation)} path="/" isNarrow>
      {config.logo === undefined ? null : (
        <p class="logo-preview">
          <img src={logoPath(config.logo)} alt="" width="96" height="96" />
        </p>
      )}
      <p class="lead">{t.lead}</p>
      {(await currentElections(runtime, elections)).map((current) => (
        <Current language={language} current={current} />
      ))}
      <h2>{t.published}</h2>
      {published.length === 0 ? (
        <p class="empty">{t.none}</p>
      ) : (
        <ul class="link-list">
          {published.map((election) => (
            <li>
              <a href={`/results/${election.id}`}>{election.title}</a>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a class="btn btn-secondary" href="/sign-in">
          {t.staffSignIn}
        </a>
      </p>
    </PublicPage>,
  );
}

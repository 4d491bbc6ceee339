import type { ElectionState } from '../../domain/election.ts';
import type { ShownCell } from '../../domain/participation.ts';
import { liveFigures } from '../../live-figures.ts';
import { refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type ElectionRow, findElection, listElections } from '../../store/elections.ts';
import { refusalJson, refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import type { PageContext, Route } from '../../views/route.ts';
import { type HallFacts, HallPage } from './hall-page.tsx';

/** An election that is still being prepared does not exist in the hall; one whose roll is erased has no turnout. */
const SHOWN: readonly ElectionState[] = ['open', 'armed', 'closed', 'tallied', 'published'];

/** The hall screen and the same figures as JSON, for everyone. */
export function liveRoutes(runtime: Runtime): Route[] {
  /** The election of `?election=`, or the newest one of the first state that there is one of. */
  const electionOf = async (c: PageContext): Promise<ElectionRow | undefined> => {
    const asked = c.req.query('election');
    if (asked !== undefined) {
      const election = await findElection(runtime.store.read, asked);
      return election !== undefined && SHOWN.includes(election.state) ? election : undefined;
    }
    const elections = await listElections(runtime.store.read);
    return SHOWN.map((shown) => elections.find(({ state }) => state === shown)).find(
      (election) => election !== undefined,
    );
  };

  const factsOf = async (c: PageContext): Promise<HallFacts | undefined> => {
    const election = await electionOf(c);
    if (election === undefined) return undefined;
    const figures = election.state === 'armed' ? undefined : await liveFigures(runtime, election.id);
    return { election, figures };
  };

  return [
    {
      method: 'GET',
      path: '/live',
      access: 'anyone',
      surface: 'page',
      handle: async (c) => {
        const facts = await factsOf(c);
        if (facts === undefined && c.req.query('election') !== undefined) {
          return refusalPage(c, refuse('NOT_FOUND'));
        }
        return render(c, <HallPage language={c.get('language')} facts={facts} />);
      },
    },
    {
      method: 'GET',
      path: '/live.json',
      access: 'anyone',
      surface: 'api',
      handle: async (c) => {
        const facts = await factsOf(c);
        if (facts === undefined) return refusalJson(c, refuse('NOT_FOUND'));
        return c.json(liveJson(facts, runtime.clock.now()), 200, { 'Cache-Control': 'public, max-age=5' });
      },
    },
  ];
}

const instant = (ms: number): string => new Date(ms).toISOString();

const cellJson = ({ name, kind, registered, marked }: ShownCell) => ({
  name,
  kind,
  registered,
  voted: marked,
});

/** Instants in ISO 8601, UTC; `turnout` from 0 to 1. An armed election has its hours only. */
function liveJson({ election, figures }: HallFacts, now: number) {
  const { id, title, state, opens_at, closes_at } = election;
  const about = {
    election: id,
    title,
    state,
    at: instant(figures?.at ?? now),
    opensAt: opens_at === null ? null : instant(opens_at),
    closesAt: instant(closes_at),
  };
  if (figures === undefined) return about;
  const { registered, marked, buildings, promotions } = figures;
  return {
    ...about,
    registered,
    voted: marked,
    turnout: registered === 0 ? 0 : marked / registered,
    secondsLeft: state === 'open' ? Math.max(0, Math.round((closes_at - now) / 1000)) : 0,
    buildings: buildings.map(cellJson),
    promotions: promotions.map(cellJson),
  };
}

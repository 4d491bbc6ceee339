import { faultsOf } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, type Refusal, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { findContest } from '../../store/contests.ts';
import { type ElectionRow, findElection } from '../../store/elections.ts';
import { readPosted } from '../../views/posted.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { ContestPage } from './contest-page.tsx';
import { addContest, editContest, removeContest, reorderContest } from './edit-contest.ts';
import {
  type ContestForm,
  NEW_CONTEST,
  contestFormOf,
  contestInput,
  postedContestForm,
} from './election-form.ts';

const ROOT = '/elections/:election/contests';

/** Contests of an election: added, changed, moved and removed while nothing is frozen. */
export function contestRoutes(runtime: Runtime): Route[] {
  const electionOf = (c: PageContext): Promise<ElectionRow | undefined> =>
    findElection(runtime.store.read, c.req.param('election') ?? '');
  const configurePath = (election: ElectionRow): string => `/elections/${election.id}/configure`;

  const refused = (c: PageContext, election: ElectionRow, refusal: Refusal<RefusalCode>) =>
    refusalPage(c, refusal, { back: { href: configurePath(election), label: election.title } });

  const showNew = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    return render(
      c,
      <ContestPage c={c} election={election} contestId={undefined} form={NEW_CONTEST} errors={[]} />,
    );
  };

  const show = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    const contest =
      election && (await findContest(runtime.store.read, election.id, c.req.param('contest') ?? ''));
    if (election === undefined || contest === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const form = contestFormOf(contest);
    return render(
      c,
      <ContestPage c={c} election={election} contestId={contest.id} form={form} errors={[]} />,
    );
  };

  const keep = async (c: PageContext, contestId: string | undefined): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const form: ContestForm = postedContestForm(await readPosted(c));
    const request = { electionId: election.id, actor: viewerOf(c).email, input: contestInput(form) };
    const kept: Outcome<unknown, RefusalCode> =
      contestId === undefined
        ? await addContest(runtime, request)
        : await editContest(runtime, { ...request, contestId });
    if (kept.ok) return c.redirect(configurePath(election), 303);
    const errors = faultsOf(c.get('language'), kept);
    if (errors.length === 0) return refused(c, election, kept);
    return render(
      c,
      <ContestPage c={c} election={election} contestId={contestId} form={form} errors={errors} />,
      422,
    );
  };

  const change = async (
    c: PageContext,
    act: (request: {
      electionId: string;
      contestId: string;
      actor: string;
    }) => Promise<Outcome<true, RefusalCode>>,
  ): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const contestId = c.req.param('contest') ?? '';
    const done = await act({ electionId: election.id, contestId, actor: viewerOf(c).email });
    return done.ok ? c.redirect(configurePath(election), 303) : refused(c, election, done);
  };

  const move = async (c: PageContext): Promise<Response> => {
    const direction = (await readPosted(c)).text('direction') === 'up' ? 'up' : 'down';
    return change(c, (request) => reorderContest(runtime, { ...request, direction }));
  };

  const route = (method: Route['method'], path: string, handle: Route['handle']): Route => ({
    method,
    path: `${ROOT}/${path}`,
    access: 'admin',
    surface: 'page',
    handle,
  });
  return [
    route('GET', 'new', showNew),
    route('POST', 'new', (c) => keep(c, undefined)),
    route('GET', ':contest', show),
    route('POST', ':contest', (c) => keep(c, c.req.param('contest') ?? '')),
    route('POST', ':contest/move', move),
    route('POST', ':contest/remove', (c) => change(c, (request) => removeContest(runtime, request))),
  ];
}

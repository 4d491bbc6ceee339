import { faultsOf } from '../../domain/input-faults.ts';
import { requireAct } from '../../domain/lifecycle.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { LARGEST_PICTURE_BYTES } from '../../logos.ts';
import { type Refusal, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { findCandidate, findContest } from '../../store/contests.ts';
import { type ElectionRow, factsOf, findElection, listContests } from '../../store/elections.ts';
import { type Posted, readPosted } from '../../views/posted.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { type CandidateForm, CandidatePage } from './candidate-page.tsx';
import { CandidatesPage } from './candidates-page.tsx';
import { addCandidate, editCandidate, removeCandidate, reorderCandidate } from './edit-candidate.ts';

const EMPTY: CandidateForm = { name: '', slogan: '', details: '' };

const formOf = ({ text }: Posted): CandidateForm => ({
  name: text('name'),
  slogan: text('slogan'),
  details: text('details'),
});

async function pictureOf({ file }: Posted): Promise<Uint8Array | undefined> {
  const picture = file('logo');
  return picture === undefined ? undefined : new Uint8Array(await picture.arrayBuffer());
}

/** Candidates of an election: registered by technicians and admins while nothing is frozen. */
export function candidateRoutes(runtime: Runtime): Route[] {
  const { read } = runtime.store;
  const electionOf = (c: PageContext): Promise<ElectionRow | undefined> =>
    findElection(read, c.req.param('election') ?? '');
  const listPath = (election: ElectionRow): string => `/elections/${election.id}/register-candidate`;
  const refused = (c: PageContext, election: ElectionRow, refusal: Refusal<RefusalCode>) =>
    refusalPage(c, refusal, { back: { href: listPath(election), label: election.title } });

  /** The election of the address, with its contest or candidate; NOT_FOUND where they do not belong together. */
  const sceneOf = async (c: PageContext) => {
    const election = await electionOf(c);
    if (election === undefined) return undefined;
    const candidateId = c.req.param('candidate');
    const candidate =
      candidateId === undefined ? undefined : await findCandidate(read, election.id, candidateId);
    const contestId = candidateId === undefined ? c.req.param('contest') : candidate?.contest_id;
    const contest = await findContest(read, election.id, contestId ?? '');
    return contest && { election, contest, candidate };
  };

  const list = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const contests = await listContests(read, election.id);
    const isFrozen = !requireAct(factsOf(election, runtime.clock.now()), 'edit').ok;
    return render(c, <CandidatesPage c={c} election={election} contests={contests} isFrozen={isFrozen} />);
  };

  const show = async (c: PageContext): Promise<Response> => {
    const scene = await sceneOf(c);
    if (scene === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const { election, contest, candidate } = scene;
    return render(
      c,
      <CandidatePage
        c={c}
        election={election}
        contest={contest}
        candidateId={candidate?.id}
        logo={candidate?.logo ?? null}
        form={candidate ?? EMPTY}
        errors={[]}
      />,
    );
  };

  const keep = async (c: PageContext): Promise<Response> => {
    const scene = await sceneOf(c);
    if (scene === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const { election, contest, candidate } = scene;
    const posted = await readPosted(c);
    const form = formOf(posted);
    const request = {
      electionId: election.id,
      actor: viewerOf(c).email,
      input: form,
      picture: await pictureOf(posted),
    };
    const kept =
      candidate === undefined
        ? await addCandidate(runtime, { ...request, contestId: contest.id })
        : await editCandidate(runtime, {
            ...request,
            candidateId: candidate.id,
            isLogoRemoved: posted.has('removeLogo'),
          });
    if (kept.ok) return c.redirect(posted.has('next') ? c.req.path : listPath(election), 303);
    const errors = faultsOf(c.get('language'), kept);
    if (errors.length === 0) return refused(c, election, kept);
    return render(
      c,
      <CandidatePage
        c={c}
        election={election}
        contest={contest}
        candidateId={candidate?.id}
        logo={candidate?.logo ?? null}
        form={form}
        errors={errors}
      />,
      422,
    );
  };

  const change = async (c: PageContext, act: 'move' | 'remove'): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const request = {
      electionId: election.id,
      candidateId: c.req.param('candidate') ?? '',
      actor: viewerOf(c).email,
    };
    const direction = (await readPosted(c)).text('direction') === 'up' ? 'up' : 'down';
    const done =
      act === 'remove'
        ? await removeCandidate(runtime, request)
        : await reorderCandidate(runtime, { ...request, direction });
    return done.ok ? c.redirect(listPath(election), 303) : refused(c, election, done);
  };

  const route = (method: Route['method'], path: string, handle: Route['handle']): Route => ({
    method,
    path: `/elections/:election/${path}`,
    access: 'technician',
    surface: 'page',
    handle,
  });
  // the picture, and room for the form around it
  const largestBody = LARGEST_PICTURE_BYTES + 256 * 1024;
  return [
    route('GET', 'register-candidate', list),
    route('GET', 'contests/:contest/candidates/new', show),
    { ...route('POST', 'contests/:contest/candidates/new', keep), largestBody },
    route('GET', 'candidates/:candidate', show),
    { ...route('POST', 'candidates/:candidate', keep), largestBody },
    route('POST', 'candidates/:candidate/move', (c) => change(c, 'move')),
    route('POST', 'candidates/:candidate/remove', (c) => change(c, 'remove')),
  ];
}

import { lockOf } from '../../domain/code-tries.ts';
import { faultsOf } from '../../domain/input-faults.ts';
import { requireAct } from '../../domain/lifecycle.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Refusal, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { findCodeTries, listLockedVoters } from '../../store/code-tries.ts';
import { type ElectionRow, factsOf, findElection } from '../../store/elections.ts';
import { findManifest } from '../../store/record.ts';
import { linkStandingOf } from '../../store/link-standing.ts';
import { rollFigures } from '../../store/roll-figures.ts';
import { loadSettings } from '../../store/settings.ts';
import { type VoterRow, countVoters, findVoter, listVoters } from '../../store/voters.ts';
import type { FieldError } from '../../views/field-errors.ts';
import { type Posted, readPosted } from '../../views/posted.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { addVoter, editVoter, removeVoter, unlockLink } from './change-voter.ts';
import type { VoterInput } from './read-voter.ts';
import { giveNewLink } from './replace-link.ts';
import { filterIn, queryOf } from './roll-filter.ts';
import { type RollPart, VOTERS_A_PAGE } from './roll-listing.tsx';
import { type RollNews, RollPage } from './roll-page.tsx';
import { rollTexts } from './roll-texts.ts';
import { sendOneLink } from './send-one-link.ts';
import { VoterPage } from './voter-page.tsx';

const MOST_LOCKED = 100;
const VOTER_NEWS = ['saved', 'unlocked', 'linkSent', 'linkReplaced'] as const;
const EMPTY: VoterInput = { last_name: '', first_name: '', email: '', promotion: '', building: '' };

const inputOf = ({ text }: Posted): VoterInput => ({
  last_name: text('last_name'),
  first_name: text('first_name'),
  email: text('email'),
  promotion: text('promotion'),
  building: text('building'),
});

/** A count in the address; undefined where it is none. */
const countIn = (c: PageContext, name: string): number | undefined => {
  const text = c.req.query(name) ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
};

function newsIn(c: PageContext): RollNews | undefined {
  const did = c.req.query('did');
  if (did === 'added' || did === 'removed') return { kind: did };
  const added = countIn(c, 'added');
  if (added === undefined) return undefined;
  const [updated = 0, kept = 0, refused = 0] = ['updated', 'kept', 'refused'].map((name) => countIn(c, name));
  return { kind: 'imported', report: { added, updated, kept, refused } };
}

/** The roll of an election, one voter after the other. */
export function rollRoutes(runtime: Runtime): Route[] {
  const { read } = runtime.store;
  const listPath = (election: ElectionRow): string => `/elections/${election.id}/register-voter`;
  const refused = (c: PageContext, election: ElectionRow, refusal: Refusal<RefusalCode>) =>
    refusalPage(c, refusal, {
      back: { href: listPath(election), label: rollTexts[c.get('language')].title },
    });

  const standingOf = async (election: ElectionRow) => ({
    isOpen: requireAct(factsOf(election, runtime.clock.now()), 'change-roll').ok,
    isFrozen: (await findManifest(read, election.id)) !== undefined,
  });

  const partOf = async (c: PageContext, election: ElectionRow): Promise<RollPart> => {
    const filter = filterIn(c);
    const query = queryOf(election.id, filter, runtime.clock.now());
    const found = await countVoters(read, query);
    const pages = Math.max(1, Math.ceil(found / VOTERS_A_PAGE));
    const page = Math.min(Math.max(countIn(c, 'page') ?? 1, 1), pages);
    const voters = await listVoters(read, query, {
      offset: (page - 1) * VOTERS_A_PAGE,
      limit: VOTERS_A_PAGE,
    });
    return { filter, page, found, voters };
  };

  const list = async (c: PageContext, election: ElectionRow): Promise<Response> => {
    const now = runtime.clock.now();
    return render(
      c,
      <RollPage
        c={c}
        election={election}
        figures={await rollFigures(read, election.id)}
        part={await partOf(c, election)}
        settings={await loadSettings(read, runtime.config)}
        locked={await listLockedVoters(read, election.id, now, MOST_LOCKED)}
        now={now}
        news={newsIn(c)}
        publicUrl={runtime.config.publicUrl}
        {...await standingOf(election)}
      />,
    );
  };

  const voterPage = async (
    c: PageContext,
    election: ElectionRow,
    voter: VoterRow | undefined,
    typed?: { readonly input: VoterInput; readonly errors: readonly FieldError[] },
  ): Promise<Response> => {
    const tries = voter && (await findCodeTries(read, voter.id));
    const did = c.req.query('did');
    const now = runtime.clock.now();
    const standing = await standingOf(election);
    return render(
      c,
      <VoterPage
        c={c}
        election={election}
        voterId={voter?.id}
        input={typed?.input ?? voter ?? EMPTY}
        settings={await loadSettings(read, runtime.config)}
        lock={lockOf(tries, now)}
        link={voter && standing.isFrozen ? await linkStandingOf(read, voter) : undefined}
        canSendLink={requireAct(factsOf(election, now), 'send-links').ok && now < election.closes_at}
        news={VOTER_NEWS.find((name) => name === did)}
        errors={typed?.errors ?? []}
        {...standing}
      />,
      typed === undefined ? 200 : 422,
    );
  };

  /** The voter of the address; `new` is none yet. */
  const voterIn = (c: PageContext, election: ElectionRow): Promise<VoterRow | undefined> =>
    findVoter(read, election.id, c.req.param('voter') ?? '');

  const show = async (c: PageContext, election: ElectionRow): Promise<Response> => {
    const voter = await voterIn(c, election);
    return voter === undefined ? refused(c, election, refuse('NOT_FOUND')) : voterPage(c, election, voter);
  };

  const keep = async (c: PageContext, election: ElectionRow): Promise<Response> => {
    const voterId = c.req.param('voter');
    const input = inputOf(await readPosted(c));
    const request = { electionId: election.id, actor: viewerOf(c).email, input };
    const kept =
      voterId === undefined
        ? await addVoter(runtime, request)
        : await editVoter(runtime, { ...request, voterId });
    if (kept.ok) {
      const path = voterId === undefined ? `${listPath(election)}?did=added` : `${c.req.path}?did=saved`;
      return c.redirect(path, 303);
    }
    const errors = faultsOf(c.get('language'), kept);
    if (errors.length === 0) return refused(c, election, kept);
    return voterPage(c, election, await voterIn(c, election), { input, errors });
  };

  const act = async (
    c: PageContext,
    election: ElectionRow,
    work: typeof removeVoter,
    done: (voterId: string) => string,
  ): Promise<Response> => {
    const voterId = c.req.param('voter') ?? '';
    const outcome = await work(runtime, {
      electionId: election.id,
      actor: viewerOf(c).email,
      voterId,
    });
    return outcome.ok ? c.redirect(done(voterId), 303) : refused(c, election, outcome);
  };
  const remove = (c: PageContext, election: ElectionRow): Promise<Response> =>
    act(c, election, removeVoter, () => `${listPath(election)}?did=removed`);
  const onVoter =
    (work: typeof removeVoter, did: (typeof VOTER_NEWS)[number]) =>
    (c: PageContext, election: ElectionRow): Promise<Response> =>
      act(c, election, work, (voterId) => `/elections/${election.id}/voters/${voterId}?did=${did}`);

  const route = (
    method: Route['method'],
    path: string,
    handle: (c: PageContext, election: ElectionRow) => Promise<Response>,
  ): Route => ({
    method,
    path: `/elections/:election/${path}`,
    access: 'technician',
    surface: 'page',
    handle: async (c) => {
      const election = await findElection(read, c.req.param('election') ?? '');
      return election === undefined ? refusalPage(c, refuse('NOT_FOUND')) : handle(c, election);
    },
  });
  return [
    route('GET', 'register-voter', list),
    route('GET', 'voters/new', (c, election) => voterPage(c, election, undefined)),
    route('POST', 'voters/new', keep),
    route('GET', 'voters/:voter', show),
    route('POST', 'voters/:voter', keep),
    route('POST', 'voters/:voter/remove', remove),
    route('POST', 'voters/:voter/unlock', onVoter(unlockLink, 'unlocked')),
    route('POST', 'voters/:voter/send-link', onVoter(sendOneLink, 'linkSent')),
    route('POST', 'voters/:voter/new-link', onVoter(giveNewLink, 'linkReplaced')),
  ];
}

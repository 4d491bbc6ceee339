import { type CodeLock, lockOf } from '../../domain/code-tries.ts';
import { votingPhase } from '../../domain/voting.ts';
import { termsOf } from '../../election-terms.ts';
import { compareBytes } from '../../protocol/bytes.ts';
import type { ElectionTerms, ManifestContest } from '../../protocol/manifest.ts';
import type { Runtime } from '../../runtime.ts';
import { digestOf } from '../../secret.ts';
import {
  type CandidateRow,
  type ContestWithCandidates,
  type ElectionRow,
  findElection,
  listContests,
} from '../../store/elections.ts';
import { findManifest } from '../../store/record.ts';
import { findVoterOfLink } from '../../store/roll-marks.ts';
import { manifestAnswer } from './api-routes.ts';

/** A contest as the manifest froze it, its candidates in the order in which this voter sees them. */
export interface ShownContest {
  readonly contest: ManifestContest;
  readonly isShuffled: boolean;
  readonly candidates: readonly Pick<CandidateRow, 'id' | 'name' | 'slogan' | 'details' | 'logo'>[];
}

interface Frozen {
  readonly election: ElectionRow;
  readonly terms: ElectionTerms;
}

/** What a valid link shows now. Reading it changes nothing, however often and by whatever program. */
export type Visit =
  | { readonly state: 'not-ready' | 'results'; readonly election: ElectionRow }
  | ({ readonly state: 'not-open'; readonly contests: readonly ShownContest[] } & Frozen)
  | ({ readonly state: 'ballot'; readonly contests: readonly ShownContest[] } & Frozen & Sealing)
  | ({ readonly state: 'locked'; readonly lock: Exclude<CodeLock, undefined> } & Frozen)
  | ({ readonly state: 'already-voted' | 'closed' } & Frozen & Sealing);

/** What the booth needs to seal by itself. */
interface Sealing {
  /** The answer of `GET /elections/<id>/manifest`. */
  readonly manifest: string;
}

/** The state of a voting link; undefined for one that is unknown, malformed or revoked, after the same work. */
export async function findVisit(runtime: Runtime, link: string): Promise<Visit | undefined> {
  const { read } = runtime.store;
  const voter = await findVoterOfLink(read, digestOf(link));
  if (voter === undefined) return undefined;
  const election = await findElection(read, voter.electionId);
  if (election === undefined) return undefined;
  const terms = voter.manifestDigest && (await termsOf(runtime, election.id, voter.manifestDigest));
  const isFrozen = election.state !== 'draft' && election.state !== 'arming';
  if (terms === undefined || !isFrozen) return { state: 'not-ready', election };
  if (election.state === 'published' || election.state === 'archived') return { state: 'results', election };

  const now = runtime.clock.now();
  const phase = votingPhase(voter.facts, now, false);
  if (phase === 'NOT_OPEN') {
    return { state: 'not-open', election, terms, contests: await shownContests(runtime, terms, link) };
  }
  const manifest = await manifestTextOf(runtime, election.id);
  if (phase === 'CLOSED') return { state: 'closed', election, terms, manifest };
  if (voter.isMarked) return { state: 'already-voted', election, terms, manifest };
  const lock = lockOf(voter.tries, now);
  if (lock !== undefined) return { state: 'locked', election, terms, lock };
  const contests = await shownContests(runtime, terms, link);
  return { state: 'ballot', election, terms, manifest, contests };
}

async function manifestTextOf(runtime: Runtime, electionId: string): Promise<string> {
  const row = await findManifest(runtime.store.read, electionId);
  if (row === undefined) throw new Error('a frozen election has a manifest');
  return manifestAnswer(row);
}

/** The manifest says what is voted on; slogans, details and logos come from beside it. */
async function shownContests(
  runtime: Runtime,
  terms: ElectionTerms,
  link: string,
): Promise<readonly ShownContest[]> {
  const rows = await listContests(runtime.store.read, terms.manifest.election);
  return terms.manifest.contests.map((contest) => {
    const row = rows.find(({ id }) => id === contest.id);
    const isShuffled = row?.is_shuffled === 1;
    return { contest, isShuffled, candidates: orderFor(contest, row, isShuffled ? link : undefined) };
  });
}

/** Declared order, or one drawn from the link: another for each voter, the same at every reload. */
function orderFor(
  contest: ManifestContest,
  row: ContestWithCandidates | undefined,
  link: string | undefined,
): ShownContest['candidates'] {
  const shown = contest.candidates.map(({ id, name }) => {
    const known = row?.candidates.find((candidate) => candidate.id === id);
    const { slogan = '', details = '', logo = null } = known ?? {};
    return { id, name, slogan, details, logo };
  });
  if (link === undefined) return shown;
  return shown
    .map((candidate) => ({ candidate, place: digestOf(`${link} ${contest.id} ${candidate.id}`) }))
    .sort((a, b) => compareBytes(a.place, b.place))
    .map(({ candidate }) => candidate);
}

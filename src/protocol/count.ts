import type { Bytes } from './bytes.ts';
import type { Json } from './canonical-json.ts';
import type { Manifest, ManifestContest } from './manifest.ts';
import { PLAINTEXT_VERSION, STATUS_BLANK, STATUS_MARKED, plaintextLength } from './selection.ts';

/** Why a whole ballot is spoiled: the first that applies, in this order (section 9). */
export const BALLOT_SPOILS = [
  'NOT_INVERTIBLE',
  'COMMITMENT_MISMATCH',
  'AUTHENTICATION_FAILED',
  'BAD_VERSION',
] as const;
/** Why one contest of a decoded ballot is spoiled: the first that applies, in this order. */
export const CONTEST_SPOILS = ['BAD_MARK', 'OVERVOTE', 'UNDERVOTE'] as const;

export type BallotSpoil = (typeof BALLOT_SPOILS)[number];
export type ContestSpoil = (typeof CONTEST_SPOILS)[number];
export type SpoilReason = BallotSpoil | ContestSpoil;

/** How often each reason occurred; reasons that did not occur are absent. */
export type Spoiled<Reason extends SpoilReason> = Partial<Record<Reason, number>>;

export interface ContestTally {
  readonly id: string;
  valid: number;
  blank: number;
  spoiled: Spoiled<ContestSpoil>;
  /** Marks per candidate, in manifest order. */
  votes: number[];
}

/** Counts of ballots. For every contest: ballots = spoiled ballots + valid + blank + its spoiled. */
export interface Tally {
  spoiled: Spoiled<BallotSpoil>;
  contests: ContestTally[];
}

/** What the opening of a ballot gave. */
export type BallotFate =
  { readonly spoiled: Exclude<BallotSpoil, 'BAD_VERSION'> } | { readonly plaintext: Bytes };

export const emptyTally = (manifest: Manifest): Tally => ({
  spoiled: {},
  contests: manifest.contests.map(({ id, candidates }) => ({
    id,
    valid: 0,
    blank: 0,
    spoiled: {},
    votes: candidates.map(() => 0),
  })),
});

/**
 * Counts one ballot by the rules of section 9. A plaintext that does not decode is BAD_VERSION: another first byte,
 * or another length. (A ballot is accepted with the sealed length of its manifest only, so the length of a plaintext
 * that decrypts is right in every record that passes V11; the decoder is strict all the same.)
 */
export function addBallot(tally: Tally, manifest: Manifest, fate: BallotFate): void {
  if ('spoiled' in fate) return addSpoiled(tally.spoiled, fate.spoiled);
  const { plaintext } = fate;
  if (plaintext.length !== plaintextLength(manifest) || plaintext[0] !== PLAINTEXT_VERSION) {
    return addSpoiled(tally.spoiled, 'BAD_VERSION');
  }
  let at = 1;
  for (const [index, contest] of manifest.contests.entries()) {
    const end = at + 1 + contest.candidates.length;
    const counted = tally.contests[index];
    if (counted === undefined) throw new Error('a tally of another manifest');
    addContest(counted, contest, plaintext[at] ?? 0, plaintext.subarray(at + 1, end));
    at = end;
  }
}

function addContest(
  counted: ContestTally,
  contest: ManifestContest,
  status: number,
  marks: Uint8Array,
): void {
  const fate = contestFate(contest, status, marks);
  switch (fate) {
    case 'blank':
      counted.blank++;
      return;
    case 'valid':
      counted.valid++;
      for (const [candidate, mark] of marks.entries()) {
        counted.votes[candidate] = (counted.votes[candidate] ?? 0) + mark;
      }
      return;
    default:
      addSpoiled(counted.spoiled, fate);
  }
}

function contestFate(
  contest: ManifestContest,
  status: number,
  marks: Uint8Array,
): 'valid' | 'blank' | ContestSpoil {
  if (status !== STATUS_MARKED && status !== STATUS_BLANK) return 'BAD_MARK';
  let marked = 0;
  for (const mark of marks) {
    if (mark > 1) return 'BAD_MARK';
    marked += mark;
  }
  if (status === STATUS_BLANK) return contest.blank && marked === 0 ? 'blank' : 'BAD_MARK';
  if (marked > contest.max) return 'OVERVOTE';
  if (marked < contest.min) return 'UNDERVOTE';
  return 'valid';
}

function addSpoiled<Reason extends SpoilReason>(spoiled: Spoiled<Reason>, reason: Reason, times = 1): void {
  const counts: Partial<Record<SpoilReason, number>> = spoiled;
  counts[reason] = (counts[reason] ?? 0) + times;
}

/** Adds the counts of other ballots of the same manifest, as workers hand them in. */
export function addTally(into: Tally, other: Tally): void {
  addReasons(BALLOT_SPOILS, into.spoiled, other.spoiled);
  if (into.contests.length !== other.contests.length) throw new Error('a tally of another manifest');
  for (const [index, contest] of other.contests.entries()) {
    const counted = into.contests[index];
    if (counted === undefined || counted.id !== contest.id) throw new Error('a tally of another manifest');
    counted.valid += contest.valid;
    counted.blank += contest.blank;
    addReasons(CONTEST_SPOILS, counted.spoiled, contest.spoiled);
    counted.votes = counted.votes.map((votes, candidate) => votes + (contest.votes[candidate] ?? 0));
  }
}

function addReasons<Reason extends SpoilReason>(
  reasons: readonly Reason[],
  into: Spoiled<Reason>,
  other: Spoiled<Reason>,
): void {
  for (const reason of reasons) {
    const times = other[reason] ?? 0;
    if (times > 0) addSpoiled(into, reason, times);
  }
}

/** The sum over all reasons. */
export const totalSpoiled = (spoiled: Spoiled<SpoilReason>): number =>
  Object.values(spoiled).reduce((sum, times) => sum + times, 0);

/** The members `spoiled` and `contests` of the result line. */
export const tallyJson = ({ spoiled, contests }: Tally): { readonly [key: string]: Json } => ({
  spoiled: reasonsJson(spoiled),
  contests: contests.map((contest) => ({
    id: contest.id,
    valid: contest.valid,
    blank: contest.blank,
    spoiled: reasonsJson(contest.spoiled),
    votes: [...contest.votes],
  })),
});

function reasonsJson(spoiled: Spoiled<SpoilReason>): { readonly [key: string]: number } {
  const json: Record<string, number> = {};
  for (const reason of [...BALLOT_SPOILS, ...CONTEST_SPOILS]) {
    const times = spoiled[reason] ?? 0;
    if (times > 0) json[reason] = times;
  }
  return json;
}

import { type Bytes, equalBytes } from '../bytes.ts';
import { canonical } from '../canonical-json.ts';
import { type Close, closeDigest } from '../close.ts';
import { type ContestTally, type Tally, tallyJson, totalSpoiled } from '../count.ts';
import type { ElectionTerms, ManifestContest } from '../manifest.ts';
import type { Primitives } from '../primitives.ts';
import type { Result } from '../result.ts';
import type { Signed } from './close-checks.ts';
import type { Findings } from './verdict.ts';

/** V7 and V8 as far as they need no opening: shape, sums, and the close that was counted. */
export async function checkResultAlone(
  primitives: Primitives,
  findings: Findings,
  terms: ElectionTerms,
  close: Signed<Close>,
  { value, line }: Signed<Result>,
): Promise<void> {
  const { contests } = terms.manifest;
  const stated = value.tally.contests;
  if (stated.length !== contests.length || contests.some(({ id }, index) => stated[index]?.id !== id)) {
    findings.fail('V7', 'CONTESTS', { line });
  } else {
    const spoiledBallots = totalSpoiled(value.tally.spoiled);
    for (const [index, contest] of contests.entries()) {
      const counted = stated[index];
      if (counted !== undefined && !addsUp(contest, counted, close.value.count - spoiledBallots)) {
        findings.fail('V8', 'SUMS', { line, detail: { contest: contest.id } });
      }
    }
  }
  if (!equalBytes(value.close, await closeDigest(primitives, terms.digest, close.value))) {
    findings.fail('V8', 'RESULT_OF_OTHER_CLOSE', { line });
  }
}

/** count = spoiled ballots + valid + blank + its spoiled, and as many votes as valid ballots can hold. */
function addsUp(contest: ManifestContest, counted: ContestTally, decoded: number): boolean {
  const { valid, blank, spoiled, votes } = counted;
  const sum = votes.reduce((total, times) => total + times, 0);
  return (
    votes.length === contest.candidates.length &&
    valid + blank + totalSpoiled(spoiled) === decoded &&
    votes.every((times) => times <= valid) &&
    sum >= valid * contest.min &&
    sum <= valid * contest.max
  );
}

/** V7 and V8 against the recount. `openings`: the digest of all openings in tracker order. */
export function checkRecount(
  findings: Findings,
  { value, line }: Signed<Result>,
  recount: Tally,
  openings: Bytes,
): void {
  const stated = tallyJson(value.tally);
  const counted = tallyJson(recount);
  if (canonical(stated['spoiled'] ?? {}) !== canonical(counted['spoiled'] ?? {})) {
    findings.fail('V7', 'SPOILED_BALLOTS', { line });
  }
  for (const [index, contest] of recount.contests.entries()) {
    const given = value.tally.contests[index];
    if (given === undefined || withoutVotes(given) !== withoutVotes(contest)) {
      findings.fail('V7', 'CONTEST_COUNTS', { line, detail: { contest: contest.id } });
    }
    if (given === undefined || given.votes.join() !== contest.votes.join()) {
      findings.fail('V8', 'VOTES', { line, detail: { contest: contest.id } });
    }
  }
  if (!equalBytes(value.openings, openings)) findings.fail('V8', 'OPENINGS_DIGEST', { line });
}

const withoutVotes = ({ id, valid, blank, spoiled }: ContestTally): string =>
  canonical({ id, valid, blank, spoiled: { ...spoiled } });

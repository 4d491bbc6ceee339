import { type ContestResult, contestResult } from './domain/results.ts';
import { loadTerms } from './election-terms.ts';
import { type Bytes, toBase64url } from './protocol/bytes.ts';
import { parseCanonical } from './protocol/canonical-json.ts';
import { type Close, parseClose } from './protocol/close.ts';
import type { ContestTally, SpoilReason } from './protocol/count.ts';
import type { ElectionTerms, ManifestContest } from './protocol/manifest.ts';
import { type Result, parseResult } from './protocol/result.ts';
import type { Runtime } from './runtime.ts';
import { findCloseLine, findResult } from './store/record.ts';

export interface SpoiledCount {
  readonly reason: SpoilReason;
  readonly count: number;
}

export interface ContestSummary extends ContestResult {
  readonly title: string;
  readonly method: ManifestContest['method'];
  readonly valid: number;
  readonly blank: number;
  /** Within decoded ballots, by reason. */
  readonly spoiled: readonly SpoiledCount[];
}

/** Everything a results page says, from the signed close and result lines alone. */
export interface ResultSummary {
  readonly terms: ElectionTerms;
  readonly close: Close;
  readonly result: Result;
  /** Ballots that could not be counted at all, by reason. */
  readonly spoiled: readonly SpoiledCount[];
  readonly contests: readonly ContestSummary[];
  /** In base64url, for comparison with the record. */
  readonly digests: { readonly manifest: string; readonly root: string; readonly openings: string };
}

/** Undefined while there is no close line or no result; lines that no longer read are damage and throw. */
export async function summariseResult(
  runtime: Runtime,
  electionId: string,
): Promise<ResultSummary | undefined> {
  const { read } = runtime.store;
  const terms = await loadTerms(runtime, electionId);
  const closeLine = await findCloseLine(read, electionId);
  const resultLine = await findResult(read, electionId);
  if (terms === undefined || closeLine === undefined || resultLine === undefined) return undefined;
  const close = parseClose(parseCanonical(closeLine.content) ?? false);
  const result = parseResult(parseCanonical(resultLine.content) ?? false);
  if (close === undefined || result === undefined)
    throw new Error('the stored close or result line is damaged');
  const text = (bytes: Bytes): string => toBase64url(bytes);
  return {
    terms,
    close,
    result,
    spoiled: spoiledList(result.tally.spoiled),
    contests: terms.manifest.contests.map((contest, i) =>
      summariseContest(contest, result.tally.contests[i]),
    ),
    digests: { manifest: text(terms.digest), root: text(close.root), openings: text(result.openings) },
  };
}

function summariseContest(contest: ManifestContest, tally: ContestTally | undefined): ContestSummary {
  if (tally?.id !== contest.id) throw new Error('the result counts other contests than the manifest');
  const spoiled = spoiledList(tally.spoiled);
  const ranked = contestResult({
    valid: tally.valid,
    blank: tally.blank,
    spoiled: spoiled.reduce((sum, { count }) => sum + count, 0),
    candidates: contest.candidates.map(({ id, name }, i) => ({ id, name, votes: tally.votes[i] ?? 0 })),
  });
  const { title, method } = contest;
  return { ...ranked, title, method, valid: tally.valid, blank: tally.blank, spoiled };
}

const spoiledList = (spoiled: Partial<Record<SpoilReason, number>>): SpoiledCount[] =>
  Object.entries(spoiled).map(([reason, count]) => ({ reason: reason as SpoilReason, count }));

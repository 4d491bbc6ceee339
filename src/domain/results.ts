/** What a tally says in words: shares, winners, ties. Pure; the numbers come from the count alone. */

export interface ContestCount {
  readonly valid: number;
  readonly blank: number;
  readonly spoiled: number;
  readonly candidates: readonly { readonly id: string; readonly name: string; readonly votes: number }[];
}

export interface RankedCandidate {
  readonly id: string;
  readonly name: string;
  readonly votes: number;
  /** 1 for the most votes; equal votes share a rank. */
  readonly rank: number;
  /** Of the valid ballots, 0 to 1; 0 where there are none. */
  readonly share: number;
}

export type ContestOutcome =
  | { readonly kind: 'winner'; readonly winner: RankedCandidate; readonly lead: number }
  | { readonly kind: 'tie'; readonly tied: readonly RankedCandidate[] }
  | { readonly kind: 'no-votes' };

export interface ContestResult {
  /** By votes, most first; equal votes in the declared order. */
  readonly ranking: readonly RankedCandidate[];
  readonly outcome: ContestOutcome;
}

/** Ranks a contest's candidates. Blank and spoiled ballots are no votes for anyone. */
export function contestResult(count: ContestCount): ContestResult {
  const sorted = [...count.candidates].sort((a, b) => b.votes - a.votes);
  const ranking = sorted.map((candidate) => ({
    ...candidate,
    rank: 1 + sorted.filter((other) => other.votes > candidate.votes).length,
    share: count.valid === 0 ? 0 : candidate.votes / count.valid,
  }));
  const [first, second] = ranking;
  if (first === undefined || first.votes === 0) return { ranking, outcome: { kind: 'no-votes' } };
  const tied = ranking.filter((candidate) => candidate.rank === 1);
  if (tied.length > 1) return { ranking, outcome: { kind: 'tie', tied } };
  return { ranking, outcome: { kind: 'winner', winner: first, lead: first.votes - (second?.votes ?? 0) } };
}

/** What the bench and its load tool, a process of its own, say to each other. */

/** Someone who will vote. */
export interface LoadVoter {
  readonly link: string;
  readonly code: string;
}

export interface VotingPlan {
  readonly kind: 'prepare';
  readonly url: string;
  /** Canonical text of the manifest. */
  readonly manifest: string;
  readonly voters: readonly LoadVoter[];
  /** Clients at work at the same time, each with a connection of its own. */
  readonly clients: number;
}

export type LoadOrder =
  | VotingPlan
  /** The next `voters` of those prepared vote. */
  | { readonly kind: 'vote'; readonly voters: number }
  /** Posts an empty object again and again. */
  | { readonly kind: 'post'; readonly url: string; readonly clients: number; readonly seconds: number };

/** What one run came to. */
export interface LoadRun {
  readonly kind: 'ran';
  readonly seconds: number;
  /** Milliseconds of each voter (credential and cast) or each post, in no order. */
  readonly times: Float64Array;
  /** CPU time of the load tool in milliseconds, user and system. */
  readonly cpuMs: number;
}

export type LoadAnswer =
  { readonly kind: 'prepared' } | LoadRun | { readonly kind: 'failed'; readonly reason: string };

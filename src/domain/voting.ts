import type { ElectionState, VotingWindow } from './election.ts';
import { withinWindow } from './lifecycle.ts';

/** What decides whether votes are taken now. */
export interface VotingFacts extends VotingWindow {
  readonly state: ElectionState;
}

export type VotingPhase = 'NOT_OPEN' | 'within' | 'CLOSED';

/**
 * Whether credentials are issued (`grace` false) or ballots taken (`grace` true) at `now`. An armed election whose hour
 * has come counts as open: the first voter may be quicker than the schedule.
 */
export function votingPhase(facts: VotingFacts, now: number, grace: boolean): VotingPhase {
  switch (facts.state) {
    case 'draft':
    case 'arming':
      return 'NOT_OPEN';
    case 'armed':
    case 'open':
      return withinWindow(facts, now, grace);
    case 'closed':
    case 'tallied':
    case 'published':
    case 'archived':
      return 'CLOSED';
    default:
      return facts.state satisfies never;
  }
}

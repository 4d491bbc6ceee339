import { type Refusal, refuse } from '../protocol/outcome.ts';
import type { Method } from './election.ts';
import type { RefusalCode } from './refusals.ts';

/** What has to be there before a manifest can be frozen (protocol.md section 3). */
export interface ArmingFacts {
  readonly now: number;
  readonly opensAt: number | null;
  readonly closesAt: number;
  readonly rollSize: number;
  readonly contests: readonly {
    readonly title: string;
    readonly method: Method;
    readonly min: number;
    readonly max: number;
    readonly candidates: number;
  }[];
}

/** Everything that is still missing before the election can be armed, in the order in which it is done; empty: ready. */
export function readiness(facts: ArmingFacts): readonly Refusal<RefusalCode>[] {
  const missing: Refusal<RefusalCode>[] = [];
  if (facts.contests.length === 0) missing.push(refuse('NO_CONTEST'));
  for (const { title, method, min, max, candidates } of facts.contests) {
    if (candidates === 0) missing.push(refuse('NO_CANDIDATE', { contest: title }));
    else if (max > candidates)
      missing.push(refuse('TOO_FEW_CANDIDATES', { contest: title, max, candidates }));
    if (min < 1 || min > max || (method === 'plurality' && max !== 1)) {
      missing.push(refuse('WRONG_CHOICES', { contest: title }));
    }
  }
  if (facts.rollSize === 0) missing.push(refuse('NO_VOTERS'));
  if (facts.now >= facts.closesAt) missing.push(refuse('WINDOW_PAST'));
  else if (facts.opensAt !== null && facts.opensAt >= facts.closesAt) missing.push(refuse('WRONG_WINDOW'));
  return missing;
}

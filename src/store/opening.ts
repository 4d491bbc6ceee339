import type { RefusalCode } from '../domain/refusals.ts';
import { type Outcome, accept } from '../protocol/outcome.ts';
import { type Actor, appendAudit } from './audit.ts';
import { type ElectionRow, lockForAct, updateElection } from './elections.ts';
import type { Transaction } from './store.ts';

/**
 * Opens an election whose hour has come, through the lifecycle guard; one that is open already stays so. Called by the
 * schedule, by admins, and by the first voter who is quicker than the schedule.
 */
export async function openElection(
  trx: Transaction,
  electionId: string,
  now: number,
  actor: Actor,
): Promise<Outcome<ElectionRow, RefusalCode>> {
  const locked = await lockForAct(trx, electionId, 'open', now);
  if (!locked.ok) return locked;
  const { election, next } = locked.value;
  if (election.state === next) return accept(election);
  await updateElection(trx, electionId, { state: next });
  await appendAudit(trx, { at: now, actor, kind: 'opened', electionId });
  return accept({ ...election, state: next });
}

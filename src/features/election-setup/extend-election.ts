import { fault, refuseFields } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { readTime } from '../../domain/wall-time.ts';
import { instantOf } from '../../protocol/fields.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import { publicAct } from '../../public-act.ts';
import type { Runtime } from '../../runtime.ts';
import { requireApproval } from '../../store/approvals.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { updateElection } from '../../store/elections.ts';
import { appendPublicEvent } from '../../store/public-events.ts';
import { parseReason } from './closing-reason.ts';

export interface ExtensionRequest {
  readonly electionId: string;
  readonly actor: Actor;
  /** Wall time in the election's zone, or an instant. */
  readonly closesAt: string;
  /** Why, for the audit log and the minutes. */
  readonly reason: string;
}

/** Moves the closing time to a later one, as a signed public event. Never shortens: NOT_LATER. Answers the new time. */
export async function extendElection(
  runtime: Runtime,
  request: ExtensionRequest,
): Promise<Outcome<number, RefusalCode>> {
  const { electionId, actor } = request;
  return publicAct(runtime, electionId, 'extend', async (trx, { election, now, seal }) => {
    if (seal === undefined) throw new Error('an armed election has a manifest');
    const approved = await requireApproval(trx, { electionId, act: 'extend', actor, now });
    if (!approved.ok) return approved;
    const reason = parseReason(request.reason);
    if (!reason.ok) return reason;
    const time = readTime(request.closesAt, election.time_zone, 'last');
    if (!time.ok) return refuseFields({ closesAt: fault(time.code, time.detail['limit']) });
    const { at } = time.value;
    if (at <= election.closes_at || at <= now) return refuse('NOT_LATER');
    const closesAt = instantOf(new Date(at));
    await updateElection(trx, electionId, { closes_at: at });
    await appendPublicEvent(trx, electionId, seal, now, { kind: 'extended', data: { closesAt } });
    const fields = { closesAt, reason: reason.value };
    await appendAudit(trx, { at: now, actor, electionId, kind: 'extended', fields });
    return accept(at);
  });
}

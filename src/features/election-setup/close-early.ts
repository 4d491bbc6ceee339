import { lastInstant } from '../../domain/lifecycle.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { instantOf } from '../../protocol/fields.ts';
import { type Outcome, accept } from '../../protocol/outcome.ts';
import { publicAct } from '../../public-act.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { factsOf, updateElection } from '../../store/elections.ts';
import { appendPublicEvent } from '../../store/public-events.ts';
import { parseReason } from './closing-reason.ts';

/**
 * Ends voting now, as a signed public event with its reason (protocol.md section 7): no credential is issued any more,
 * ballots of people who hold one are taken until the grace has passed from here. Answers the instant when that is over.
 */
export async function closeEarly(
  runtime: Runtime,
  request: { readonly electionId: string; readonly actor: Actor; readonly reason: string },
): Promise<Outcome<number, RefusalCode>> {
  const { electionId, actor } = request;
  return publicAct(runtime, electionId, 'close-early', async (trx, { election, now, seal }) => {
    if (seal === undefined) throw new Error('an open election has a manifest');
    const reason = parseReason(request.reason);
    if (!reason.ok) return reason;
    const at = Math.floor(now / 1000) * 1000;
    const closesAt = instantOf(new Date(at));
    const fields = { closesAt, reason: reason.value };
    await updateElection(trx, electionId, { closes_at: at });
    await appendPublicEvent(trx, electionId, seal, now, { kind: 'closedEarly', data: fields });
    await appendAudit(trx, { at: now, actor, electionId, kind: 'closed-early', fields });
    return accept(lastInstant(factsOf({ ...election, closes_at: at }, now)));
  });
}

import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { findStaff } from '../../store/staff.ts';
import { deleteSessionsOf } from '../../store/staff-sessions.ts';

/** Ends every session of a person on whatever device, the one that asks for it too where it is one's own. */
export function endSessions(
  runtime: Runtime,
  request: { readonly staffId: string; readonly actor: Actor },
): Promise<Outcome<null, RefusalCode>> {
  return runtime.store.inTransaction(async (trx) => {
    const staff = await findStaff(trx, request.staffId);
    if (staff === undefined) return refuse('NOT_FOUND');
    await deleteSessionsOf(trx, staff.id);
    await appendAudit(trx, {
      at: runtime.clock.now(),
      actor: request.actor,
      kind: 'sessions-ended',
      fields: { email: staff.email },
    });
    return accept(null);
  });
}

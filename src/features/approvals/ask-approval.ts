import { type ApprovedAct, mayAsk } from '../../domain/approvals.ts';
import type { StaffRole } from '../../domain/election.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { askApproval } from '../../store/approvals.ts';
import type { Actor } from '../../store/audit.ts';
import { findElection } from '../../store/elections.ts';

/** Asks the other admins to approve an act. Whoever may not do it may not ask for it. */
export function askForApproval(
  runtime: Runtime,
  request: {
    readonly electionId: string;
    readonly act: ApprovedAct;
    readonly actor: Actor;
    readonly role: StaffRole;
  },
): Promise<Outcome<true, RefusalCode>> {
  const { electionId, act, actor, role } = request;
  return runtime.store.inTransaction(async (trx) => {
    if ((await findElection(trx, electionId)) === undefined) return refuse('NOT_FOUND');
    if (!mayAsk(role, act)) return refuse('NOT_ALLOWED');
    await askApproval(trx, { electionId, act, actor, now: runtime.clock.now() });
    return accept(true);
  });
}

import type { StaffRole } from '../../domain/election.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { deleteSetupLinks, findStaff, hasAdmin, updateStaff } from '../../store/staff.ts';
import { deleteSessionsOf } from '../../store/staff-sessions.ts';
import { makeSetupLink } from './create-staff.ts';

/** Gives another role, disables or enables. The person's sessions end; the last admin stays one. */
export function changeStaff(
  runtime: Runtime,
  input: {
    readonly staffId: string;
    readonly role: StaffRole;
    readonly isDisabled: boolean;
    readonly actor: Actor;
  },
): Promise<Outcome<null, RefusalCode>> {
  return runtime.store.inTransaction(async (trx) => {
    const staff = await findStaff(trx, input.staffId);
    if (staff === undefined) return refuse('NOT_FOUND');
    const staysAdmin = input.role === 'admin' && !input.isDisabled;
    if (!staysAdmin && !(await hasAdmin(trx, staff.id))) return refuse('LAST_ADMIN');
    await updateStaff(trx, staff.id, { role: input.role, is_disabled: input.isDisabled ? 1 : 0 });
    await deleteSessionsOf(trx, staff.id);
    if (input.isDisabled) await deleteSetupLinks(trx, staff.id);
    await appendAudit(trx, {
      at: runtime.clock.now(),
      actor: input.actor,
      kind: 'staff-changed',
      fields: { email: staff.email, role: input.role, state: input.isDisabled ? 'disabled' : 'enabled' },
    });
    return accept(null);
  });
}

/** A new set-up link for someone who lost the first one or forgot the password. The present password works until it is used. */
export function renewSetupLink(
  runtime: Runtime,
  input: { readonly staffId: string; readonly actor: Actor },
): Promise<Outcome<{ email: string; setupLink: string }, RefusalCode>> {
  return runtime.store.inTransaction(async (trx) => {
    const staff = await findStaff(trx, input.staffId);
    if (staff === undefined || staff.is_disabled === 1) return refuse('NOT_FOUND');
    const setupLink = await makeSetupLink(trx, runtime, staff.id);
    await appendAudit(trx, {
      at: runtime.clock.now(),
      actor: input.actor,
      kind: 'setup-link-made',
      fields: { email: staff.email },
    });
    return accept({ email: staff.email, setupLink });
  });
}

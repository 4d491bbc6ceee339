import { faultOfPassword } from '../../domain/password.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { appendAudit } from '../../store/audit.ts';
import { deleteSetupLinks, findStaff, updateStaff } from '../../store/staff.ts';
import { deleteSessionsOf } from '../../store/staff-sessions.ts';
import { hashPassword, isPassword } from './password-hash.ts';
import { startSession } from './sessions.ts';
import { forgiveTries, takeTry } from './sign-in-limits.ts';

/** Changes one's own password: every session of the account ends, and a new one starts here. Answers its secret. */
export async function changePassword(
  runtime: Runtime,
  input: {
    readonly staffId: string;
    readonly current: string;
    readonly next: string;
    readonly address: string;
  },
): Promise<Outcome<string, RefusalCode>> {
  const staff = await findStaff(runtime.store.read, input.staffId);
  if (staff === undefined) return refuse('NOT_SIGNED_IN');
  const allowed = await takeTry(runtime, staff.email, input.address);
  if (!allowed.ok) return allowed;
  if (!(await isPassword(staff.password_hash, input.current))) return refuse('WRONG_PASSWORD');
  const fault = faultOfPassword(input.next, staff.email);
  if (fault !== undefined) return refuse('WEAK_PASSWORD', { fault });
  const passwordHash = await hashPassword(input.next);
  const now = runtime.clock.now();
  return runtime.store.inTransaction(async (trx) => {
    const still = await findStaff(trx, staff.id);
    if (still?.password_hash !== staff.password_hash || still.is_disabled === 1)
      return refuse('NOT_SIGNED_IN');
    await updateStaff(trx, staff.id, { password_hash: passwordHash });
    await forgiveTries(trx, runtime, staff.email, input.address);
    await deleteSetupLinks(trx, staff.id);
    await deleteSessionsOf(trx, staff.id);
    await appendAudit(trx, {
      at: now,
      actor: staff.email,
      kind: 'password-changed',
      fields: { email: staff.email },
    });
    return accept(await startSession(trx, staff.id, { createdAt: now, now }, undefined));
  });
}

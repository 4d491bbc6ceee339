import type { RefusalCode } from '../../domain/refusals.ts';
import type { Bytes } from '../../protocol/bytes.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { appendAudit } from '../../store/audit.ts';
import { findStaff, findStaffByEmail } from '../../store/staff.ts';
import { deleteSession, findSession } from '../../store/staff-sessions.ts';
import { isPassword } from './password-hash.ts';
import { type PasswordStep, passPassword } from './second-step.ts';
import { startSession } from './sessions.ts';
import { forgiveTries, takeTry } from './sign-in-limits.ts';

/**
 * Answers the secret of the new session, or of the second step where there is a second factor. Wrong address, wrong
 * password and a disabled account look alike.
 */
export async function signIn(
  runtime: Runtime,
  input: {
    readonly email: string;
    readonly password: string;
    /** Network address the request came from. */
    readonly address: string;
    readonly previous: Bytes | undefined;
  },
): Promise<Outcome<PasswordStep, RefusalCode>> {
  const allowed = await takeTry(runtime, input.email, input.address);
  if (!allowed.ok) return allowed;
  const found = await findStaffByEmail(runtime.store.read, input.email);
  const isRight = await isPassword(found?.password_hash, input.password);
  if (found === undefined || !isRight || found.is_disabled === 1) return refuse('WRONG_SIGN_IN');
  const now = runtime.clock.now();
  return runtime.store.inTransaction(async (trx) => {
    // the account may have changed while the password was being checked
    const staff = await findStaff(trx, found.id);
    if (staff?.password_hash !== found.password_hash || staff.is_disabled === 1)
      return refuse('WRONG_SIGN_IN');
    await forgiveTries(trx, runtime, input.email, input.address);
    const step = await passPassword(trx, staff.id, now, input.previous);
    if (step.kind === 'session') await appendAudit(trx, { at: now, actor: staff.email, kind: 'signed-in' });
    return accept(step);
  });
}

/** Types the password once more: a new secret, fresh for ten minutes; the absolute expiry stays where it was. */
export async function confirmPassword(
  runtime: Runtime,
  input: { readonly password: string; readonly address: string; readonly previous: Bytes },
): Promise<Outcome<string, RefusalCode>> {
  const session = await findSession(runtime.store.read, input.previous, runtime.clock.now());
  if (session === undefined) return refuse('NOT_SIGNED_IN');
  const allowed = await takeTry(runtime, session.email, input.address);
  if (!allowed.ok) return allowed;
  const staff = await findStaff(runtime.store.read, session.staff_id);
  if (!(await isPassword(staff?.password_hash, input.password))) return refuse('WRONG_PASSWORD');
  return runtime.store.inTransaction(async (trx) => {
    const now = runtime.clock.now();
    const live = await findSession(trx, input.previous, now);
    if (live === undefined) return refuse('NOT_SIGNED_IN');
    await forgiveTries(trx, runtime, live.email, input.address);
    const times = { createdAt: live.created_at, now };
    return accept(await startSession(trx, live.staff_id, times, input.previous));
  });
}

export async function signOut(runtime: Runtime, session: Bytes): Promise<void> {
  const now = runtime.clock.now();
  await runtime.store.inTransaction(async (trx) => {
    const owner = await findSession(trx, session, now);
    if (owner === undefined) return accept(null);
    await deleteSession(trx, session);
    await appendAudit(trx, { at: now, actor: owner.email, kind: 'signed-out' });
    return accept(null);
  });
}

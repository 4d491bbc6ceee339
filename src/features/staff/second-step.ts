import type { RefusalCode } from '../../domain/refusals.ts';
import type { Bytes } from '../../protocol/bytes.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { digestOf } from '../../secret.ts';
import { appendAudit } from '../../store/audit.ts';
import { findPending, insertPending, takePending } from '../../store/pending-sign-ins.ts';
import { type SecondSteps, secondStepsOf } from '../../store/second-factors.ts';
import { type StaffRow, findStaff } from '../../store/staff.ts';
import type { Transaction } from '../../store/store.ts';
import { takeFactorCode } from './factor-codes.ts';
import { makeSecret, startSession } from './sessions.ts';
import { forgiveTries, takeTry } from './sign-in-limits.ts';

/** What a right password leads to: a session, or a second step whose secret is worth nothing by itself. */
export type PasswordStep =
  | { readonly kind: 'session'; readonly secret: string }
  | ({ readonly kind: 'second-step'; readonly secret: string } & SecondSteps);

/** After a right password: signed in, or, where there is a second factor, no session yet. */
export async function passPassword(
  trx: Transaction,
  staffId: string,
  now: number,
  previous: Bytes | undefined,
): Promise<PasswordStep> {
  const steps = await secondStepsOf(trx, staffId);
  if (!steps.hasCode && !steps.hasPasskey) {
    return { kind: 'session', secret: await startSession(trx, staffId, { createdAt: now, now }, previous) };
  }
  const secret = makeSecret();
  const row = {
    secret_digest: digestOf(secret),
    staff_id: staffId,
    challenge: null,
    purpose: 'second-step',
  } as const;
  await insertPending(trx, row, now);
  return { kind: 'second-step', secret, ...steps };
}

export interface StepInput {
  readonly secret: string;
  readonly address: string;
  readonly previous: Bytes | undefined;
}

/** The person behind a second step that is still good. Disabling, re-roling or a new password ended it. */
export async function findStep(
  runtime: Runtime,
  secret: string,
): Promise<Outcome<{ readonly staff: StaffRow; readonly steps: SecondSteps }, 'STEP_EXPIRED'>> {
  const { read } = runtime.store;
  const key = { secretDigest: digestOf(secret), purpose: 'second-step', now: runtime.clock.now() } as const;
  const pending = await findPending(read, key);
  const staff = await findStaff(read, pending?.staff_id ?? '');
  if (staff === undefined || staff.is_disabled === 1) return refuse('STEP_EXPIRED');
  return accept({ staff, steps: await secondStepsOf(read, staff.id) });
}

/**
 * The second step with a code: answers the secret of the new session. The step is used up with the code, in one
 * transaction; a wrong code uses neither up, but counts.
 */
export async function signInWithCode(
  runtime: Runtime,
  input: StepInput & { readonly code: string },
): Promise<Outcome<string, RefusalCode>> {
  const found = await findStep(runtime, input.secret);
  if (!found.ok) return found;
  const allowed = await takeTry(runtime, found.value.staff.email, input.address, 'second-factor');
  if (!allowed.ok) return allowed;
  return runtime.store.inTransaction(async (trx) => {
    const staff = await takeStep(trx, runtime, input.secret);
    if (staff === undefined) return refuse('STEP_EXPIRED');
    if (!(await takeFactorCode(trx, runtime, staff, input.code))) return refuse('WRONG_FACTOR');
    return accept(await finishSignIn(trx, runtime, staff, input));
  });
}

/** Uses a second step up; undefined where it is over, or its person may no longer sign in. */
async function takeStep(trx: Transaction, runtime: Runtime, secret: string): Promise<StaffRow | undefined> {
  const key = { secretDigest: digestOf(secret), purpose: 'second-step', now: runtime.clock.now() } as const;
  const pending = await takePending(trx, key);
  const staff = await findStaff(trx, pending?.staff_id ?? '');
  return staff?.is_disabled === 1 ? undefined : staff;
}

/** The last line of every sign-in with a second factor. */
export async function finishSignIn(
  trx: Transaction,
  runtime: Runtime,
  staff: StaffRow,
  { address, previous }: Pick<StepInput, 'address' | 'previous'>,
): Promise<string> {
  const now = runtime.clock.now();
  await forgiveTries(trx, runtime, staff.email, address, 'second-factor');
  await appendAudit(trx, { at: now, actor: staff.email, kind: 'signed-in' });
  return startSession(trx, staff.id, { createdAt: now, now }, previous);
}

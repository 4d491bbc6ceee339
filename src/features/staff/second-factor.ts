import { randomBytes } from 'node:crypto';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { deletePasskeysOf } from '../../store/passkeys.ts';
import {
  type SecondFactor,
  activateSecondFactor,
  countRecoveryCodes,
  deleteSecondFactor,
  findSecondFactor,
  insertRecoveryCodes,
  proposeSecondFactor,
  secondStepsOf,
  takeCounter,
} from '../../store/second-factors.ts';
import { findStaff } from '../../store/staff.ts';
import { deleteSessionsOf } from '../../store/staff-sessions.ts';
import { makeRecoveryCodes, purposeOf, recoveryDigest, takeFactorCode } from './factor-codes.ts';
import { startSession } from './sessions.ts';
import { forgiveTries, takeTry } from './sign-in-limits.ts';
import { addressOf, counterOf, writtenOut } from './totp.ts';

/** 160 bits, as RFC 4226 recommends. */
const SECRET_BYTES = 20;
/** A secret that somebody else proposed at an open browser must not wait there for its owner. */
const PROPOSAL_MS = 15 * 60_000;

const isOver = (factor: SecondFactor, now: number): boolean =>
  factor.is_active === 0 && factor.created_at + PROPOSAL_MS <= now;

export type FactorStanding =
  | { readonly kind: 'off' }
  /** Waits for the first right code; the secret can be looked at until then, and never again. */
  | { readonly kind: 'proposed'; readonly secret: string; readonly address: string }
  | { readonly kind: 'on'; readonly since: number; readonly recoveryCodes: number };

export async function factorStanding(
  runtime: Runtime,
  person: { readonly staffId: string; readonly email: string },
): Promise<FactorStanding> {
  const { read } = runtime.store;
  const factor = await findSecondFactor(read, person.staffId);
  if (factor === undefined || isOver(factor, runtime.clock.now())) return { kind: 'off' };
  if (factor.is_active === 1) {
    const recoveryCodes = await countRecoveryCodes(read, person.staffId);
    return { kind: 'on', since: factor.created_at, recoveryCodes };
  }
  const secret = runtime.secret.open(purposeOf(person.staffId), factor.sealed_secret);
  return { kind: 'proposed', secret: writtenOut(secret), address: addressOf(secret, person.email) };
}

/** Makes a new secret for the person's app. It protects nothing until a code proves that the app has it. */
export function proposeFactor(runtime: Runtime, staffId: string): Promise<Outcome<null, RefusalCode>> {
  const sealed = runtime.secret.seal(purposeOf(staffId), randomBytes(SECRET_BYTES));
  return runtime.store.inTransaction(async (trx) => {
    if ((await findSecondFactor(trx, staffId))?.is_active === 1) return refuse('FACTOR_ACTIVE');
    const created_at = runtime.clock.now();
    await proposeSecondFactor(trx, { staff_id: staffId, sealed_secret: sealed, created_at });
    return accept(null);
  });
}

/**
 * Switches the app on with a right code. Sessions that began without it end; a new one starts here. Answers its secret and
 * the recovery codes, which are shown this once.
 */
export function confirmFactor(
  runtime: Runtime,
  input: { readonly staffId: string; readonly code: string },
): Promise<Outcome<{ readonly session: string; readonly recoveryCodes: readonly string[] }, RefusalCode>> {
  const { staffId } = input;
  return runtime.store.inTransaction(async (trx) => {
    const staff = await findStaff(trx, staffId);
    const factor = await findSecondFactor(trx, staffId);
    const now = runtime.clock.now();
    if (staff === undefined || factor === undefined || isOver(factor, now)) return refuse('PROPOSAL_EXPIRED');
    if (factor.is_active === 1) return refuse('FACTOR_ACTIVE');
    const secret = runtime.secret.open(purposeOf(staffId), factor.sealed_secret);
    const counter = counterOf(secret, input.code.replace(/\s/g, ''), now);
    if (counter === undefined || !(await takeCounter(trx, staffId, counter))) return refuse('WRONG_FACTOR');
    await activateSecondFactor(trx, staffId);
    const recoveryCodes = makeRecoveryCodes();
    const digests = recoveryCodes.map((code) => recoveryDigest(runtime, staffId, code));
    await insertRecoveryCodes(trx, staffId, digests);
    await deleteSessionsOf(trx, staffId);
    const { email } = staff;
    await appendAudit(trx, { at: now, actor: email, kind: 'factor-added', fields: { email } });
    const session = await startSession(trx, staffId, { createdAt: now, now }, undefined);
    return accept({ session, recoveryCodes });
  });
}

/** Takes one's own app away, with a code of it: a password and a session left open are not enough. */
export async function removeOwnFactor(
  runtime: Runtime,
  input: { readonly staffId: string; readonly code: string; readonly address: string },
): Promise<Outcome<null, RefusalCode>> {
  const known = await findStaff(runtime.store.read, input.staffId);
  if (known === undefined) return refuse('NOT_FOUND');
  const allowed = await takeTry(runtime, known.email, input.address, 'second-factor');
  if (!allowed.ok) return allowed;
  return runtime.store.inTransaction(async (trx) => {
    if (!(await takeFactorCode(trx, runtime, known, input.code))) return refuse('WRONG_FACTOR');
    await deleteSecondFactor(trx, known.id);
    await forgiveTries(trx, runtime, known.email, input.address, 'second-factor');
    const fields = { email: known.email };
    await appendAudit(trx, { at: runtime.clock.now(), actor: known.email, kind: 'factor-removed', fields });
    return accept(null);
  });
}

/**
 * For someone who lost app and passkeys: an admin takes all of them away. The person's sessions end. One's own go only the
 * way that asks for a code.
 */
export function removeFactorsOf(
  runtime: Runtime,
  input: { readonly staffId: string; readonly actor: Actor },
): Promise<Outcome<null, RefusalCode>> {
  const { staffId, actor } = input;
  return runtime.store.inTransaction(async (trx) => {
    const staff = await findStaff(trx, staffId);
    if (staff?.email === actor) return refuse('OWN_FACTOR');
    const steps = await secondStepsOf(trx, staffId);
    if (staff === undefined || (!steps.hasCode && !steps.hasPasskey)) return refuse('NOT_FOUND');
    await deleteSecondFactor(trx, staffId);
    await deletePasskeysOf(trx, staffId);
    await deleteSessionsOf(trx, staffId);
    const fields = { email: staff.email };
    await appendAudit(trx, { at: runtime.clock.now(), actor, kind: 'factor-removed', fields });
    return accept(null);
  });
}

import { randomBytes } from 'node:crypto';
import { Secret } from 'otpauth';
import type { Bytes } from '../../protocol/bytes.ts';
import type { Runtime } from '../../runtime.ts';
import { appendAudit } from '../../store/audit.ts';
import { findSecondFactor, takeCounter, takeRecoveryCode } from '../../store/second-factors.ts';
import type { StaffRow } from '../../store/staff.ts';
import type { Transaction } from '../../store/store.ts';
import { counterOf, grouped } from './totp.ts';

const RECOVERY_CODES = 10;
/** 80 random bits: nothing to guess, so the kept digest needs no slow hash. */
const RECOVERY_BYTES = 10;

/** Bound to the person: a sealed secret moved to another row does not open. */
export const purposeOf = (staffId: string): string => `votix/totp/${staffId}`;

/** Recovery codes as they are shown, once: base32 in groups of four. */
export const makeRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () =>
    grouped(new Secret({ buffer: new Uint8Array(randomBytes(RECOVERY_BYTES)).buffer }).base32),
  );

const compact = (code: string): string => code.replace(/[\s-]/g, '').toUpperCase();

/** What is kept of a recovery code: a keyed digest, so that the database alone confirms no guess. */
export const recoveryDigest = (runtime: Runtime, staffId: string, code: string): Bytes =>
  runtime.secret.derive('votix/recovery-code', staffId, compact(code));

/**
 * Whether a typed text proves the second factor: a code of the app that has not been used, or a recovery code, which is
 * used up. In the transaction of what it allows: a refused act gives the code back.
 */
export async function takeFactorCode(
  trx: Transaction,
  runtime: Runtime,
  staff: StaffRow,
  typed: string,
): Promise<boolean> {
  const factor = await findSecondFactor(trx, staff.id);
  if (factor?.is_active !== 1) return false;
  const code = compact(typed);
  const now = runtime.clock.now();
  if (/^\d{6}$/.test(code)) {
    const secret = runtime.secret.open(purposeOf(staff.id), factor.sealed_secret);
    const counter = counterOf(secret, code, now);
    return counter !== undefined && takeCounter(trx, staff.id, counter);
  }
  if (!/^[A-Z2-7]{16}$/.test(code)) return false;
  if (!(await takeRecoveryCode(trx, staff.id, recoveryDigest(runtime, staff.id, code)))) return false;
  await appendAudit(trx, {
    at: now,
    actor: staff.email,
    kind: 'recovery-code-used',
    fields: { email: staff.email },
  });
  return true;
}

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { StaffRole } from '../../domain/election.ts';
import { faultOfPassword } from '../../domain/password.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { digestOf } from '../../secret.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import {
  deleteSetupLinks,
  findStaffByEmail,
  insertStaff,
  normaliseAddress,
  replaceSetupLink,
} from '../../store/staff.ts';
import type { Transaction } from '../../store/store.ts';
import { hashPassword } from './password-hash.ts';
import { makeSecret } from './sessions.ts';

export interface NewStaff {
  readonly email: string;
  readonly name: string;
  readonly role: StaffRole;
}

const address = z.email().max(254);
const LONGEST_NAME = 120;

/** Refuses what cannot be an account: the address, then the name. */
export function requireIdentity(input: NewStaff): Outcome<NewStaff, 'BAD_ADDRESS' | 'BAD_NAME'> {
  const email = normaliseAddress(input.email);
  const name = input.name.normalize('NFC').trim();
  if (!address.safeParse(email).success) return refuse('BAD_ADDRESS');
  // control characters would let a name forge lines in mails and logs
  if (name === '' || name.length > LONGEST_NAME || /\p{C}/u.test(name)) return refuse('BAD_NAME');
  return accept({ email, name, role: input.role });
}

/**
 * Creates an account with a password, or with a set-up link (`<publicUrl>/setup/<secret>`, one use) by which the person
 * chooses their own. Refuses: BAD_ADDRESS, BAD_NAME, WEAK_PASSWORD (`fault`), ADDRESS_TAKEN.
 */
export async function createStaff(
  runtime: Runtime,
  input: NewStaff & { readonly password?: string | undefined; readonly actor: Actor },
): Promise<Outcome<{ staffId: string; setupLink: string | undefined }, RefusalCode>> {
  const identity = requireIdentity(input);
  if (!identity.ok) return identity;
  const { password } = input;
  const fault = password === undefined ? undefined : faultOfPassword(password, identity.value.email);
  if (fault !== undefined) return refuse('WEAK_PASSWORD', { fault });
  const passwordHash = password === undefined ? null : await hashPassword(password);
  return runtime.store.inTransaction(async (trx) => {
    const made = await addAccount(trx, runtime, identity.value, passwordHash, input.actor);
    if (!made.ok) return made;
    const staffId = made.value;
    // whoever can create the first admin here needs no set-up link any more
    if (passwordHash !== null && identity.value.role === 'admin') await deleteSetupLinks(trx, null);
    const setupLink = passwordHash === null ? await makeSetupLink(trx, runtime, staffId) : undefined;
    return accept({ staffId, setupLink });
  });
}

export async function addAccount(
  trx: Transaction,
  runtime: Runtime,
  identity: NewStaff,
  passwordHash: string | null,
  actor: Actor,
): Promise<Outcome<string, 'ADDRESS_TAKEN'>> {
  const { email, name, role } = identity;
  if ((await findStaffByEmail(trx, email)) !== undefined) return refuse('ADDRESS_TAKEN');
  const id = randomUUID();
  const now = runtime.clock.now();
  await insertStaff(trx, { id, email, name, role, password_hash: passwordHash, created_at: now });
  await appendAudit(trx, { at: now, actor, kind: 'staff-created', fields: { email, role } });
  return accept(id);
}

/** A new one-use link for a member of staff; those made before are dead. */
export async function makeSetupLink(
  trx: Transaction,
  runtime: Runtime,
  staffId: string | null,
): Promise<string> {
  const secret = makeSecret();
  await replaceSetupLink(trx, staffId, digestOf(secret), runtime.clock.now());
  return `${runtime.config.publicUrl}/setup/${secret}`;
}

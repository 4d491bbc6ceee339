import { faultOfPassword } from '../../domain/password.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { fromBase64url } from '../../protocol/bytes.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { digestOf } from '../../secret.ts';
import { appendAudit } from '../../store/audit.ts';
import { deleteSetupLinks, findSetupLink, findStaff, hasAdmin, updateStaff } from '../../store/staff.ts';
import { deleteSessionsOf } from '../../store/staff-sessions.ts';
import type { Reader } from '../../store/store.ts';
import { addAccount, makeSetupLink, requireIdentity } from './create-staff.ts';
import { hashPassword } from './password-hash.ts';
import { type PasswordStep, passPassword } from './second-step.ts';

/** A colleague's set-up link is good for three days; the first admin's until the server starts again. */
const LINK_MS = 3 * 86_400_000;

/** Whom a set-up link is for: the first admin (who says who they are), or an account that waits for its password. */
export type SetUp =
  | { readonly kind: 'first-admin' }
  | { readonly kind: 'member'; readonly staffId: string; readonly email: string };

/** At start, while nobody can sign in as admin: a new one-time link, the one printed before being dead. */
export async function offerSetUp(runtime: Runtime): Promise<string | undefined> {
  const offered = await runtime.store.inTransaction(async (trx) =>
    accept((await hasAdmin(trx)) ? undefined : await makeSetupLink(trx, runtime, null)),
  );
  return offered.ok ? offered.value : undefined;
}

/** What a set-up link is for, now; NOT_FOUND for one that is unknown, used, replaced or too old. */
export async function findSetUp(
  reader: Reader,
  secret: string,
  now: number,
): Promise<Outcome<SetUp, 'NOT_FOUND'>> {
  if (fromBase64url(secret, 32) === undefined) return refuse('NOT_FOUND');
  const link = await findSetupLink(reader, digestOf(secret));
  if (link === undefined) return refuse('NOT_FOUND');
  if (link.staff_id === null) {
    return (await hasAdmin(reader)) ? refuse('NOT_FOUND') : accept({ kind: 'first-admin' });
  }
  const staff = await findStaff(reader, link.staff_id);
  if (staff === undefined || staff.is_disabled === 1 || link.created_at + LINK_MS <= now)
    return refuse('NOT_FOUND');
  return accept({ kind: 'member', staffId: staff.id, email: staff.email });
}

/**
 * Uses a set-up link up: the password is stored, the link dies, and the person is signed in, unless a second factor is
 * still asked for: a new password does not replace it.
 */
export async function setUp(
  runtime: Runtime,
  input: {
    readonly secret: string;
    readonly email: string;
    readonly name: string;
    readonly password: string;
  },
): Promise<Outcome<PasswordStep, RefusalCode>> {
  const now = runtime.clock.now();
  const known = await findSetUp(runtime.store.read, input.secret, now);
  if (!known.ok) return known;
  const identity = requireIdentity({ email: input.email, name: input.name, role: 'admin' });
  if (known.value.kind === 'first-admin' && !identity.ok) return identity;
  const email = known.value.kind === 'member' ? known.value.email : input.email;
  const fault = faultOfPassword(input.password, email);
  if (fault !== undefined) return refuse('WEAK_PASSWORD', { fault });
  const passwordHash = await hashPassword(input.password);

  return runtime.store.inTransaction(async (trx) => {
    // asked again: two people may hold the same printed link
    const still = await findSetUp(trx, input.secret, now);
    if (!still.ok) return still;
    if (still.value.kind === 'first-admin') {
      if (!identity.ok) return identity;
      const made = await addAccount(trx, runtime, identity.value, passwordHash, 'set-up link');
      if (!made.ok) return made;
      await deleteSetupLinks(trx, null);
      return accept(await passPassword(trx, made.value, now, undefined));
    }
    const { staffId } = still.value;
    await updateStaff(trx, staffId, { password_hash: passwordHash });
    await deleteSetupLinks(trx, staffId);
    await deleteSessionsOf(trx, staffId);
    await appendAudit(trx, { at: now, actor: email, kind: 'password-changed', fields: { email } });
    return accept(await passPassword(trx, staffId, now, undefined));
  });
}

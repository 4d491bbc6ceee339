import { randomUUID } from 'node:crypto';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Bytes, fromBase64url, toBase64url, utf8 } from '../../protocol/bytes.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { appendAudit } from '../../store/audit.ts';
import {
  type PasskeyRow,
  deletePasskey,
  findPasskey,
  insertPasskey,
  listPasskeys,
  markPasskeyUsed,
} from '../../store/passkeys.ts';
import { deletePendingOf } from '../../store/pending-sign-ins.ts';
import { type StaffRow, findStaff } from '../../store/staff.ts';
import { findSession } from '../../store/staff-sessions.ts';
import type { Transaction } from '../../store/store.ts';
import type { Viewer } from '../../views/route.ts';
import { type Purpose, openCeremony, takeCeremony } from './ceremonies.ts';
import { parseAssertion, parseAttestation } from './passkey-answers.ts';
import { finishSignIn } from './second-step.ts';
import { startSession } from './sessions.ts';
import { takePlaceTry } from './sign-in-limits.ts';

const TIMEOUT_MS = 5 * 60_000;
const LONGEST_NAME = 60;

/** The host that passkeys are bound to, and the only origin they are used from: the public one. */
const partyOf = (runtime: Runtime) => {
  const { publicUrl } = runtime.config;
  return { rpID: new URL(publicUrl).hostname, origin: publicUrl };
};

/** What the script needs to run a ceremony with the device. */
export interface OpenedCeremony {
  readonly ceremony: string;
  readonly options: object;
}

/** Opens the making of a passkey: one that the device keeps, and that asks for fingerprint or PIN. */
export async function openRegistration(runtime: Runtime, viewer: Viewer): Promise<OpenedCeremony> {
  const { staffId, email, name } = viewer;
  const { secret, challenge } = await openCeremony(runtime, 'passkey-register', staffId);
  const known = await listPasskeys(runtime.store.read, staffId);
  const options = await generateRegistrationOptions({
    rpName: 'Votix',
    rpID: partyOf(runtime).rpID,
    userName: email,
    userDisplayName: name,
    userID: utf8(staffId),
    challenge,
    timeout: TIMEOUT_MS,
    attestationType: 'none',
    excludeCredentials: known.map((passkey) => ({ id: toBase64url(passkey.credential_id) })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return { ceremony: secret, options };
}

/** Ends the making of a passkey: answers its id. */
export async function registerPasskey(
  runtime: Runtime,
  input: {
    readonly viewer: Viewer;
    readonly ceremony: string;
    readonly name: string;
    readonly response: unknown;
  },
): Promise<Outcome<string, RefusalCode>> {
  const { staffId, email } = input.viewer;
  const taken = await takeCeremony(runtime, 'passkey-register', input.ceremony);
  if (!taken.ok) return taken;
  if (taken.value.staff_id !== staffId) return refuse('STEP_EXPIRED');
  const name = input.name.normalize('NFC').trim() || 'Passkey';
  if (name.length > LONGEST_NAME || /\p{C}/u.test(name)) return refuse('BAD_NAME');
  const response = parseAttestation(input.response);
  if (response === undefined) return refuse('PASSKEY_REFUSED');
  const { rpID, origin } = partyOf(runtime);
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: toBase64url(taken.value.challenge),
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  }).catch(() => undefined);
  if (verified?.verified !== true) return refuse('PASSKEY_REFUSED');
  const { credential } = verified.registrationInfo;
  const credentialId = fromBase64url(credential.id);
  if (credentialId === undefined) return refuse('PASSKEY_REFUSED');
  return runtime.store.inTransaction(async (trx) => {
    if ((await findPasskey(trx, credentialId)) !== undefined) return refuse('PASSKEY_REFUSED');
    const id = randomUUID();
    const now = runtime.clock.now();
    await insertPasskey(trx, {
      id,
      staff_id: staffId,
      credential_id: credentialId,
      public_key: new Uint8Array(credential.publicKey),
      counter: credential.counter,
      name,
      created_at: now,
      used_at: null,
    });
    await appendAudit(trx, { at: now, actor: email, kind: 'passkey-added', fields: { email } });
    return accept(id);
  });
}

/** Opens a sign-in: whose it is, the passkey says. Counted by network address, since strangers may ask. */
export async function openPasskeySignIn(
  runtime: Runtime,
  address: string,
): Promise<Outcome<OpenedCeremony, RefusalCode>> {
  const allowed = await takePlaceTry(runtime, address);
  return allowed.ok ? accept(await openAssertion(runtime, 'passkey-sign-in', null)) : allowed;
}

export const openPasskeyConfirmation = (runtime: Runtime, staffId: string): Promise<OpenedCeremony> =>
  openAssertion(runtime, 'passkey-confirm', staffId);

async function openAssertion(
  runtime: Runtime,
  purpose: Purpose,
  staffId: string | null,
): Promise<OpenedCeremony> {
  const { secret, challenge } = await openCeremony(runtime, purpose, staffId);
  const known = staffId === null ? [] : await listPasskeys(runtime.store.read, staffId);
  const options = await generateAuthenticationOptions({
    rpID: partyOf(runtime).rpID,
    challenge,
    timeout: TIMEOUT_MS,
    userVerification: 'required',
    allowCredentials: known.map((passkey) => ({ id: toBase64url(passkey.credential_id) })),
  });
  return { ceremony: secret, options };
}

export interface Assertion {
  readonly ceremony: string;
  readonly response: unknown;
  readonly address: string;
  readonly previous: Bytes | undefined;
}

/** Signs in with a passkey, which is device and fingerprint or PIN in one: answers the secret of the new session. */
export async function signInWithPasskey(
  runtime: Runtime,
  input: Assertion,
): Promise<Outcome<string, RefusalCode>> {
  const used = await verifiedUse(runtime, 'passkey-sign-in', input);
  if (!used.ok) return used;
  return runtime.store.inTransaction(async (trx) => {
    const staff = await useOf(trx, runtime, used.value);
    if (staff === undefined) return refuse('PASSKEY_REFUSED');
    // a password step that the passkey completes is done with
    await deletePendingOf(trx, staff.id);
    return accept(await finishSignIn(trx, runtime, staff, input));
  });
}

/** Confirms with a passkey what a password would: a new secret, fresh for ten minutes. */
export async function confirmWithPasskey(
  runtime: Runtime,
  input: Assertion & { readonly previous: Bytes },
): Promise<Outcome<string, RefusalCode>> {
  const used = await verifiedUse(runtime, 'passkey-confirm', input);
  if (!used.ok) return used;
  return runtime.store.inTransaction(async (trx) => {
    const now = runtime.clock.now();
    const live = await findSession(trx, input.previous, now);
    if (live === undefined) return refuse('NOT_SIGNED_IN');
    const staff = await useOf(trx, runtime, used.value);
    if (staff === undefined || staff.id !== live.staff_id) return refuse('PASSKEY_REFUSED');
    return accept(await startSession(trx, staff.id, { createdAt: live.created_at, now }, input.previous));
  });
}

interface VerifiedUse {
  readonly passkey: PasskeyRow;
  readonly counter: number;
}

/** Uses the challenge up, then checks what the device signed: challenge, origin, host, fingerprint or PIN, counter. */
async function verifiedUse(
  runtime: Runtime,
  purpose: Purpose,
  input: Pick<Assertion, 'ceremony' | 'response'>,
): Promise<Outcome<VerifiedUse, RefusalCode>> {
  const taken = await takeCeremony(runtime, purpose, input.ceremony);
  if (!taken.ok) return taken;
  const response = parseAssertion(input.response);
  const credentialId = response && fromBase64url(response.id);
  const passkey = credentialId && (await findPasskey(runtime.store.read, credentialId));
  if (response === undefined || passkey === undefined) return refuse('PASSKEY_REFUSED');
  if (taken.value.staff_id !== null && taken.value.staff_id !== passkey.staff_id) {
    return refuse('PASSKEY_REFUSED');
  }
  const { rpID, origin } = partyOf(runtime);
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: toBase64url(taken.value.challenge),
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    credential: {
      id: response.id,
      publicKey: new Uint8Array(passkey.public_key),
      counter: passkey.counter,
    },
  }).catch(() => undefined);
  if (verified?.verified !== true) return refuse('PASSKEY_REFUSED');
  return accept({ passkey, counter: verified.authenticationInfo.newCounter });
}

/** Notes the use of a passkey; its owner, unless it was removed or used elsewhere meanwhile, or they may not sign in. */
async function useOf(
  trx: Transaction,
  runtime: Runtime,
  { passkey, counter }: VerifiedUse,
): Promise<StaffRow | undefined> {
  if (!(await markPasskeyUsed(trx, passkey, { counter, at: runtime.clock.now() }))) return undefined;
  const staff = await findStaff(trx, passkey.staff_id);
  return staff?.is_disabled === 1 ? undefined : staff;
}

/** Removes one of one's own passkeys. */
export function removePasskey(
  runtime: Runtime,
  input: { readonly viewer: Viewer; readonly passkeyId: string },
): Promise<Outcome<null, RefusalCode>> {
  const { staffId, email } = input.viewer;
  return runtime.store.inTransaction(async (trx) => {
    if (!(await deletePasskey(trx, staffId, input.passkeyId))) return refuse('NOT_FOUND');
    await appendAudit(trx, {
      at: runtime.clock.now(),
      actor: email,
      kind: 'passkey-removed',
      fields: { email },
    });
    return accept(null);
  });
}

import { timingSafeEqual } from 'node:crypto';
import type { ElectionState } from '../../domain/election.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type ServerKeys, makeServerKeys, openUrnSigner } from '../../election-keys.ts';
import { loadTerms } from '../../election-terms.ts';
import { type Bytes, toBase64url } from '../../protocol/bytes.ts';
import { type Challenge, makeChallenge } from '../../protocol/challenge.ts';
import { keyFingerprint } from '../../protocol/manifest.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { RsaPublicKey } from '../../protocol/primitives.ts';
import { rsaPublicKey } from '../../protocol/rsa.ts';
import type { Runtime } from '../../runtime.ts';
import { digestOf } from '../../secret.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { type ElectionRow, findElection, lockForAct } from '../../store/elections.ts';
import {
  type KeyCopyRow,
  findElectionKey,
  insertChallenge,
  listKeyCopies,
  recordKeyCopy,
  takeChallenge,
} from '../../store/keys.ts';
import { type UrnSeal, appendPublicEvent } from '../../store/public-events.ts';
import type { Transaction } from '../../store/store.ts';
import { freezeManifest } from './freeze-manifest.ts';

const CHALLENGE_LIFE_MS = 10 * 60_000;

export interface OpenChallenge {
  readonly challenge: Challenge;
  readonly key: RsaPublicKey;
}

/** A fresh challenge to the holder of the election's key: single use, ten minutes (section 8). */
export async function challengeKey(
  runtime: Runtime,
  electionId: string,
): Promise<Outcome<OpenChallenge, RefusalCode>> {
  const { store, clock } = runtime;
  const row = await findElectionKey(store.read, electionId);
  if (row === undefined) return refuse('NOT_ARMED');
  const key = rsaPublicKey(new Uint8Array(row.modulus));
  if (key === undefined) throw new Error('the stored election key is damaged');
  const { challenge, secret } = await makeChallenge(nodePrimitives, key);
  return store.inTransaction(async (trx) => {
    const act = await lockForAct(trx, electionId, 'prove-key', clock.now());
    if (!act.ok) return act;
    await insertChallenge(trx, {
      nonce: challenge.nonce,
      election_id: electionId,
      secret_digest: digestOf(secret),
      expires_at: clock.now() + CHALLENGE_LIFE_MS,
    });
    return accept({ challenge, key });
  });
}

export interface KeyAnswer {
  readonly electionId: string;
  readonly actor: Actor;
  readonly nonce: Bytes;
  /** The 32 bytes that only the holder of the key can have read. */
  readonly secret: Bytes;
  /** Which copy of the key file was read, from 1 ("USB A"). */
  readonly copy: number;
}

/**
 * Takes the answer to a challenge. The first right one freezes and signs the manifest and arms the election; later
 * ones record that this copy still opens. A challenge is spent by a wrong answer too.
 */
export async function proveKey(
  runtime: Runtime,
  answer: KeyAnswer,
): Promise<Outcome<{ readonly armed: boolean }, RefusalCode>> {
  const { store, clock } = runtime;
  const election = await findElection(store.read, answer.electionId);
  if (election === undefined) return refuse('NOT_FOUND');
  const signing = await prepareSigning(runtime, election);
  const proven = await store.inTransaction<Proof, RefusalCode>(async (trx) => {
    const held = await holdsAnswer(trx, answer, clock.now());
    // a wrong answer is accepted here, so that the challenge it spent stays spent, and refused outside
    if (held !== 'right') return accept(refuse(held));
    const recorded = await recordProof(runtime, trx, answer, signing);
    return recorded.ok ? accept(recorded) : recorded;
  });
  return proven.ok ? proven.value : proven;
}

type Proof = Outcome<{ readonly armed: boolean }, RefusalCode>;

/** Either the keys that the first proof will freeze, or the seal of the manifest that was frozen before. */
type Signing = { readonly serverKeys: ServerKeys } | { readonly seal: UrnSeal } | undefined;

async function prepareSigning(runtime: Runtime, election: ElectionRow): Promise<Signing> {
  if (election.state === 'arming') {
    return { serverKeys: await makeServerKeys(runtime, election.credential_key_bits) };
  }
  const terms = await loadTerms(runtime, election.id);
  return terms && { seal: { manifestDigest: terms.digest, sign: await openUrnSigner(runtime, election.id) } };
}

async function holdsAnswer(
  trx: Transaction,
  { electionId, nonce, secret }: KeyAnswer,
  now: number,
): Promise<'right' | 'WRONG_PROOF' | 'CHALLENGE_EXPIRED'> {
  const asked = await takeChallenge(trx, electionId, nonce);
  if (asked === undefined || asked.expires_at <= now) return 'CHALLENGE_EXPIRED';
  return timingSafeEqual(digestOf(secret), asked.secret_digest) ? 'right' : 'WRONG_PROOF';
}

async function recordProof(
  runtime: Runtime,
  trx: Transaction,
  { electionId, actor, copy }: KeyAnswer,
  signing: Signing,
): Promise<Outcome<{ readonly armed: boolean }, RefusalCode>> {
  const at = runtime.clock.now();
  const act = await lockForAct(trx, electionId, 'prove-key', at);
  if (!act.ok) return act;
  const { election, next } = act.value;
  const armed = election.state === 'arming';
  // the pair was made anew, or frozen by someone else, while this answer was on its way
  if (signing === undefined || armed !== 'serverKeys' in signing) return refuse('KEY_REPLACED');
  const sealed =
    'seal' in signing ? accept(signing.seal) : await freeze(trx, election, signing.serverKeys, next, at);
  if (!sealed.ok) return sealed;
  if (armed) {
    const digest = toBase64url(sealed.value.manifestDigest);
    await appendAudit(trx, { at, actor, electionId, kind: 'manifest-signed', fields: { digest } });
  }
  await recordKeyCopy(trx, electionId, copy, at);
  await appendAudit(trx, { at, actor, electionId, kind: 'key-proven', fields: { copy } });
  // the record ends with the close line: proofs after it are told by the audit log alone
  if (next === 'armed' || next === 'open') {
    await appendPublicEvent(trx, electionId, sealed.value, at, { kind: 'keyProven', data: { copy } });
  }
  return accept({ armed });
}

async function freeze(
  trx: Transaction,
  election: ElectionRow,
  serverKeys: ServerKeys,
  next: ElectionState,
  at: number,
): Promise<Outcome<UrnSeal, RefusalCode>> {
  const frozen = await freezeManifest(trx, { election, serverKeys, next, at });
  return frozen.ok ? accept({ manifestDigest: frozen.value, sign: serverKeys.sign }) : frozen;
}

/** What the ceremony pages show of a key: nothing of it is secret. */
export async function keyStatus(runtime: Runtime, electionId: string): Promise<KeyStatus> {
  const { read } = runtime.store;
  const row = await findElectionKey(read, electionId);
  const key = row && rsaPublicKey(new Uint8Array(row.modulus));
  return {
    fingerprint: key && (await keyFingerprint(nodePrimitives, key)),
    copies: await listKeyCopies(read, electionId),
    manifestDigest: (await loadTerms(runtime, electionId))?.digest,
  };
}

export interface KeyStatus {
  readonly fingerprint: string | undefined;
  readonly copies: readonly KeyCopyRow[];
  /** M, once the manifest is frozen. */
  readonly manifestDigest: Bytes | undefined;
}

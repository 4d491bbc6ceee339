import { timingSafeEqual } from 'node:crypto';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type ServerKeys, makeServerKeys, signWithUrnKey } from '../../election-keys.ts';
import { loadTerms } from '../../election-terms.ts';
import { type Bytes, toBase64url } from '../../protocol/bytes.ts';
import { type Challenge, makeChallenge } from '../../protocol/challenge.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { RsaPublicKey } from '../../protocol/primitives.ts';
import { rsaPublicKey } from '../../protocol/rsa.ts';
import type { Runtime } from '../../runtime.ts';
import { digestOf } from '../../secret.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { findElection, lockForAct } from '../../store/elections.ts';
import {
  findElectionKey,
  insertChallenge,
  listKeyCopies,
  recordKeyCopy,
  takeChallenge,
} from '../../store/keys.ts';
import { appendPublicEvent } from '../../store/public-events.ts';
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
  const serverKeys =
    election.state === 'arming'
      ? await makeServerKeys(runtime, election.credential_key_bits)
      : undefined;
  const proven = await store.inTransaction(async (trx) => {
    const held = await holdsAnswer(trx, answer, clock.now());
    return held === 'right' ? recordProof(runtime, trx, answer, serverKeys) : accept(held);
  });
  if (!proven.ok || typeof proven.value !== 'string') return proven as Outcome<{ armed: boolean }, RefusalCode>;
  return refuse(proven.value);
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
  serverKeys: ServerKeys | undefined,
): Promise<Outcome<{ readonly armed: boolean }, RefusalCode>> {
  const at = runtime.clock.now();
  const act = await lockForAct(trx, electionId, 'prove-key', at);
  if (!act.ok) return act;
  const { election, next } = act.value;
  const armed = election.state === 'arming';
  if (armed) {
    if (serverKeys === undefined) return refuse('KEY_REPLACED');
    const frozen = await freezeManifest(trx, { election, serverKeys, next, at });
    if (!frozen.ok) return frozen;
    const digest = toBase64url(frozen.value);
    await appendAudit(trx, { at, actor, electionId, kind: 'manifest-signed', fields: { digest } });
  }
  await recordKeyCopy(trx, electionId, copy, at);
  await appendAudit(trx, { at, actor, electionId, kind: 'key-proven', fields: { copy } });
  return accept({ armed });
}

/** What the ceremony pages show of a key: nothing of it is secret. */
export async function keyStatus(runtime: Runtime, electionId: string) {
  const { read } = runtime.store;
  const key = await findElectionKey(read, electionId);
  return {
    key: key === undefined ? undefined : rsaPublicKey(new Uint8Array(key.modulus)),
    copies: await listKeyCopies(read, electionId),
    terms: await loadTerms(runtime, electionId),
  };
}

import { type Bytes, concat, equalBytes, utf8 } from './bytes.ts';
import { hash } from './hash.ts';
import type { ElectionTerms } from './manifest.ts';
import { type Outcome, accept, refuse } from './outcome.ts';
import type { Primitives, RsaPublicKey } from './primitives.ts';
import { inRange, randomElement } from './rsa.ts';

/** What a seal is for: a ballot, or the proof of possession of section 8. Neither can pass for the other. */
export type SealLabel = 'votix/1/seal' | 'votix/1/challenge';

export interface Sealed {
  /** `I2OSP(r^e mod n, nLen)`. */
  readonly c: Bytes;
  /** Commitment to the derived key, 32 bytes. */
  readonly kc: Bytes;
  /** AES-256-GCM ciphertext and 16-byte tag. */
  readonly sealed: Bytes;
}

export const COMMITMENT_LENGTH = 32;
export const TAG_LENGTH = 16;

export type OpenRefusal = 'COMMITMENT_MISMATCH' | 'AUTHENTICATION_FAILED';

/**
 * Seals a plaintext (section 5, steps 1, 3 and 4): RSA-KEM, key commitment, AES-256-GCM. `context` is 32 bytes.
 * `r`, nLen bytes in [2, n-2], is drawn here unless a test vector gives it.
 */
export async function sealUnder(
  primitives: Primitives,
  label: SealLabel,
  electionKey: RsaPublicKey,
  context: Bytes,
  plaintext: Bytes,
  r: Bytes = randomElement(primitives, electionKey),
): Promise<Sealed> {
  const c = await primitives.rsaPublic(electionKey, r);
  const { key, nonce, kc } = await derive(primitives, label, context, c, r);
  const sealed = await primitives.encrypt(key, nonce, plaintext, concat(context, c, kc));
  return { c, kc, sealed };
}

/**
 * Opens a seal with its `r` (nLen bytes; another length is a bug and throws RangeError). That `r` is the opening of
 * `c` is `isOpening`, that c is invertible is the counter's: both before this.
 */
export async function openUnder(
  primitives: Primitives,
  label: SealLabel,
  electionKey: RsaPublicKey,
  context: Bytes,
  { c, kc: committed, sealed }: Sealed,
  r: Bytes,
): Promise<Outcome<Bytes, OpenRefusal>> {
  if (r.length !== electionKey.modulus.length) throw new RangeError('an opening has nLen bytes');
  const { key, nonce, kc } = await derive(primitives, label, context, c, r);
  if (!equalBytes(kc, committed)) return refuse('COMMITMENT_MISMATCH');
  const plaintext = await primitives.decrypt(key, nonce, sealed, concat(context, c, kc));
  return plaintext === undefined ? refuse('AUTHENTICATION_FAILED') : accept(plaintext);
}

/** `key(32) || nonce(12) || kc(32) = HKDF-SHA-256(ikm = r, salt = context, info = label || c, 76)`. */
async function derive(
  primitives: Primitives,
  label: SealLabel,
  context: Bytes,
  c: Bytes,
  r: Bytes,
): Promise<{ key: Bytes; nonce: Bytes; kc: Bytes }> {
  const derived = await primitives.hkdf(r, context, concat(utf8(label), c), 76);
  return { key: derived.slice(0, 32), nonce: derived.slice(32, 44), kc: derived.slice(44) };
}

/** Whether `1 < r < n-1` and `r^e mod n = c`: each c has exactly one such r, so anyone can check an opening. */
export async function isOpening(
  primitives: Primitives,
  key: RsaPublicKey,
  c: Bytes,
  r: Bytes,
): Promise<boolean> {
  return inRange(key, r) && equalBytes(await primitives.rsaPublic(key, r), c);
}

/** `H("votix/1/seal", M, pk)`: a ballot copied from someone else, or moved to another election, does not open. */
async function sealContext(primitives: Primitives, terms: ElectionTerms, pk: Bytes): Promise<Bytes> {
  return hash(primitives, 'votix/1/seal', terms.digest, pk);
}

/** Seals a ballot's plaintext for the holder of `pk`. `r` as in `sealUnder`. */
export async function sealBallot(
  primitives: Primitives,
  terms: ElectionTerms,
  pk: Bytes,
  plaintext: Bytes,
  r?: Bytes,
): Promise<Sealed> {
  const context = await sealContext(primitives, terms, pk);
  return sealUnder(primitives, 'votix/1/seal', terms.electionKey, context, plaintext, r);
}

/**
 * Opens a ballot with its `r = c^d mod n`: the plaintext, or why the ballot is spoiled. NOT_INVERTIBLE comes before
 * and is the caller's, who can take the gcd of n with the product of many c at once.
 */
export async function openBallot(
  primitives: Primitives,
  terms: ElectionTerms,
  ballot: Sealed & { readonly pk: Bytes },
  r: Bytes,
): Promise<Outcome<Bytes, OpenRefusal>> {
  const context = await sealContext(primitives, terms, ballot.pk);
  return openUnder(primitives, 'votix/1/seal', terms.electionKey, context, ballot, r);
}

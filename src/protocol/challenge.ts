/** Proof of possession, section 8 of the specification: who can open this holds the election key. */
import { type Bytes, toBase64url } from './bytes.ts';
import type { Json } from './canonical-json.ts';
import { bytes, exact } from './fields.ts';
import { hash } from './hash.ts';
import { accept, type Outcome, refuse } from './outcome.ts';
import type { Primitives, RsaPublicKey } from './primitives.ts';
import { inRange } from './rsa.ts';
import { COMMITMENT_LENGTH, type Sealed, sealUnder, TAG_LENGTH } from './sealed-ballot.ts';

const SECRET_LENGTH = 32;
const NONCE_LENGTH = 32;

/** A secret of 32 bytes, sealed under the election key. The nonce makes its context, so it can never be a ballot. */
export interface Challenge extends Sealed {
  /** 32 bytes. */
  readonly nonce: Bytes;
}

/** A fresh challenge, and the secret that its answer must equal. Single use; the caller lets it expire. */
export async function makeChallenge(
  primitives: Primitives,
  key: RsaPublicKey,
): Promise<{ readonly challenge: Challenge; readonly secret: Bytes }> {
  const secret = primitives.random(SECRET_LENGTH);
  const nonce = primitives.random(NONCE_LENGTH);
  const context = await challengeContext(primitives, key, nonce);
  const sealed = await sealUnder(primitives, 'votix/1/challenge', key, context, secret);
  return { challenge: { nonce, ...sealed }, secret };
}

/** `H("votix/1/challenge", I2OSP(n, nLen), nonce)`. */
export async function challengeContext(
  primitives: Primitives,
  key: RsaPublicKey,
  nonce: Bytes,
): Promise<Bytes> {
  return hash(primitives, 'votix/1/challenge', key.modulus, nonce);
}

export const challengeJson = ({ nonce, c, kc, sealed }: Challenge): Json => ({
  nonce: toBase64url(nonce),
  c: toBase64url(c),
  kc: toBase64url(kc),
  sealed: toBase64url(sealed),
});

/** Reads `{nonce, c, kc, sealed}`: exact members and lengths, `1 < c < n-1`. */
export function parseChallenge(key: RsaPublicKey, json: Json): Outcome<Challenge, 'MALFORMED'> {
  const challenge = exact({
    nonce: bytes(NONCE_LENGTH),
    c: bytes(key.modulus.length),
    kc: bytes(COMMITMENT_LENGTH),
    sealed: bytes(SECRET_LENGTH + TAG_LENGTH),
  })(json);
  return challenge === undefined || !inRange(key, challenge.c) ? refuse('MALFORMED') : accept(challenge);
}

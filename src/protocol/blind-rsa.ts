import { type Bytes, fromInteger, toInteger } from './bytes.ts';
import { encodePss } from './pss.ts';
import type { Primitives, RsaPublicKey } from './primitives.ts';
import { inRange, inverse, multiply } from './rsa.ts';

/** Salt of RSABSSA-SHA384-PSS-*; the PSSZERO variants, which only the vectors use, have 0. */
export const SALT_LENGTH = 48;

export interface Blinded {
  /** What is sent to the signer: nLen bytes. */
  readonly blinded: Bytes;
  /** What unblinds the answer: nLen bytes, secret. */
  readonly inv: Bytes;
}

/**
 * `Blind` of RFC 9474 section 4.2 with given randomness: `salt` of 48 (or 0) bytes, `r` of nLen bytes in [2, n-2].
 * Undefined where the encoded message or `r` is not invertible modulo n: the key is broken, or `r` must be redrawn.
 * Runs on the voter's device, once for each r: BigInt is not constant-time, and nothing here is used a second time.
 */
export async function blind(
  primitives: Primitives,
  key: RsaPublicKey,
  prepared: Bytes,
  salt: Bytes,
  r: Bytes,
): Promise<Blinded | undefined> {
  const { n, modulus } = key;
  // Steps 1-2: EMSA-PSS-ENCODE(msg, bit_len(n) - 1)
  const m = await encodePss(primitives, prepared, salt, modulus.length);
  // Steps 3-6: one inversion answers for both, for m*r has an inverse just where m and r have one.
  const product = toInteger(multiply(key, m, r));
  const inverted = inverse(product, n);
  if (inverted === undefined) return undefined;
  const inv = (inverted * toInteger(m)) % n;
  // Steps 7-8: x = RSAVP1(r), z = m * x
  const x = await primitives.rsaPublic(key, r);
  return { blinded: multiply(key, m, x), inv: fromInteger(inv, modulus.length) };
}

/**
 * `Finalize` of RFC 9474 section 4.4: the signature (nLen bytes), or undefined where the answer is no signature.
 * `blindSignature` comes from outside.
 */
export async function finalize(
  primitives: Primitives,
  key: RsaPublicKey,
  prepared: Bytes,
  blindSignature: Bytes,
  inv: Bytes,
  saltLength = SALT_LENGTH,
): Promise<Bytes | undefined> {
  if (!inRange(key, blindSignature)) return undefined;
  const signature = multiply(key, blindSignature, inv);
  if (!inRange(key, signature)) return undefined;
  return (await primitives.verifyPss(key, prepared, signature, saltLength)) ? signature : undefined;
}

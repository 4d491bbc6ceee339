import { type Bytes, fromInteger, toInteger } from './bytes.ts';
import type { Primitives, RsaPublicKey } from './primitives.ts';

const LENGTHS: readonly number[] = [256, 384, 512];

/** The key of a modulus `I2OSP(n, nLen)`: odd, of exactly 2048, 3072 or 4096 bits; undefined for anything else. */
export function rsaPublicKey(modulus: Bytes): RsaPublicKey | undefined {
  const first = modulus[0] ?? 0;
  const last = modulus.at(-1) ?? 0;
  if (!LENGTHS.includes(modulus.length) || first < 0x80 || last % 2 === 0) return undefined;
  return { n: toInteger(modulus), modulus };
}

/**
 * Whether `x` has exactly nLen bytes and `1 < x < n-1` (section 2), for every RSA value from outside: native raw RSA
 * takes short inputs too, and 0, 1 and n-1 are their own powers.
 */
export function inRange(key: RsaPublicKey, x: Bytes): boolean {
  const { modulus } = key;
  const last = modulus.length - 1;
  if (x.length !== modulus.length) return false;
  let at = 0;
  while (at < last && x[at] === modulus[at]) at++;
  const digit = x[at] ?? 0;
  const limit = modulus[at] ?? 0;
  // n is odd, so n-1 differs from n in the last byte only.
  if (at === last ? digit + 1 >= limit : digit > limit) return false;
  return (x[last] ?? 0) > 1 || x.some((byte, index) => byte !== 0 && index < last);
}

/** A uniform value in [2, n-2] as nLen bytes, by rejection sampling: reducing modulo n would favour small values. */
export function randomElement(primitives: Primitives, key: RsaPublicKey): Bytes {
  for (;;) {
    const candidate = primitives.random(key.modulus.length);
    if (inRange(key, candidate)) return candidate;
  }
}

/** `a * b mod n` of nLen-byte values. Not constant-time. */
export function multiply(key: RsaPublicKey, a: Bytes, b: Bytes): Bytes {
  return fromInteger((toInteger(a) * toInteger(b)) % key.n, key.modulus.length);
}

/** The greatest common divisor of two non-negative integers. Not constant-time. */
export function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** The inverse of `a` modulo `n`; undefined where there is none. Not constant-time. */
export function inverse(a: bigint, n: bigint): bigint | undefined {
  let [r, next] = [n, a % n];
  let [t, factor] = [0n, 1n];
  while (next !== 0n) {
    const quotient = r / next;
    [r, next] = [next, r - quotient * next];
    [t, factor] = [factor, t - quotient * factor];
  }
  if (r !== 1n) return undefined;
  return t < 0n ? t + n : t;
}

import { type Bytes, concat, equalBytes, fromInteger, toInteger, utf8 } from './bytes.ts';
import { mgf1 } from './mgf1.ts';
import type { Awaitable, Primitives, RsaPublicKey } from './primitives.ts';
import { gcd, inRange } from './rsa.ts';

export const KEY_PROOF_ENTRIES = 9;
const SIEVE_LIMIT = 2 ** 17;

/**
 * The key proof of section 3 (method of ePrint 2018/057): nine values of nLen bytes. `power` is the raw private
 * operation `x^d mod n` on nLen bytes.
 */
export async function proveKey(
  primitives: Primitives,
  key: RsaPublicKey,
  power: (rho: Bytes) => Awaitable<Bytes>,
): Promise<Bytes[]> {
  const proof: Bytes[] = [];
  for (let i = 0; i < KEY_PROOF_ENTRIES; i++) proof.push(await power(await challenge(primitives, key, i)));
  return proof;
}

/**
 * Whether x -> x^65537 is shown to be a permutation modulo n. A modulus with e | p-1 would give one ciphertext many
 * openings, and would let the holder of a credential key see through the blinding.
 */
export async function checkKeyProof(
  primitives: Primitives,
  key: RsaPublicKey,
  proof: readonly Bytes[],
): Promise<boolean> {
  // n odd is part of an RsaPublicKey; 2 is among the primes all the same.
  if (proof.length !== KEY_PROOF_ENTRIES || gcd(smallPrimes() % key.n, key.n) !== 1n) return false;
  const holds = await Promise.all(
    proof.map(
      async (value, i) =>
        inRange(key, value) &&
        equalBytes(await primitives.rsaPublic(key, value), await challenge(primitives, key, i)),
    ),
  );
  return holds.every(Boolean);
}

/** `rho_i = OS2IP(MGF1-SHA-384("votix/1/keyproof" || I2OSP(n, nLen) || u8(i), nLen+16)) mod n` as nLen bytes. */
async function challenge(primitives: Primitives, key: RsaPublicKey, i: number): Promise<Bytes> {
  const { n, modulus } = key;
  const seed = concat(utf8('votix/1/keyproof'), modulus, Uint8Array.of(i));
  return fromInteger(toInteger(await mgf1(primitives, seed, modulus.length + 16)) % n, modulus.length);
}

let primorial: bigint | undefined;

/** The product of all primes below 2^17, about 188,000 bits. */
function smallPrimes(): bigint {
  primorial ??= product(primesBelow(SIEVE_LIMIT));
  return primorial;
}

function primesBelow(limit: number): bigint[] {
  const isComposite = new Uint8Array(limit);
  const primes: bigint[] = [];
  for (let candidate = 2; candidate < limit; candidate++) {
    if (isComposite[candidate] === 1) continue;
    primes.push(BigInt(candidate));
    for (let multiple = candidate * candidate; multiple < limit; multiple += candidate)
      isComposite[multiple] = 1;
  }
  return primes;
}

/** Multiplied as a tree: factors of equal size let BigInt use its fast multiplication. */
function product(factors: readonly bigint[]): bigint {
  if (factors.length <= 1) return factors[0] ?? 1n;
  const middle = factors.length >> 1;
  return product(factors.slice(0, middle)) * product(factors.slice(middle));
}

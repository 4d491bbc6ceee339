/** A key file opened on the holder's own device, in a browser: WebCrypto for the file, BigInt for `c^d mod n`. */
import { type Bytes, fromInteger, toInteger } from '../bytes.ts';
import type { Outcome } from '../outcome.ts';
import type { Primitives, RsaPublicKey } from '../primitives.ts';
import type { PrivatePower } from './answer-challenge.ts';
import type { KeyEnvelope } from './key-envelope.ts';
import type { KeyFileRefusal } from './key-file.ts';
import type { Passphrase } from './passphrase.ts';
import type { RsaPrivateNumbers } from './rsa-private-key.ts';
import { type Unlocked, unlockKeyFile } from './unlock.ts';

/**
 * Opens a key file; the key is its raw private operation. WebCrypto offers none, and BigInt is not constant-time: this
 * is for the holder's own device, where nobody else can measure it. The passphrase is the caller's to zero.
 */
export async function openKeyFileInBrowser(
  primitives: Primitives,
  file: Bytes,
  passphrase: Passphrase,
  expected: RsaPublicKey,
): Promise<Outcome<Unlocked<PrivatePower>, KeyFileRefusal>> {
  return unlockKeyFile(primitives, file, expected, {
    decrypt: (envelope) => decrypt(envelope, passphrase),
    adopt: (_, numbers) => powerOf(numbers, expected.modulus.length),
  });
}

async function decrypt(envelope: KeyEnvelope, passphrase: Passphrase): Promise<Bytes | undefined> {
  const { hash, salt, iterations, keyLength, iv, ciphertext } = envelope;
  const typed = await crypto.subtle.importKey('raw', passphrase, 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash, salt, iterations };
  const cipher = { name: 'AES-CBC', length: 8 * keyLength };
  const key = await crypto.subtle.deriveKey(derivation, typed, cipher, false, ['decrypt']);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, key, ciphertext));
  } catch {
    return undefined;
  }
}

/** `x^d mod n` by the Chinese remainder theorem (RFC 8017 section 5.1.2). */
function powerOf(numbers: RsaPrivateNumbers, length: number): PrivatePower {
  const [p, q, dp, dq, qi] = [numbers.p, numbers.q, numbers.dp, numbers.dq, numbers.qi].map(toInteger) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  return (x) => {
    const c = toInteger(x);
    const m1 = modPow(c % p, dp, p);
    const m2 = modPow(c % q, dq, q);
    const h = (((m1 - m2) % p) + p) * qi;
    return fromInteger(m2 + (h % p) * q, length);
  };
}

const WINDOW = 5n;

/** base^exponent mod modulus, five bits at a time. */
function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const powers = [1n];
  for (let i = 1; i < 1 << Number(WINDOW); i++) powers.push(((powers[i - 1] ?? 1n) * base) % modulus);
  const digits: number[] = [];
  for (let rest = exponent; rest > 0n; rest >>= WINDOW) digits.push(Number(rest & ((1n << WINDOW) - 1n)));
  let result = 1n;
  for (const digit of digits.toReversed()) {
    for (let i = 0n; i < WINDOW; i++) result = (result * result) % modulus;
    if (digit > 0) result = (result * (powers[digit] ?? 1n)) % modulus;
  }
  return result;
}

import { type Bytes, concat } from './bytes.ts';
import { mgf1 } from './mgf1.ts';
import type { Primitives } from './primitives.ts';

const HASH_LENGTH = 48;

/**
 * EMSA-PSS-ENCODE with SHA-384 and MGF1-SHA-384 (RFC 8017 section 9.1.1) for `emBits = 8 * length - 1`, as RSA moduli
 * of whole bytes want it: `length` bytes, first bit zero.
 */
export async function encodePss(
  primitives: Primitives,
  message: Bytes,
  salt: Bytes,
  length: number,
): Promise<Bytes> {
  // Steps 2-6: mHash; M' = 8 zero bytes || mHash || salt; H = Hash(M')
  const digest = await primitives.sha384(message);
  const h = await primitives.sha384(concat(new Uint8Array(8), digest, salt));
  // Steps 7-8: DB = PS || 0x01 || salt
  const db = new Uint8Array(length - HASH_LENGTH - 1);
  db[db.length - salt.length - 1] = 0x01;
  db.set(salt, db.length - salt.length);
  // Steps 9-11: mask DB, clear the first bit
  const mask = await mgf1(primitives, h, db.length);
  const masked = db.map((byte, i) => byte ^ (mask[i] ?? 0));
  masked[0] = (masked[0] ?? 0) & 0x7f;
  // Step 12
  return concat(masked, h, Uint8Array.of(0xbc));
}

import { type Bytes, toBase64url } from './bytes.ts';

/**
 * The y coordinates of the eight points of small order (RFC 8032 encoding, sign bit cleared): a signature under such a
 * key holds for messages that nobody signed, and native verification accepts them.
 */
const SMALL_ORDER: ReadonlySet<string> = new Set([
  // order 1: y = 1
  'AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  // order 2: y = -1
  '7P_______________________________________38',
  // order 4: y = 0
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  // order 8
  'JuiVj8KyJ7BFw_SJ8u-Y8NXfrAXTxjM5sTgCiG1T_AU',
  'xxdqcD1N2E-6PAt2DRBnDyogU_osOczGTsf9d5KsA3o',
]);

/**
 * Whether a 32-byte Ed25519 public key is canonical (y < 2^255 - 19) and not of small order. Keys from outside MUST
 * pass this before a signature is verified under them (section 2). It does not decide whether y is on the curve:
 * verification fails where it is not.
 */
export function isSoundPublicKey(publicKey: Bytes): boolean {
  if (publicKey.length !== 32) return false;
  const y = publicKey.slice();
  y[31] = (y[31] ?? 0) & 0x7f;
  return !isReducible(y) && !SMALL_ORDER.has(toBase64url(y));
}

/** Whether the little-endian `y` below 2^255 is 2^255 - 19 or more. */
function isReducible(y: Bytes): boolean {
  if (y[31] !== 0x7f || (y[0] ?? 0) < 0xed) return false;
  for (let i = 1; i < 31; i++) if (y[i] !== 0xff) return false;
  return true;
}

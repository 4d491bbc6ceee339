import { createHash } from 'node:crypto';
import { concat, fromInteger, toBase64url, toInteger } from '../../protocol/bytes.ts';
import { ed25519Pair } from '../seeded-primitives.ts';

const fromHex = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');

/** The encodings of the eight points of small order (RFC 8032), with both signs where x is 0. */
export const SMALL_ORDER: Readonly<Record<string, string>> = {
  'order 1': fromHex('0100000000000000000000000000000000000000000000000000000000000000'),
  'order 1, x = -0': fromHex('0100000000000000000000000000000000000000000000000000000000000080'),
  'order 2': fromHex('ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'),
  'order 2, x = -0': fromHex('ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'),
  'order 4': fromHex('0000000000000000000000000000000000000000000000000000000000000000'),
  'order 4, other sign': fromHex('0000000000000000000000000000000000000000000000000000000000000080'),
  'order 8, first': fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'),
  'order 8, first, other sign': fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85'),
  'order 8, second': fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'),
  'order 8, second, other sign': fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa'),
};

/** Encodings with y of 2^255 - 19 or more. */
export const NON_CANONICAL: Readonly<Record<string, string>> = {
  'y = p': fromHex('edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'),
  'y = p + 1': fromHex('eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'),
  'y = p + 3': fromHex('f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'),
  'y = 2^255 - 1': fromHex('ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'),
};

/** y = p - 2: canonical and of no small order. */
export const LARGEST_SOUND_Y = fromHex('ebffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f');

/** y = 2 is on no point of the curve. */
export const OFF_CURVE = fromHex('0200000000000000000000000000000000000000000000000000000000000000');

/** The order L of the group. */
export const ED25519_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** R = s*B, S = s: verifies for every message under the point of order 1, for S*B = R + h*A whatever h is. */
export const UNIVERSAL_PROOF = ((): string => {
  const seed = new Uint8Array(32).fill(9);
  // RFC 8032 section 5.1.5: the scalar of a seed, whose multiple of B the public key is
  const scalar = new Uint8Array(createHash('sha512').update(seed).digest()).slice(0, 32);
  scalar[0] = (scalar[0] ?? 0) & 0xf8;
  scalar[31] = ((scalar[31] ?? 0) & 0x7f) | 0x40;
  const s = fromInteger(toInteger(scalar.reverse()) % ED25519_ORDER, 32).reverse();
  return toBase64url(concat(ed25519Pair(seed).publicKey, s));
})();

/** Byte strings and their text forms, as section 2 of the specification fixes them. */

/** A byte string over its own ArrayBuffer, as WebCrypto wants it. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 bytes of a well-formed string. */
export const utf8 = (text: string): Bytes => encoder.encode(text);

/** Text of strict UTF-8; undefined where the bytes are not UTF-8. A BOM is kept, for the caller to refuse. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Four bytes, big-endian. */
export function u32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** Not constant-time: for public values only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return compareBytes(a, b) === 0;
}

/** Order of unsigned bytes, a prefix first: negative, zero or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Two characters for every value of twelve bits. */
const PAIRS = Array.from(
  { length: 4096 },
  (_, value) => ALPHABET.charAt(value >> 6) + ALPHABET.charAt(value & 63),
);
/** Value of an ASCII character; FOREIGN where it is not in the alphabet. */
const FOREIGN = 255;
const VALUES = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = ALPHABET.indexOf(String.fromCharCode(code));
  return value < 0 ? FOREIGN : value;
});

/** base64url without padding (RFC 4648 section 5). */
export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  const whole = bytes.length - (bytes.length % 3);
  for (let at = 0; at < whole; at += 3) {
    const value = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += (PAIRS[value >> 12] ?? '') + (PAIRS[value & 4095] ?? '');
  }
  if (bytes.length - whole === 0) return text;
  const value = ((bytes[whole] ?? 0) << 16) | ((bytes[whole + 1] ?? 0) << 8);
  const pair = PAIRS[value >> 12] ?? '';
  return text + pair + (bytes.length - whole === 2 ? ALPHABET.charAt((value >> 6) & 63) : '');
}

/**
 * Strict base64url: no padding, no foreign character, unused bits zero, and exactly `length` bytes where given.
 * Undefined where the text is anything else.
 */
export function fromBase64url(text: string, length?: number): Bytes | undefined {
  if (text.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  if (length !== undefined && bytes.length !== length) return undefined;
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const value = VALUES[text.charCodeAt(i)] ?? FOREIGN;
    if (value === FOREIGN) return undefined;
    buffer = ((buffer << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = buffer >> bits;
    }
  }
  return (buffer & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The first `bits` bits, most significant first, in Crockford base32; groups of `group` joined by a hyphen. */
export function toCrockford(bytes: Uint8Array, bits: number, group: number): string {
  let text = '';
  for (let at = 0; at < bits; at += 5) {
    let value = 0;
    for (let i = at; i < at + 5; i++) {
      const bit = i < bits ? ((bytes[i >> 3] ?? 0) >> (7 - (i & 7))) & 1 : 0;
      value = (value << 1) | bit;
    }
    text += CROCKFORD.charAt(value);
  }
  return text.match(new RegExp(`.{1,${group}}`, 'g'))?.join('-') ?? '';
}

/**
 * Values 0..31 of Crockford base32 as people type it: any case, hyphens and white space dropped, I and L read as 1,
 * O as 0. Undefined where another character (U included) stands.
 */
export function fromCrockford(text: string): number[] | undefined {
  const values: number[] = [];
  for (const character of text.replace(/[\s-]/g, '')) {
    // Letters of other alphabets (a long s, a dotless i) also have capitals of ours, and are foreign all the same.
    const capital = /[a-z]/.test(character) ? character.toUpperCase() : character;
    const plain = capital === 'O' ? '0' : capital === 'I' || capital === 'L' ? '1' : capital;
    const value = CROCKFORD.indexOf(plain);
    if (value < 0) return undefined;
    values.push(value);
  }
  return values;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** OS2IP (RFC 8017 section 4.2). */
export function toInteger(bytes: Uint8Array): bigint {
  let hex = '0x0';
  for (const byte of bytes) hex += HEX[byte] ?? '';
  return BigInt(hex);
}

/** I2OSP (RFC 8017 section 4.1). A value that does not fit is a bug and throws RangeError. */
export function fromInteger(value: bigint, length: number): Bytes {
  const hex = value.toString(16).padStart(2 * length, '0');
  if (value < 0n || hex.length !== 2 * length) throw new RangeError(`integer does not fit ${length} bytes`);
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    bytes[i] = (digit(hex.charCodeAt(2 * i)) << 4) | digit(hex.charCodeAt(2 * i + 1));
  }
  return bytes;
}

/** The value of a hexadecimal digit, 0-9 or a-f, by its character code. */
const digit = (code: number): number => (code > 57 ? code - 87 : code - 48);

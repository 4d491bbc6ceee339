import type { RollEncoding } from './roll-reading.ts';
import { decodeSingleByte, guessSingleByte } from './single-byte.ts';

export interface DecodedText {
  readonly encoding: RollEncoding;
  /** Without byte order mark. */
  readonly text: string;
}

/** A zero in every fourth position of one side, and next to none on the other, is no accident. */
const ZERO_SHARE = 0.25;
const ZERO_RATIO = 8;

/** UTF-16 without a byte order mark: digits, delimiters and addresses leave every second byte zero. */
function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0];
  for (let index = 0; index < bytes.length; index += 1) {
    if (bytes[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  const needed = (bytes.length / 2) * ZERO_SHARE;
  if (odd > needed && odd > even * ZERO_RATIO) return 'utf-16le';
  if (even > needed && even > odd * ZERO_RATIO) return 'utf-16be';
  return null;
}

const startsWith = (bytes: Uint8Array, ...mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);

const decodeWith = (label: 'utf-8' | 'utf-16le' | 'utf-16be', bytes: Uint8Array): string =>
  new TextDecoder(label).decode(bytes);

function decodeUtf8Strictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Finds the encoding of a text by its byte order mark, or else by what the bytes look like, and decodes it. */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return { encoding: 'utf-8-bom', text: decodeWith('utf-8', bytes) };
  if (startsWith(bytes, 0xff, 0xfe)) return { encoding: 'utf-16le', text: decodeWith('utf-16le', bytes) };
  if (startsWith(bytes, 0xfe, 0xff)) return { encoding: 'utf-16be', text: decodeWith('utf-16be', bytes) };
  const utf16 = guessUtf16(bytes);
  if (utf16 !== null) return { encoding: utf16, text: decodeWith(utf16, bytes) };
  const text = decodeUtf8Strictly(bytes);
  if (text !== null) return { encoding: 'utf-8', text };
  const encoding = guessSingleByte(bytes);
  return { encoding, text: decodeSingleByte(bytes, encoding) };
}

import { type RollEncoding } from '../features/voter-roll/reading/roll-reading.ts';

// Upper halves of the single-byte encodings, as far as French needs them; written independently of the reader.
const WINDOWS_1252 = new Map(
  Object.entries({ '€': 0x80, Œ: 0x8c, '’': 0x92, '–': 0x96, œ: 0x9c }).concat(
    Array.from({ length: 96 }, (_, index): [string, number] => [
      String.fromCharCode(0xa0 + index),
      0xa0 + index,
    ]),
  ),
);
const MACINTOSH = new Map(
  Object.entries({
    É: 0x83,
    à: 0x88,
    â: 0x89,
    ä: 0x8a,
    ç: 0x8d,
    é: 0x8e,
    è: 0x8f,
    ê: 0x90,
    ë: 0x91,
    î: 0x94,
    ï: 0x95,
    ñ: 0x96,
    ô: 0x99,
    ö: 0x9a,
    ù: 0x9d,
    û: 0x9e,
    ü: 0x9f,
    À: 0xcb,
    Œ: 0xce,
    œ: 0xcf,
    '–': 0xd0,
    '’': 0xd5,
    ÿ: 0xd8,
    '€': 0xdb,
    Ê: 0xe6,
    È: 0xe9,
    Î: 0xeb,
    Ô: 0xef,
    Ç: 0x82,
    Ö: 0x85,
    Ü: 0x86,
  }),
);

function singleByte(text: string, upperHalf: ReadonlyMap<string, number>): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const byte = character < '\u0080' ? character.charCodeAt(0) : upperHalf.get(character);
    if (byte === undefined) throw new RangeError(`${character} is not in this encoding`);
    return byte;
  });
}

/** Writes a text in one of the encodings of a roll; UTF-16 with a byte order mark where asked for. */
export function encodeRoll(text: string, encoding: RollEncoding, hasMark: boolean): Uint8Array {
  switch (encoding) {
    case 'windows-1252':
      return singleByte(text, WINDOWS_1252);
    case 'macintosh':
      return singleByte(text, MACINTOSH);
    case 'utf-16le':
      return new Uint8Array(Buffer.from((hasMark ? '\uFEFF' : '') + text, 'utf16le'));
    case 'utf-16be':
      return new Uint8Array(Buffer.from((hasMark ? '\uFEFF' : '') + text, 'utf16le').swap16());
    case 'utf-8-bom':
      return new TextEncoder().encode(`\uFEFF${text}`);
    default:
      return new TextEncoder().encode(text);
  }
}

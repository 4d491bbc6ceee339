/** The two single-byte encodings in which French spreadsheets write their plain CSV. */
export type SingleByteEncoding = 'windows-1252' | 'macintosh';

// Characters of the bytes 0x80 to 0xFF, as in the WHATWG Encoding Standard; U+FFFD where a byte means nothing.
// Own tables, because TextDecoder takes windows-1252 for Latin 1 on some releases of Node.
const UPPER_HALF: Readonly<Record<SingleByteEncoding, string>> = {
  'windows-1252':
    '€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ' +
    Array.from({ length: 96 }, (_, index) => String.fromCharCode(0xa0 + index)).join(''),
  macintosh:
    'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø' +
    '¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ',
};

const codeUnits = (encoding: SingleByteEncoding): Uint16Array =>
  Uint16Array.from({ length: 256 }, (_, byte) =>
    byte < 0x80 ? byte : UPPER_HALF[encoding].charCodeAt(byte - 0x80),
  );

/** Decodes every byte to one character. */
export function decodeSingleByte(bytes: Uint8Array, encoding: SingleByteEncoding): string {
  const units = codeUnits(encoding);
  const text = new Uint16Array(bytes.length);
  for (let index = 0; index < bytes.length; index += 1) text[index] = units[bytes[index] ?? 0] ?? 0;
  return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(text);
}

type CharacterClass =
  'frequent' | 'lower' | 'upper' | 'apostrophe' | 'mark' | 'symbol' | 'undefined' | 'plain';

function classOf(character: string): CharacterClass {
  if (character === '\uFFFD') return 'undefined';
  if ('éèêëàâçîïôûùüœ'.includes(character)) return 'frequent';
  if (/[a-záäãåæíìñóòöõøúÿßšžýðþ]/.test(character)) return 'lower';
  if (/\p{Lu}/u.test(character) && character !== 'Ω') return 'upper';
  if (character === '’') return 'apostrophe';
  if ('“”‘«»‹›„–—…€\u00A0°·™®©•§²³'.includes(character)) return 'mark';
  return character < '\u0080' ? 'plain' : 'symbol';
}

const isLetter = (kind: CharacterClass): boolean =>
  kind === 'frequent' || kind === 'lower' || kind === 'upper';
const isSmall = (kind: CharacterClass): boolean => kind === 'frequent' || kind === 'lower';

/** How likely a non-ASCII character is between its neighbours, in a list of people. */
function likelihood(before: CharacterClass, kind: CharacterClass, after: CharacterClass): number {
  const isInside = isLetter(before) && isLetter(after);
  switch (kind) {
    case 'undefined':
      return -8;
    case 'frequent':
    case 'lower':
      // `D\u00EDH\u00E9rouval`: a small letter before a capital is an apostrophe read wrongly.
      if (after === 'upper') return -2;
      return kind === 'frequent' ? 4 : 2;
    case 'upper':
      // `Gr\u017Dhaigne`: no name has a capital behind a small letter, apart from a few like McAdam.
      return isSmall(before) ? -5 : 2;
    case 'apostrophe':
      return isInside ? 3 : 0;
    case 'mark':
      return isInside ? -3 : 0;
    case 'symbol':
      return isInside ? -4 : -2;
    default:
      return 0;
  }
}

function score(bytes: Uint8Array, encoding: SingleByteEncoding): number {
  const classes = Array.from(codeUnits(encoding), (unit) => classOf(String.fromCharCode(unit)));
  const classAt = (index: number): CharacterClass => classes[bytes[index] ?? 0] ?? 'plain';
  let total = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    if ((bytes[index] ?? 0) < 0x80) continue;
    total += likelihood(index === 0 ? 'plain' : classAt(index - 1), classAt(index), classAt(index + 1));
  }
  return total;
}

/** Of the two, the encoding in which the text looks more like names; windows-1252 if there is no telling. */
export function guessSingleByte(bytes: Uint8Array): SingleByteEncoding {
  // Only Excel for Mac ends its lines with a lone CR.
  const macLineEnds = bytes.includes(0x0d) && !bytes.includes(0x0a) ? 1 : 0;
  return score(bytes, 'macintosh') + macLineEnds > score(bytes, 'windows-1252')
    ? 'macintosh'
    : 'windows-1252';
}

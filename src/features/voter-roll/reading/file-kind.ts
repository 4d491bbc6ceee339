/** What the first bytes of a file say. `text` is everything that is not known to be something else. */
export type FileKind = 'text' | 'zip' | 'unsupported';

const bytesOf = (text: string): readonly number[] => Array.from(text, (character) => character.charCodeAt(0));

// Each: offset, and the bytes that must stand there.
const UNSUPPORTED: ReadonlyArray<readonly [offset: number, bytes: readonly number[]]> = [
  [0, bytesOf('%PDF-')],
  [0, bytesOf('%!PS')],
  [0, bytesOf('{\\rtf')],
  // OLE2: old .xls, .doc, and every Office workbook locked with a password.
  [0, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  // Excel 2 to 4, before OLE2.
  [0, [0x09, 0x00, 0x04, 0x00]],
  [0, [0x09, 0x02, 0x06, 0x00]],
  [0, [0x09, 0x04, 0x06, 0x00]],
  [0, [0x89, ...bytesOf('PNG\r\n')]],
  [0, [0xff, 0xd8, 0xff]],
  [0, bytesOf('GIF87a')],
  [0, bytesOf('GIF89a')],
  [0, [0x49, 0x49, 0x2a, 0x00]],
  [0, [0x4d, 0x4d, 0x00, 0x2a]],
  [0, [0x00, 0x00, 0x01, 0x00]],
  [4, bytesOf('ftyp')],
  // Archives and programs.
  [0, [0x1f, 0x8b, 0x08]],
  [0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  [0, bytesOf('Rar!\u001A\u0007')],
  [0, [0x7f, ...bytesOf('ELF')]],
  [0, bytesOf('SQLite format 3\0')],
];
const ZIPS: readonly (readonly number[])[] = [
  bytesOf('PK\u0003\u0004'),
  bytesOf('PK\u0005\u0006'),
  bytesOf('PK\u0007\u0008'),
];
const BITMAP_HEADER_LENGTH = 26;

const hasAt = (file: Uint8Array, offset: number, bytes: readonly number[]): boolean =>
  bytes.every((byte, index) => file[offset + index] === byte);

const isWebp = (file: Uint8Array): boolean =>
  hasAt(file, 0, bytesOf('RIFF')) && hasAt(file, 8, bytesOf('WEBP'));

/** `BM` alone could begin a header row, so the length that a bitmap states must be right too. */
function isBitmap(file: Uint8Array): boolean {
  if (!hasAt(file, 0, bytesOf('BM')) || file.length < BITMAP_HEADER_LENGTH) return false;
  return new DataView(file.buffer, file.byteOffset).getUint32(2, true) === file.length;
}

/** The content decides, never the name. */
export function kindOfFile(file: Uint8Array): FileKind {
  if (ZIPS.some((bytes) => hasAt(file, 0, bytes))) return 'zip';
  const isUnsupported = UNSUPPORTED.some(([offset, bytes]) => hasAt(file, offset, bytes));
  return isUnsupported || isWebp(file) || isBitmap(file) ? 'unsupported' : 'text';
}

const MARKUP =
  /^<(?:!--|(?:!doctype|\?xml|html|head|body|table|meta|title|style|script|svg|div|office:document|workbook)\b)/i;

/** A web page, a picture in SVG or another document in markup, saved under the name of a table. */
export const isMarkup = (text: string): boolean => MARKUP.test(text.slice(0, 4096).trimStart());

/** A PDF may have up to a kilobyte of other things above its mark. */
export const isBuriedPdf = (text: string): boolean => /(?:^|[\r\n])%PDF-1\./.test(text.slice(0, 1024));

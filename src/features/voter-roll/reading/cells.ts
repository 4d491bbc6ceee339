/**
 * Zero-width space and joiners, direction marks and isolates, word joiner and its relatives, byte order mark,
 * soft hyphen, Mongolian vowel separator, Arabic letter mark.
 */
const INVISIBLE = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu;
const INVISIBLE_OR_SPACE = /[\s\u0085\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/u;
const ASCII_ONLY = /^[\t-~]*$/;

/** True if the text holds printable ASCII and white space only, and thus nothing to fold or remove. */
export const isAscii = (text: string): boolean => ASCII_ONLY.test(text);

function isBlankAt(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  if (unit > 0x20 && unit < 0x7f) return false;
  return INVISIBLE_OR_SPACE.test(text.charAt(index));
}

/** White space of every kind and invisible characters off both ends; NUL away wherever it stands. */
export function trimCell(raw: string): string {
  const text = raw.includes('\0') ? raw.replaceAll('\0', '') : raw;
  // Two indexes and no regular expression: a `\s+$` over 32,767 inner spaces costs half a milliard steps.
  let start = 0;
  let end = text.length;
  while (start < end && isBlankAt(text, start)) start += 1;
  while (end > start && isBlankAt(text, end - 1)) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** True if nothing is left of the cell once trimmed. */
export function isBlankCell(raw: string): boolean {
  for (let index = 0; index < raw.length; index += 1) {
    if (raw.charCodeAt(index) !== 0 && !isBlankAt(raw, index)) return false;
  }
  return true;
}

export const removeInvisible = (text: string): string =>
  isAscii(text) ? text : text.replaceAll(INVISIBLE, '');

export const composed = (text: string): string => (isAscii(text) ? text : text.normalize('NFC'));

/** The form in which two cells are compared: trimmed, without capitals and accents. */
export function foldCell(raw: string): string {
  const lower = trimCell(raw).toLowerCase();
  return isAscii(lower) ? lower : lower.normalize('NFD').replaceAll(/\p{M}/gu, '');
}

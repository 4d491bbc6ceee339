// controls, marks that reorder a line or hide parts of it, separators, halves of characters
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]+/gu;

/** One line as it may stand on paper: what a reader cannot see, or what turns the line around, becomes a space. */
export const printableLine = (text: string): string =>
  text.normalize('NFC').replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();

/** Text over several lines, each of them printable; no more than one empty line between two. */
export const printableText = (text: string): string =>
  text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map(printableLine)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

// characters of an unquoted local part (RFC 5321 section 4.1.2, RFC 6531 letters beside), never a separator of address lists
const LOCAL_PART = /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_{|}~`-]{1,64}$/u;
const LABEL = /^(?!-)[\p{L}\p{M}\p{N}-]{1,63}(?<!-)$/u;

/**
 * Whether `text` is one plain address that can stand in an envelope and a header as it is: no quotes, comments, spaces,
 * commas, brackets or line breaks, with which a mailer would read further recipients or headers out of it.
 */
export function isPlainAddress(text: string): boolean {
  const at = text.indexOf('@');
  if (at < 1 || text.length > 254) return false;
  const local = text.slice(0, at);
  if (!LOCAL_PART.test(local)) return false;
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return false;
  const labels = text.slice(at + 1).split('.');
  return labels.length >= 2 && labels.every((label) => LABEL.test(label));
}

// line breaks and other controls, marks that reorder the line, marks that hide parts of it
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;
const LONGEST = 150;

/**
 * A text of an official or a roll as one line of a header: no controls, no direction marks, at most 150 characters, and
 * nothing that a reader would decode (RFC 2047: an encoded word can hold line breaks).
 */
export function headerLine(text: string): string {
  const line = text.replace(UNSEEN, ' ').replace(/\s+/g, ' ').replaceAll('=?', '= ?').trim();
  const characters = Array.from(line);
  return characters.length <= LONGEST ? line : `${characters.slice(0, LONGEST - 1).join('')}…`;
}

import { isAscii, removeInvisible, trimCell } from './cells.ts';

const LOCAL_PART = /^[a-z0-9.!#$%&'*+/=?^_{|}~`-]{1,64}$/;
// Letters, digits and inner hyphens; every part ends at a dot, so that no input makes it try twice.
const DOMAIN = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;

/**
 * The address in a cell, in the four steps of the roll format. Also for text that holds no address:
 * `isEmailAddress` says what came out.
 */
export function normalizeEmail(raw: string): string {
  // 1. Invisible characters away wherever they stand, white space at both ends.
  let text = trimCell(removeInvisible(raw));
  // 2. `Name <address>`: only what is between the brackets.
  if (text.endsWith('>')) {
    const open = text.lastIndexOf('<');
    if (open >= 0) text = text.slice(open + 1, -1);
  }
  // 3. `mailto:` with what follows a question mark.
  const link = /^\s*mailto:/i.exec(text);
  if (link !== null) {
    const query = text.indexOf('?');
    text = text.slice(link[0].length, query < 0 ? undefined : query);
  }
  // 4. Lower case, in ASCII only: String.toLowerCase would turn the Kelvin sign into the letter k.
  const address = trimCell(text);
  return isAscii(address)
    ? address.toLowerCase()
    : address.replaceAll(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}

/** Well formed, in the sense of the roll format (narrower than RFC 5321: ASCII, no quoted local part). */
export function isEmailAddress(text: string): boolean {
  const at = text.indexOf('@');
  if (at < 1 || text.includes('@', at + 1)) return false;
  const local = text.slice(0, at);
  if (!LOCAL_PART.test(local)) return false;
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return false;
  return DOMAIN.test(text.slice(at + 1));
}

/** True if the cell holds one well-formed address, whatever its domain. */
export const holdsEmail = (raw: string): boolean => raw.includes('@') && isEmailAddress(normalizeEmail(raw));

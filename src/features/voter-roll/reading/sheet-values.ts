const DAY = 86_400_000;
/** Day 0 of the 1900 system, such that days from 1 March 1900 on are right (Excel believes in 29 February 1900). */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** 31 December 9999, the last day that spreadsheets know. */
const LAST_DAY = 2_958_465;
/** Spreadsheets compute with 15 digits; the stored binary number may have more. */
const PRECISION = 15;

/** A stored number without needless decimals: 2027, not 2027.0; text that is no number stays as it is. */
export function numberText(stored: string): string {
  const trimmed = stored.trim();
  const value = Number(trimmed);
  if (trimmed === '' || !Number.isFinite(value)) return trimmed;
  return String(Number(value.toPrecision(PRECISION)));
}

/** A stored day number as `2004-08-01`, `2004-08-01 09:30:00`, or `09:30:00` on day zero. */
export function dateText(stored: string, is1904: boolean): string {
  const days = Number(stored.trim());
  if (stored.trim() === '' || !(days >= 0 && days <= LAST_DAY)) return numberText(stored);
  const seconds = Math.round((days * DAY) / 1000) * 1000;
  const iso = new Date((is1904 ? EPOCH_1904 : EPOCH_1900) + seconds).toISOString();
  const [date, time] = [iso.slice(0, 10), iso.slice(11, 19)];
  if (days < 1) return time;
  return time === '00:00:00' ? date : `${date} ${time}`;
}

/** Built-in date and time formats (ECMA-376 part 1, 18.8.30). */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/** True if numbers in this format are shown as dates or times. `code` is its own format code, if it has one. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isBuiltInDate(id);
  // Quoted text, escaped characters, colours and locales say nothing; [h], [mm] and [ss] are elapsed time.
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '');
  return !/general/i.test(bare) && /[dmyhs]/i.test(bare);
}

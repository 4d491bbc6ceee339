import type { Language } from '../domain/election.ts';

const LOCALE: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' };

// building a formatter costs far more than using it
const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

function dateFormat(
  language: Language,
  timeZone: string,
  name: string,
  form: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${name}`;
  const known = dates.get(key) ?? new Intl.DateTimeFormat(LOCALE[language], { timeZone, ...form });
  dates.set(key, known);
  return known;
}

function numberFormat(language: Language, name: string, form: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${name}`;
  const known = numbers.get(key) ?? new Intl.NumberFormat(LOCALE[language], form);
  numbers.set(key, known);
  return known;
}

/** An instant in full, in the election's zone: "Friday, 3 July 2026 at 14:00 CEST". `ms` is UTC. */
export const formatInstant = (language: Language, timeZone: string, ms: number): string =>
  dateFormat(language, timeZone, 'full', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(ms);

/** An instant for tables: "3 Jul 2026, 14:00". */
export const formatShortInstant = (language: Language, timeZone: string, ms: number): string =>
  dateFormat(language, timeZone, 'short', { dateStyle: 'medium', timeStyle: 'short' }).format(ms);

/** From one instant to another in as few words as tell them apart: "2 Mar, 09:00 – 10:00"; one instant alone where equal. */
export const formatPeriod = (language: Language, timeZone: string, from: number, until: number): string =>
  dateFormat(language, timeZone, 'period', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).formatRange(from, until);

export const formatNumber = (language: Language, value: number): string =>
  numberFormat(language, 'decimal', {}).format(value);

/** `ratio` 0 to 1, one decimal where it says something: "62.5%", "62,5 %". */
export const formatPercent = (language: Language, ratio: number): string =>
  numberFormat(language, 'percent', { style: 'percent', maximumFractionDigits: 1 }).format(ratio);

const GIGABYTE = 1_000_000_000;

/** A size on a disk: "12.3 GB"; below one gigabyte in megabytes. */
export const formatBytes = (language: Language, bytes: number): string =>
  bytes >= GIGABYTE
    ? numberFormat(language, 'gigabyte', {
        style: 'unit',
        unit: 'gigabyte',
        maximumFractionDigits: 1,
      }).format(bytes / GIGABYTE)
    : numberFormat(language, 'megabyte', {
        style: 'unit',
        unit: 'megabyte',
        maximumFractionDigits: 0,
      }).format(bytes / 1_000_000);

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** The two largest units of a duration in milliseconds: "2 days 3 hours", "45 seconds". */
export function formatDuration(language: Language, ms: number): string {
  let rest = Math.max(0, ms);
  const parts: string[] = [];
  for (const [unit, length] of UNITS) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (parts.length === 1 && count === 0) break;
    if (count === 0 && unit !== 'second') continue;
    parts.push(numberFormat(language, unit, { style: 'unit', unit, unitDisplay: 'long' }).format(count));
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

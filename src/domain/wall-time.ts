import { Temporal } from 'temporal-polyfill';
import { type Outcome, accept, refuse } from '../protocol/outcome.ts';

const WALL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const ZONE = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;

/** The instants that people may set: the year has four digits in every zone. */
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

export type TimeFault = 'NOT_A_TIME' | 'SKIPPED_TIME';

/** A time as it was written, and what was made of it. */
export interface ChosenTime {
  /** Milliseconds UTC, a whole second. */
  readonly at: number;
  /** The wall time comes twice that night, and one of the two was taken. */
  readonly isRepeated: boolean;
}

/** Whether this names a zone of the IANA list that this machine knows. */
export function isTimeZone(name: string): boolean {
  if (!ZONE.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/**
 * Reads a local wall time of `timeZone` (`2026-11-03T08:00`) or an instant with `Z` or an offset, to the whole second.
 * A wall time that the clocks skip is refused with the first one that exists (`limit`). One that comes twice is taken so
 * that nobody loses an hour of voting: `first` for an opening, `last` for a closing.
 */
export function readTime(
  text: string,
  timeZone: string,
  whenRepeated: 'first' | 'last',
): Outcome<ChosenTime, TimeFault> {
  const chosen = INSTANT.test(text) ? readInstant(text) : readWallTime(text, timeZone, whenRepeated);
  if (!chosen.ok) return chosen;
  const { at } = chosen.value;
  return at >= EARLIEST && at < LATEST ? chosen : refuse('NOT_A_TIME');
}

function readInstant(text: string): Outcome<ChosenTime, TimeFault> {
  try {
    const { epochMilliseconds } = Temporal.Instant.from(text);
    return accept({ at: Math.floor(epochMilliseconds / 1000) * 1000, isRepeated: false });
  } catch {
    return refuse('NOT_A_TIME');
  }
}

function readWallTime(
  text: string,
  timeZone: string,
  whenRepeated: 'first' | 'last',
): Outcome<ChosenTime, TimeFault> {
  const wall = WALL.test(text) ? plainTime(text) : undefined;
  if (wall === undefined) return refuse('NOT_A_TIME');
  const earlier = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(timeZone, { disambiguation: 'later' });
  if (!later.toPlainDateTime().equals(wall)) {
    const end = earlier.getTimeZoneTransition('next') ?? later;
    return refuse('SKIPPED_TIME', { limit: wallText(end.epochMilliseconds, timeZone).replace('T', ' ') });
  }
  const taken = whenRepeated === 'first' ? earlier : later;
  return accept({
    at: taken.epochMilliseconds,
    isRepeated: earlier.epochMilliseconds !== later.epochMilliseconds,
  });
}

function plainTime(text: string): Temporal.PlainDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** The wall time of an instant as a form field wants it: `2026-11-03T08:00`, with seconds where there are some. */
export function wallText(at: number, timeZone: string): string {
  const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDateTime();
  return wall.toString({ smallestUnit: wall.second === 0 ? 'minute' : 'second' });
}

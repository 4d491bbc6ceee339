import type { QuietHours } from './settings.ts';
import { readTime, wallText } from './wall-time.ts';

const A_DAY = 86_400_000;

/** The day `days` after `day`, both as `2026-10-25`: calendar days, whatever the clocks do in that night. */
const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * A_DAY).toISOString().slice(0, 10);

/** The instant of a wall time; one that the clocks skip is the first that exists after it. */
function instantOf(wall: string, timeZone: string, whenRepeated: 'first' | 'last'): number {
  const time = readTime(wall, timeZone, whenRepeated);
  if (time.ok) return time.value.at;
  const next = readTime(String(time.detail['limit']).replace(' ', 'T'), timeZone, whenRepeated);
  if (!next.ok) throw new TypeError(`${wall} is no time of a day`);
  return next.value.at;
}

/**
 * When the quiet hours that `now` lies in end; undefined outside of them. Wall times of the zone: a night has them whole,
 * from the first time that the clocks show the beginning to the last time that they show the end.
 */
export function quietUntil({ from, until, timeZone }: QuietHours, now: number): number | undefined {
  if (from === until) return undefined;
  const today = wallText(now, timeZone).slice(0, 10);
  // the night that began yesterday may still go on
  for (const begun of [dayAfter(today, -1), today]) {
    const ends = until > from ? begun : dayAfter(begun, 1);
    const end = instantOf(`${ends}T${until}`, timeZone, 'last');
    if (now >= instantOf(`${begun}T${from}`, timeZone, 'first') && now < end) return end;
  }
  return undefined;
}

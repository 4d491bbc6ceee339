import { LEAST_SHOWN } from './participation.ts';

export const HOUR_MS = 3_600_000;

/** How many voters were marked in all when the hour that begins at `hourAt` had passed, or so far. */
export interface HourTotal {
  readonly hourAt: number;
  readonly marked: number;
}

/** How many voted from one instant to another. */
export interface HourBar {
  readonly from: number;
  readonly until: number;
  readonly voted: number;
}

export const hourOf = (at: number): number => Math.floor(at / HOUR_MS) * HOUR_MS;

/**
 * Turnout per hour from `from` until `until`, when `marked` had voted in all. Hours in which fewer than five voted are
 * joined with the hours behind them, the last ones with those before: a bar of one or two would say when somebody
 * voted. The bars follow each other without a gap and sum up to `marked`. `totals`: by ascending hour.
 */
export function hourBars(
  totals: readonly HourTotal[],
  { from, until, marked }: { readonly from: number; readonly until: number; readonly marked: number },
): readonly HourBar[] {
  const bars: HourBar[] = [];
  let start = from;
  let seen = 0;
  for (const total of [...totals, { hourAt: hourOf(until), marked }]) {
    const end = Math.min(total.hourAt + HOUR_MS, until);
    const voted = Math.min(total.marked, marked) - seen;
    if (voted < LEAST_SHOWN || end <= start) continue;
    bars.push({ from: start, until: end, voted });
    start = end;
    seen += voted;
  }
  const last = bars.pop();
  const rest = { from: last?.from ?? from, until, voted: (last?.voted ?? 0) + marked - seen };
  return rest.voted === 0 ? [] : [...bars, rest];
}

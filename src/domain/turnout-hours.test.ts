import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAST_SHOWN } from './participation.ts';
import { HOUR_MS, hourBars, hourOf } from './turnout-hours.ts';

const START = Date.parse('2026-03-02T09:00:00Z');
const hour = (n: number, marked: number) => ({ hourAt: START + n * HOUR_MS, marked });

describe('turnout per hour', () => {
  it('is the difference of the totals', () => {
    const bars = hourBars([hour(0, 10), hour(1, 30), hour(2, 42)], {
      from: START,
      until: START + 3 * HOUR_MS,
      marked: 42,
    });
    expect(bars.map(({ voted }) => voted)).toEqual([10, 20, 12]);
    expect(bars[1]).toMatchObject({ from: START + HOUR_MS, until: START + 2 * HOUR_MS });
  });

  it('joins an hour of few voters with the next, and the last with the one before', () => {
    const whole = { from: START, until: START + 3 * HOUR_MS, marked: 14 };
    expect(hourBars([hour(0, 2), hour(1, 12)], whole)).toEqual([
      { from: START, until: START + 3 * HOUR_MS, voted: 14 },
    ]);
    expect(hourBars([hour(0, 7), hour(1, 9), hour(2, 14)], whole).map(({ voted }) => voted)).toEqual([7, 7]);
  });

  it('says nothing where nobody voted, and one bar where few did', () => {
    const window = { from: START, until: START + HOUR_MS };
    expect(hourBars([], { ...window, marked: 0 })).toEqual([]);
    expect(hourBars([hour(0, 3)], { ...window, marked: 3 })).toEqual([{ ...window, voted: 3 }]);
  });

  it('tiles the time, sums up to the turnout and shows no small hour, whatever was sampled', () => {
    const anyDay = fc.record({
      steps: fc.array(fc.record({ gap: fc.nat(3), voted: fc.nat(12) }), { maxLength: 30 }),
      late: fc.nat(9),
      offset: fc.nat(HOUR_MS - 1),
    });
    fc.assert(
      fc.property(anyDay, ({ steps, late, offset }) => {
        let at = hourOf(START);
        let marked = 0;
        const totals = steps.map(({ gap, voted }) => {
          const total = { hourAt: (at += gap * HOUR_MS), marked: (marked += voted) };
          at += HOUR_MS;
          return total;
        });
        const window = { from: START + offset, until: at + HOUR_MS + offset, marked: marked + late };
        const bars = hourBars(totals, window);
        expect(bars.reduce((sum, { voted }) => sum + voted, 0)).toBe(window.marked);
        const small = bars.filter(({ voted }) => voted < LEAST_SHOWN);
        expect(small.length === 0 || bars.length === 1).toBe(true);
        bars.forEach((bar, i) => expect(bar.from).toBe(i === 0 ? window.from : bars[i - 1]?.until));
        expect(bars.at(-1)?.until ?? window.until).toBe(window.until);
      }),
    );
  });
});

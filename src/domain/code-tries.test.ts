import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CodeTries, afterWrongCode, lockOf, triesLeft } from './code-tries.ts';

const WINDOW_MS = 15 * 60_000;

/** Plays a guesser who waits `pauses` between tries; answers the instants of the codes that were looked at. */
function evaluated(pauses: readonly number[]): number[] {
  let tries: CodeTries | undefined;
  let now = 1_000_000;
  const looked: number[] = [];
  for (const pause of pauses) {
    now += pause;
    if (lockOf(tries, now) !== undefined) continue;
    looked.push(now);
    tries = afterWrongCode(tries, now);
    expect(triesLeft(tries, now)).toBeGreaterThanOrEqual(0);
  }
  return looked;
}

describe('tries of a code', () => {
  it('never allow more than 5 in any 15 minutes, nor more than 20 in all', () => {
    const pause = fc.oneof(
      fc.constant(0),
      fc.integer({ min: 1, max: 60_000 }),
      fc.constantFrom(WINDOW_MS - 1, WINDOW_MS, WINDOW_MS + 1),
      fc.integer({ min: 0, max: 2 * WINDOW_MS }),
    );
    fc.assert(
      fc.property(fc.array(pause, { maxLength: 200 }), (pauses) => {
        const looked = evaluated(pauses);
        expect(looked.length).toBeLessThanOrEqual(20);
        const spans = looked.slice(5).map((sixth, index) => sixth - (looked[index] ?? 0));
        expect(spans.filter((span) => span < WINDOW_MS)).toEqual([]);
      }),
    );
  });

  it('count down to the next lock, whichever it is', () => {
    let tries: CodeTries | undefined;
    const left: number[] = [];
    for (let i = 0; i < 20; i++) {
      const now = i * WINDOW_MS * 2;
      tries = afterWrongCode(tries, now);
      left.push(triesLeft(tries, now));
    }
    expect(left).toEqual([...Array.from({ length: 16 }, () => 4), 3, 2, 1, 0]);
    expect(lockOf(tries, Number.MAX_SAFE_INTEGER)).toBe('staff');
  });

  it('are not forgotten by a clock that is set back', () => {
    let tries: CodeTries | undefined;
    for (let i = 0; i < 4; i++) tries = afterWrongCode(tries, 10 * WINDOW_MS);
    tries = afterWrongCode(tries, WINDOW_MS);
    expect(lockOf(tries, WINDOW_MS)).toBe(2 * WINDOW_MS);
  });
});

import { describe, expect, it } from 'vitest';
import { formatDuration, formatInstant, formatNumber, formatPercent, formatShortInstant } from './format.ts';

const NOON = Date.UTC(2026, 6, 3, 12);
/** Unicode's narrow and no-break spaces as plain ones. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('formats', () => {
  it('name day, time and zone of an instant', () => {
    expect(formatInstant('en', 'Europe/Paris', NOON)).toMatch(/^Friday,? 3 July 2026 at 14:00 CEST$/);
    expect(plain(formatInstant('fr', 'Europe/Paris', NOON))).toMatch(
      /^vendredi 3 juillet 2026 à 14:00 (CEST|UTC\+2)$/,
    );
    expect(formatInstant('en', 'UTC', NOON)).toContain('12:00 UTC');
    expect(formatShortInstant('en', 'Europe/Paris', NOON)).toBe('3 Jul 2026, 14:00');
  });

  it('write numbers and shares as the language does', () => {
    expect(formatNumber('en', 12345)).toBe('12,345');
    expect(plain(formatNumber('fr', 12345))).toBe('12 345');
    expect(formatPercent('en', 0.625)).toBe('62.5%');
    expect(plain(formatPercent('fr', 0.625))).toBe('62,5 %');
  });

  it.each([
    [0, '0 seconds'],
    [999, '0 seconds'],
    [45_000, '45 seconds'],
    [60_000, '1 minute'],
    [61_000, '1 minute 1 second'],
    [3_600_000 + 1_000, '1 hour'],
    [2 * 86_400_000 + 3 * 3_600_000 + 59_000, '2 days 3 hours'],
    [-5, '0 seconds'],
  ])('write %i ms as %s', (ms, text) => {
    expect(formatDuration('en', ms)).toBe(text);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTimeZone, readTime, wallText } from './wall-time.ts';

const PARIS = 'Europe/Paris';
const at = (text: string, zone = PARIS, whenRepeated: 'first' | 'last' = 'first') => {
  const time = readTime(text, zone, whenRepeated);
  return time.ok
    ? new Date(time.value.at).toISOString()
    : `${time.code} ${time.detail['limit'] ?? ''}`.trim();
};

describe('readTime', () => {
  it('reads wall times of the zone', () => {
    expect(at('2026-11-03T08:00')).toBe('2026-11-03T07:00:00.000Z');
    expect(at('2026-07-03T08:00')).toBe('2026-07-03T06:00:00.000Z');
    expect(at('2026-07-03T08:00:30', 'Asia/Kolkata')).toBe('2026-07-03T02:30:30.000Z');
  });

  it('reads instants, to the whole second', () => {
    expect(at('2026-11-03T08:00:00Z')).toBe('2026-11-03T08:00:00.000Z');
    expect(at('2026-11-03T08:00:00.999+05:30')).toBe('2026-11-03T02:30:00.000Z');
  });

  it('refuses the hour that the clocks skip, and names the first that exists', () => {
    expect(at('2026-03-29T02:00')).toBe('SKIPPED_TIME 2026-03-29 03:00');
    expect(at('2026-03-29T02:59')).toBe('SKIPPED_TIME 2026-03-29 03:00');
    expect(at('2026-03-29T01:59')).toBe('2026-03-29T00:59:00.000Z');
    expect(at('2026-03-29T03:00')).toBe('2026-03-29T01:00:00.000Z');
    expect(at('2026-03-08T02:30', 'America/New_York')).toBe('SKIPPED_TIME 2026-03-08 03:00');
  });

  it('takes the hour that comes twice so that nobody loses time', () => {
    expect(at('2026-10-25T02:30', PARIS, 'first')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-10-25T02:30', PARIS, 'last')).toBe('2026-10-25T01:30:00.000Z');
    expect(readTime('2026-10-25T02:30', PARIS, 'last')).toMatchObject({ value: { isRepeated: true } });
    expect(readTime('2026-10-25T03:00', PARIS, 'last')).toMatchObject({ value: { isRepeated: false } });
  });

  it.each([
    '',
    'tomorrow',
    '2026-02-30T08:00',
    '2026-13-01T08:00',
    '2026-11-03T25:00',
    '2026-11-03',
    '2026-11-03 08:00',
    '26-11-03T08:00',
    '2026-02-30T08:00:00Z',
    '1999-12-31T23:59',
    '9999-12-31T23:59',
    '2026-11-03T08:00[Europe/Paris]',
  ])('refuses %j', (text) => expect(at(text)).toBe('NOT_A_TIME'));

  it('comes back from its own text outside the hour that comes twice', () => {
    const zones = fc.constantFrom(PARIS, 'UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata');
    const seconds = fc.integer({ min: Date.UTC(2001, 0) / 1000, max: Date.UTC(2150, 0) / 1000 });
    fc.assert(
      fc.property(zones, seconds, (zone, second) => {
        const text = wallText(second * 1000, zone);
        const [first, last] = [readTime(text, zone, 'first'), readTime(text, zone, 'last')];
        expect([first.ok && first.value.at, last.ok && last.value.at]).toContain(second * 1000);
        expect(first.ok && last.ok && last.value.at >= first.value.at).toBe(true);
      }),
    );
  });
});

describe('isTimeZone', () => {
  it.each([PARIS, 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+3'])('knows %s', (zone) =>
    expect(isTimeZone(zone)).toBe(true),
  );
  it.each(['', 'Paris', '+02:00', 'Europe/Atlantis', '../etc/passwd', 'Europe/Paris\n'])(
    'refuses %j',
    (zone) => expect(isTimeZone(zone)).toBe(false),
  );
});

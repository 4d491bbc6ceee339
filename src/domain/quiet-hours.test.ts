import { describe, expect, it } from 'vitest';
import { quietUntil } from './quiet-hours.ts';

const NIGHT = { from: '22:00', until: '07:30', timeZone: 'Europe/Paris' };
const at = (text: string): number => Date.parse(text);
const until = (hours: typeof NIGHT, now: string): string | undefined => {
  const end = quietUntil(hours, at(now));
  return end === undefined ? undefined : new Date(end).toISOString();
};

describe('quiet hours', () => {
  it('reach over midnight', () => {
    expect(until(NIGHT, '2026-03-02T21:59:59+01:00')).toBeUndefined();
    expect(until(NIGHT, '2026-03-02T22:00:00+01:00')).toBe('2026-03-03T06:30:00.000Z');
    expect(until(NIGHT, '2026-03-03T00:00:00+01:00')).toBe('2026-03-03T06:30:00.000Z');
    expect(until(NIGHT, '2026-03-03T07:29:59+01:00')).toBe('2026-03-03T06:30:00.000Z');
    expect(until(NIGHT, '2026-03-03T07:30:00+01:00')).toBeUndefined();
    expect(until(NIGHT, '2026-03-03T12:00:00+01:00')).toBeUndefined();
  });

  it('may lie within a day, and are none where they begin when they end', () => {
    const lunch = { ...NIGHT, from: '12:00', until: '14:00' };
    expect(until(lunch, '2026-03-02T11:59:00+01:00')).toBeUndefined();
    expect(until(lunch, '2026-03-02T13:00:00+01:00')).toBe('2026-03-02T13:00:00.000Z');
    expect(until(lunch, '2026-03-02T14:00:00+01:00')).toBeUndefined();
    expect(until({ ...NIGHT, until: '22:00' }, '2026-03-02T22:00:00+01:00')).toBeUndefined();
  });

  it('are an hour shorter in the night that skips one', () => {
    expect(until(NIGHT, '2026-03-28T22:00:00+01:00')).toBe('2026-03-29T05:30:00.000Z');
    expect(until(NIGHT, '2026-03-29T07:29:00+02:00')).toBe('2026-03-29T05:30:00.000Z');
    expect(until(NIGHT, '2026-03-29T07:30:00+02:00')).toBeUndefined();
  });

  it('begin and end at the first time that exists after a skipped one', () => {
    const ending = { ...NIGHT, until: '02:30' };
    expect(until(ending, '2026-03-29T01:59:59+01:00')).toBe('2026-03-29T01:00:00.000Z');
    expect(until(ending, '2026-03-29T03:00:00+02:00')).toBeUndefined();
    const beginning = { ...NIGHT, from: '02:30' };
    expect(until(beginning, '2026-03-29T01:59:59+01:00')).toBeUndefined();
    expect(until(beginning, '2026-03-29T03:00:00+02:00')).toBe('2026-03-29T05:30:00.000Z');
  });

  it('are whole in the night that has an hour twice', () => {
    expect(until(NIGHT, '2026-10-25T02:30:00+02:00')).toBe('2026-10-25T06:30:00.000Z');
    expect(until(NIGHT, '2026-10-25T02:30:00+01:00')).toBe('2026-10-25T06:30:00.000Z');
    const ending = { ...NIGHT, until: '02:30' };
    // 02:30 comes at 00:30 and at 01:30 UTC: nobody is written to in between
    expect(until(ending, '2026-10-25T02:45:00+02:00')).toBe('2026-10-25T01:30:00.000Z');
    expect(until(ending, '2026-10-25T02:15:00+01:00')).toBe('2026-10-25T01:30:00.000Z');
    expect(until(ending, '2026-10-25T02:30:00+01:00')).toBeUndefined();
    const beginning = { ...NIGHT, from: '02:30' };
    expect(until(beginning, '2026-10-25T02:29:00+02:00')).toBeUndefined();
    expect(until(beginning, '2026-10-25T02:31:00+02:00')).toBe('2026-10-25T06:30:00.000Z');
    expect(until(beginning, '2026-10-25T02:01:00+01:00')).toBe('2026-10-25T06:30:00.000Z');
  });
});

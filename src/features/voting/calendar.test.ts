import { describe, expect, it } from 'vitest';
import { calendarOf } from './calendar.ts';

const election = {
  id: 'af5c8f7d-0fa2-499f-8bd4-660a0d95dc7e',
  title: 'Élection du bureau; présidence, trésorerie \\ et secrétariat de la grande société de lecture',
  organiser: 'Société\nde lecture',
  closes_at: Date.parse('2026-03-02T20:00:00Z'),
};

describe('the calendar file', () => {
  const text = calendarOf(election, Date.parse('2026-03-02T10:00:00Z'), 'Note', 0);

  it('has lines of at most 75 octets, each ended by CR and LF', () => {
    expect(text.endsWith('\r\n')).toBe(true);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('says when voting opens and ends, with its texts escaped', () => {
    const unfolded = text.replaceAll('\r\n ', '');
    expect(unfolded).toContain('DTSTART:20260302T100000Z\r\nDTEND:20260302T200000Z');
    expect(unfolded).toContain('SUMMARY:Élection du bureau\\; présidence\\, trésorerie \\\\ et');
    expect(unfolded).toContain('DESCRIPTION:Société\\nde lecture. Note');
  });
});

import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRoll } from './read-roll.ts';
import { ROLL_COLUMNS, type RollReading, type RollSettings } from './roll-reading.ts';

const FOLDER = new URL('../../../testing/samples/rolls/', import.meta.url);
const USUAL: RollSettings = {
  domains: ['example.org', 'etu.example.org'],
  promotions: ['E1', 'E2', 'E3', 'E4', 'E5'],
  buildings: ['Perrault', 'Dupont', 'Marne-la-Vallée'],
};
const SUFFIX = '.expected.json';

interface Expected extends RollReading {
  readonly settings?: Partial<RollSettings>;
  readonly file_error_also?: readonly string[];
}

const cases = readdirSync(FOLDER)
  .filter((name) => name.endsWith(SUFFIX))
  .map((name) => name.slice(0, -SUFFIX.length))
  .sort();

const errorKeys = (reading: RollReading): readonly string[] =>
  reading.errors.map(({ line, column, code }) => `${line} ${column} ${code}`).sort();

describe('the sample rolls', () => {
  it('are all there', () => {
    expect(cases).toHaveLength(28);
  });

  it.each(cases)('%s reads exactly as expected', (name) => {
    const expected = JSON.parse(readFileSync(new URL(name + SUFFIX, FOLDER), 'utf8')) as Expected;
    const reading = readRoll(readFileSync(new URL(name, FOLDER)), { ...USUAL, ...expected.settings });

    expect(reading.file_error).toBe(expected.file_error);
    expect(reading.encoding).toBe(expected.encoding);
    expect(reading.delimiter).toBe(expected.delimiter);
    expect(reading.header).toBe(expected.header);
    expect(reading.voters).toStrictEqual(expected.voters);
    expect(errorKeys(reading)).toStrictEqual(errorKeys(expected));
    for (const voter of reading.voters) expect(Object.keys(voter)).toStrictEqual(['line', ...ROLL_COLUMNS]);
  });
});

import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { encodeRoll } from '../../../testing/roll-encodings.ts';
import { composed, trimCell } from './cells.ts';
import { readRoll } from './read-roll.ts';
import type { Delimiter, RollEncoding, RollReading, RollSettings } from './roll-reading.ts';

const SETTINGS: RollSettings = {
  domains: ['example.org'],
  promotions: ['E1', 'Année 2'],
  buildings: ['Perrault', 'Marne-la-Vallée'],
};
const ROLLS = new URL('../../../testing/samples/rolls/', import.meta.url);
const HEADERS = [
  ['last_name', 'first_name', 'email', 'promotion', 'building'],
  ['Nom', 'Prénom', 'Courriel', 'Promo', 'Bâtiment'],
] as const;

type Person = readonly [lastName: string, firstName: string, promotion: string, building: string];

const anyName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 24 })
  .map((name) => composed(trimCell(name)))
  .filter((name) => name !== '' && trimCell(name) === name);
const frenchName = fc.constantFrom(
  'D’Hérouval',
  'Cœurdevay',
  'Le Quéré',
  'François-Régis',
  'ÉLODIE',
  'Anaëlle',
  'dit "Milo"',
  'Pasquier; épouse Rondin',
  'Noël, Jérôme',
  'Agnès\nMaÿlis',
);
const people = (name: fc.Arbitrary<string>): fc.Arbitrary<readonly Person[]> =>
  fc.array(
    fc.tuple(
      name,
      name,
      fc.constantFrom('', 'E1', 'Année 2'),
      fc.constantFrom('', 'Perrault', 'Marne-la-Vallée'),
    ),
    { minLength: 1, maxLength: 12 },
  );

interface Writing {
  readonly people: readonly Person[];
  readonly encoding: RollEncoding;
  readonly hasMark: boolean;
  readonly delimiter: Delimiter;
  readonly newline: '\n' | '\r\n' | '\r';
  readonly quotes: boolean;
  readonly header: (typeof HEADERS)[number];
}

const writings = (name: fc.Arbitrary<string>, ...encodings: readonly RollEncoding[]): fc.Arbitrary<Writing> =>
  fc.record({
    people: people(name),
    encoding: fc.constantFrom(...encodings),
    hasMark: fc.boolean(),
    delimiter: fc.constantFrom<Delimiter[]>(';', ',', '\t'),
    newline: fc.constantFrom<('\n' | '\r\n' | '\r')[]>('\n', '\r\n', '\r'),
    quotes: fc.boolean(),
    header: fc.constantFrom(...HEADERS),
  });

const lineEnds = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/** Papaparse writes, the reader reads: two hands that know nothing of each other. */
function expectSameVoters(writing: Writing): void {
  const { delimiter, newline, quotes, header } = writing;
  const rows = writing.people.map(([lastName, firstName, promotion, building], index) => [
    lastName,
    firstName,
    `voter${index}@example.org`,
    promotion,
    building,
  ]);
  const text = Papa.unparse([[...header], ...rows], { delimiter, newline, quotes });
  const reading = readRoll(encodeRoll(text, writing.encoding, writing.hasMark), SETTINGS);

  let line = 2;
  const voters = rows.map(([last_name = '', first_name = '', email, promotion, building]) => {
    const voter = { line, last_name, first_name, email, promotion, building };
    line += 1 + lineEnds(last_name) + lineEnds(first_name);
    return voter;
  });
  expect(reading.file_error).toBeNull();
  expect(reading.delimiter).toBe(delimiter);
  expect(reading.errors).toStrictEqual([]);
  expect(reading.voters).toStrictEqual(voters);
}

describe('a roll reads back as it was written', () => {
  it('in Unicode, with any names', () => {
    fc.assert(fc.property(writings(anyName, 'utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be'), expectSameVoters));
  });

  it('in windows-1252 and Mac Roman, with French names', () => {
    fc.assert(fc.property(writings(frenchName, 'windows-1252', 'macintosh'), expectSameVoters));
  });
});

/** Either something was read, or nothing at all and a reason. */
function isConsistent(reading: RollReading): boolean {
  const { encoding, delimiter, header, voters, errors } = reading;
  const rows = voters.length + errors.length;
  if (reading.file_error === null) return rows > 0 && header !== null;
  return rows === 0 && encoding === null && delimiter === null && header === null;
}

describe('no bytes make the reader throw', () => {
  it('random ones', () => {
    const bytes = fc.uint8Array({ maxLength: 600 });
    fc.assert(
      fc.property(bytes, (file) => {
        expect(isConsistent(readRoll(file, SETTINGS))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('random text of the characters that matter', () => {
    const characters = fc.constantFrom(
      ...Array.from('";,\t\r\n\0 <>@.a\uFEFF'),
      'nom',
      'email',
      'a@b.org',
      'sep=',
    );
    const text = fc.array(characters, { maxLength: 80 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (file) => {
        expect(isConsistent(readRoll(new TextEncoder().encode(file), SETTINGS))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('the samples, with bytes changed or cut off', () => {
    const files = readdirSync(ROLLS)
      .filter((name) => /^(?:01|03|05|07|18|19|20)-.*(?:csv|xlsx|ods)$/.test(name))
      .map((name) => readFileSync(new URL(name, ROLLS)));
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(change, { maxLength: 6 }),
        fc.nat(),
        (file, changes, cut) => {
          const bytes = new Uint8Array(file);
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          const damaged = changes.length === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
          expect(isConsistent(readRoll(damaged, SETTINGS))).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });
});

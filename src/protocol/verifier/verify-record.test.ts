import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { utf8 } from '../bytes.ts';
import { poolChecker } from '../node/checker-pool.ts';
import { nodePrimitives } from '../node/primitives.ts';
import { bytesSource } from '../record-reader.ts';
import { buildRecord } from '../../testing/record/build.ts';
import { type TestElection, HONEST, cast, testElection } from '../../testing/record/election.ts';
import { type Twenty, twentyBallots } from '../../testing/record/twenty.ts';
import { edited, swapped } from '../../testing/vectors/record-lines.ts';
import { type Progress, type Verdict, type VerifyOptions, sentenceOf, verifyRecord } from './index.ts';

const bytesOf = (lines: readonly string[]): Uint8Array => utf8(lines.map((line) => `${line}\n`).join(''));
const sourceOf = (lines: readonly string[]) => bytesSource(bytesOf(lines));
const verify = (lines: readonly string[], options: VerifyOptions = {}): Promise<Verdict> =>
  verifyRecord(nodePrimitives, sourceOf(lines), options);
const statusOf = ({ checks }: Verdict, id: string) => checks.find((check) => check.id === id)?.status;

let whole: Twenty;
let totals: Twenty;
beforeAll(async () => {
  whole = await twentyBallots('openings', 'verifier, openings');
  totals = await twentyBallots('totals', 'verifier, totals');
});

describe('an honest record', () => {
  test('passes every check once M is compared', async () => {
    const [link] = whole.links;
    const M = (await verify(whole.lines)).figures.manifestDigest ?? '';
    const verdict = await verify(whole.lines, { manifestDigest: M, link: link?.link ?? '' });
    expect(verdict.checks.map(({ status }) => status)).toEqual(Array.from({ length: 11 }, () => 'ok'));
    expect(verdict.status).toBe('ok');
    expect(verdict.figures).toMatchObject({ ballots: 20, voters: 27, marked: 22, issuedWithoutBallot: 2 });
    expect(verdict.figures.result).toEqual(whole.result.tally);
  });

  test('says what it did not check', async () => {
    const verdict = await verify(totals.lines);
    expect(verdict.status).toBe('not-checked');
    expect(verdict.checks.filter(({ status }) => status === 'not-checked').map(({ id }) => id)).toEqual([
      'V1',
      'V6',
      'V7',
      'V8',
    ]);
  });

  test('of totals, without its result line, is the record of before the count', async () => {
    const verdict = await verify(totals.lines.slice(0, -1), { openings: sourceOf(totals.openings) });
    expect(['V6', 'V7', 'V8'].map((id) => statusOf(verdict, id))).toEqual([
      'ok',
      'not-required',
      'not-required',
    ]);
    expect(verdict.status).toBe('not-checked');
  });

  test('hears of progress to the end of both passes', async () => {
    const heard: Progress[] = [];
    await verify(whole.lines, { onProgress: (progress) => heard.push(progress) });
    const size = bytesOf(whole.lines).length;
    expect(heard.filter(({ pass }) => pass === 1).at(-1)).toEqual({ pass: 1, done: size - 1, of: size });
    expect(heard.at(-1)).toEqual({ pass: 2, done: 20, of: 20 });
  });
});

describe('whatever is done to a record, some check fails', () => {
  const publication = fc.constantFrom('openings', 'totals');
  const linesOf = (given: string): readonly string[] => (given === 'openings' ? whole : totals).lines;
  /** Also puts every verdict into words, whatever it is. */
  const statusAfter = async (bytes: Uint8Array): Promise<Verdict['status']> => {
    const verdict = await verifyRecord(nodePrimitives, bytesSource(bytes));
    const sentences = verdict.checks.flatMap((check) => [sentenceOf(check), sentenceOf(check, 'fr')]);
    expect(sentences.filter((sentence) => sentence === '' || sentence.includes('undefined'))).toEqual([]);
    return verdict.status;
  };

  test('any byte flipped', async () => {
    await fc.assert(
      fc.asyncProperty(
        publication,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (given, place, flip) => {
          const bytes = bytesOf(linesOf(given));
          const at = place % bytes.length;
          bytes[at] = (bytes[at] ?? 0) ^ flip;
          expect(await statusAfter(bytes)).toBe('failed');
        },
      ),
      { numRuns: 120 },
    );
  }, 120_000);

  test('any line repeated, dropped, or exchanged with another', async () => {
    await fc.assert(
      fc.asyncProperty(publication, fc.nat(), fc.nat(), async (given, one, two) => {
        const lines = linesOf(given);
        const [a, b] = [one % lines.length, two % lines.length];
        fc.pre(a !== b);
        const repeated = lines.toSpliced(b, 0, lines[a] ?? '');
        const exchanged = lines.with(a, lines[b] ?? '').with(b, lines[a] ?? '');
        // a record of totals without its last line is the record of before the count
        const dropped = lines.toSpliced(Math.min(a, lines.length - 2), 1);
        for (const changed of [repeated, exchanged, dropped]) {
          expect(await statusAfter(bytesOf(changed))).toBe('failed');
        }
      }),
      { numRuns: 50 },
    );
  }, 120_000);

  test('any cut within a line, any bytes that are no record', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.uint8Array({ maxLength: 200 }), async (place, noise) => {
        const bytes = bytesOf(whole.lines);
        const cut = place % bytes.length;
        const isLineEnd = bytes[cut - 1] === 0x0a;
        expect(await statusAfter(bytes.slice(0, isLineEnd ? cut - 1 : cut))).toBe('failed');
        expect(await statusAfter(Uint8Array.from(noise))).toBe('failed');
        expect(await statusAfter(Uint8Array.from([...bytes, ...noise, 0x20]))).toBe('failed');
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});

describe('many batches', () => {
  const size = 200;
  let election: TestElection;
  let lines: readonly string[];
  let openings: readonly string[];

  beforeAll(async () => {
    election = await testElection({ publication: 'totals', rollSize: size, seed: 'batches' });
    const ballots = [];
    for (let index = 0; index < size; index++) ballots.push(await cast(election, { plaintext: HONEST }));
    ({ lines, openings } = await buildRecord(election, ballots, {
      lost: 0,
      away: 0,
      serverSealed: 0,
      events: [],
      closedAt: '2026-03-06T17:05:00Z',
      countedAt: '2026-03-06T18:00:00Z',
    }));
  });

  test('worker threads and one thread give the same verdict, to the line', async () => {
    const ballot = size + 1;
    const spoilt = edited(edited(lines, ballot + 150, 'proof', 'A'.repeat(86)), ballot + 66, 'c', 'A');
    const cases = [
      { lines, openings },
      { lines: swapped(spoilt, ballot + 127), openings: openings.slice(0, 129) },
      { lines, openings: edited(openings, 131, 'r', 'A'.repeat(342)) },
    ];
    for (const given of cases) {
      const options = { openings: sourceOf(given.openings) };
      const alone = await verify(given.lines, options);
      const together = await verify(given.lines, {
        ...options,
        startChecker: (terms) => poolChecker(terms, 2),
      });
      expect(together).toEqual(alone);
      expect(alone.status).toBe(given === cases[0] ? 'not-checked' : 'failed');
    }
  }, 120_000);

  test('tells the line of the first failure and how many there are', async () => {
    const spoilt = [70, 140, 199].reduce(
      (sofar, at) => edited(sofar, size + 1 + at, 'proof', 'A'.repeat(86)),
      lines,
    );
    const { checks } = await verify(spoilt);
    expect(checks[1]).toMatchObject({ id: 'V2', status: 'failed', line: size + 2 + 70, failures: 3 });
  });
});

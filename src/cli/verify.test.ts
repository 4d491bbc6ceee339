import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { toBase64url } from '../protocol/bytes.ts';
import { type Twenty, twentyBallots } from '../testing/record/twenty.ts';
import { edited } from '../testing/vectors/record-lines.ts';
import { verify } from './verify.ts';

let folder: string;
let totals: Twenty;
let printed: string;
let complained: string;

const write = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return path;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'votix-verify-'));
  totals = await twentyBallots('totals', 'verify command');
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  printed = '';
  complained = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((complained += String(text)), true));
});
afterEach(() => vi.restoreAllMocks());

describe('exit codes', () => {
  test('0 where everything holds', async () => {
    const link = `https://vote.example/vote/${totals.links[0]?.link}#${toBase64url(totals.election.terms.digest)}`;
    const code = await verify(write('record.jsonl', totals.lines), {
      openings: write('openings.jsonl', totals.openings),
      receipt: write('receipt.json', totals.receipts.slice(0, 1)),
      link,
    });
    expect(code).toBe(0);
    expect(printed).toContain('Board of the Choir');
    expect(printed).toContain('issued - count = 2');
    expect(printed).toContain('your ballot is in the record');
    expect(printed.trimEnd().endsWith('Everything holds.')).toBe(true);
    expect(complained).toBe('');
  });

  test('3 where something was not checked, which it names', async () => {
    expect(await verify(write('record.jsonl', totals.lines), {})).toBe(3);
    expect(printed).toContain('V1, V6, V7, V8');
    expect(printed).toContain('--openings');
  });

  test('1 where something fails, which it names', async () => {
    const record = write('moved.jsonl', edited(totals.lines, 1, 'marked', 'yes'));
    expect(await verify(record, {})).toBe(1);
    expect(printed).toContain('V5, V11 failed');
    expect(printed).toContain('line 2: a line that is not a canonical record line');
  });

  test('1 for a file that is no record', async () => {
    expect(await verify(write('other.txt', ['hello']), {})).toBe(1);
  });

  test('1 for a receipt that is none', async () => {
    const record = write('record.jsonl', totals.lines);
    expect(await verify(record, { receipt: write('not-a-receipt.json', ['{}']) })).toBe(1);
    expect(printed).toContain('V10 FAILED');
  });

  test.each(['openings', 'receipt'] as const)('2 for %s that cannot be read', async (name) => {
    const record = write('record.jsonl', totals.lines);
    expect(await verify(record, { [name]: join(folder, 'absent') })).toBe(2);
    expect(complained).toContain('absent cannot be read');
    expect(printed).toBe('');
  });

  test('2 for a record that cannot be read', async () => {
    expect(await verify(join(folder, 'absent'), {})).toBe(2);
    expect(await verify(folder, {})).toBe(2);
  });
});

test('--json gives every check with its sentence', async () => {
  await verify(write('record.jsonl', totals.lines), { json: true });
  const told = JSON.parse(printed) as { status: string; checks: { id: string; sentence: string }[] };
  expect(told.status).toBe('not-checked');
  expect(told.checks.map(({ id }) => id)).toEqual(Array.from({ length: 11 }, (_, index) => `V${index + 1}`));
  expect(told.checks.every(({ sentence }) => sentence.length > 0)).toBe(true);
});

test('nothing in a record reaches the terminal as a control character', async () => {
  const title = 'Board\u001b[2J\u009b1A\u202e';
  await verify(write('title.jsonl', edited(totals.lines, 0, 'manifest.title', title)), {});
  expect(printed).toContain('Board\uFFFD[2J\uFFFD1A\uFFFD');
  expect(printed).not.toContain('\u001b');
});

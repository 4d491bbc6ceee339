import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { odsOf, textRow, xlsxOf } from '../../../testing/workbooks.ts';
import { readRoll } from './read-roll.ts';
import { MAX_FILE_BYTES } from './roll-reading.ts';

const FREE = { domains: null, promotions: null, buildings: null };
const SECONDS = 5;
const MEGABYTES = 512;
const PROGRAM = fileURLToPath(new URL('../../../testing/measure-roll.ts', import.meta.url));

interface Measured {
  readonly cpuMilliseconds: number;
  readonly peakMegabytes: number;
  readonly steps: number;
  readonly voters: number;
  readonly errors: number;
  readonly fileError: string | null;
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolls-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Reads the bytes in a process of its own, so that its memory can be told from that of the tests. */
async function measure(bytes: Uint8Array | string): Promise<Measured> {
  const path = join(folder, 'roll');
  await writeFile(path, bytes);
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', PROGRAM, path]);
  return JSON.parse(stdout) as Measured;
}

/** Lies about the unfolded size of every entry of an archive. */
function withLyingSizes(file: Uint8Array): Uint8Array {
  const lying = Buffer.from(file);
  for (let at = lying.indexOf('PK\u0001\u0002'); at >= 0; at = lying.indexOf('PK\u0001\u0002', at + 1)) {
    lying.writeUInt32LE(10, at + 24);
  }
  return new Uint8Array(lying);
}

let packedBomb: Uint8Array | null = null;
/** A workbook of 100 KB that unfolds to 105 MB. */
const bomb = (): Uint8Array => (packedBomb ??= xlsxOf({ rows: ' '.repeat(105 * 1024 * 1024) }));

const PERSON_ROWS = 100_000;
const numbered = (count: number, row: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => row(index)).join('');

describe('100,000 people', () => {
  it('as text, within memory and with progress', async () => {
    const text = `nom;prénom;email;promotion\n${numbered(PERSON_ROWS, (index) => `Morel${index};Zoé;z${index}@example.org;E1\n`)}`;
    const measured = await measure(text);
    expect(measured).toMatchObject({ voters: PERSON_ROWS, errors: 0, fileError: null, steps: 100 });
    expect(measured.peakMegabytes).toBeLessThan(256);
  });

  it('as a workbook, within memory and with progress', async () => {
    const people = numbered(PERSON_ROWS, (index) => textRow(`Morel${index}`, 'Zoé', `z${index}@example.org`));
    const measured = await measure(xlsxOf({ rows: textRow('nom', 'prénom', 'email') + people }));
    expect(measured).toMatchObject({ voters: PERSON_ROWS, errors: 0, fileError: null, steps: 100 });
    expect(measured.peakMegabytes).toBeLessThan(384);
  });
});

describe('hostile tables are read or refused within 5 s of processor time and 512 MB', () => {
  const header = textRow('nom', 'email');
  const cases: ReadonlyArray<
    readonly [name: string, make: () => Uint8Array | string, fileError: string | null]
  > = [
    ['a million rows', () => `nom;email\n${'a;b\n'.repeat(1_000_000)}`, null],
    ['a million rows without header', () => 'a;b\n'.repeat(1_000_000), 'NO_EMAIL_COLUMN'],
    ['five million empty lines', () => `nom;email${'\n'.repeat(5_000_000)}`, 'EMPTY_FILE'],
    ['five million cells in a row', () => ';'.repeat(5_000_000), 'EMPTY_FILE'],
    ['a million quoted cells', () => `nom;email\n${'"";'.repeat(1_500_000)}`, 'EMPTY_FILE'],
    ['white space inside cells', () => `nom;email\n${`a${' '.repeat(30_000)}b;\n`.repeat(150)}`, null],
    ['a cell of brackets', () => `nom;email\n${`a;${'<'.repeat(30_000)}>\n`.repeat(150)}`, null],
    ['over 5 MB', () => 'a'.repeat(MAX_FILE_BYTES + 1), 'TOO_LARGE'],
    [
      'a text in a million cells',
      () =>
        xlsxOf({
          rows: header + '<row><c t="s"><v>0</v></c></row>'.repeat(1_000_000),
          strings: `<si><t>${'é'.repeat(32_000)}</t></si>`,
        }),
      'TOO_LARGE',
    ],
    [
      'a million cells in the last column',
      () => xlsxOf({ rows: header + '<row><c r="XFD1"><v>1</v></c></row>'.repeat(1_000_000) }),
      'TOO_LARGE',
    ],
    ['a zip bomb', () => bomb(), 'TOO_LARGE'],
    ['a zip bomb that lies about its size', () => withLyingSizes(bomb()), 'TOO_LARGE'],
    ['billion laughs', () => odsOf(`<a>${'&lol9;'.repeat(1000)}</a>`), 'UNSUPPORTED_FORMAT'],
  ];

  it.each(cases)('%s', { timeout: 60_000 }, async (_, make, fileError) => {
    const measured = await measure(make());
    expect(measured.fileError).toBe(fileError);
    expect(measured.cpuMilliseconds).toBeLessThan(SECONDS * 1000);
    expect(measured.peakMegabytes).toBeLessThan(MEGABYTES);
  });
});

describe('headers and cells that want to be more than text', () => {
  const read = (text: string) => readRoll(new TextEncoder().encode(text), FREE);

  it('named __proto__, constructor or toString change nothing', () => {
    const reading = read('__proto__,constructor,toString,nom,prénom,email\n{},x,y,Doe,Jo,a@b.org');
    expect(reading.voters).toStrictEqual([
      { line: 2, last_name: 'Doe', first_name: 'Jo', email: 'a@b.org', promotion: '', building: '' },
    ]);
    expect(Object.getPrototypeOf(reading.voters[0])).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('with the settings named like them match only themselves', () => {
    const settings = { ...FREE, promotions: ['E1'] };
    const bytes = new TextEncoder().encode('nom,prénom,email,promo\nDoe,Jo,a@b.org,__proto__');
    expect(readRoll(bytes, settings).errors[0]?.code).toBe('PROMOTION_UNKNOWN');
  });

  it('with NUL read as without', () => {
    expect(read('no\0m;pré\0nom;email\nD\0oe;Jo;a@b\0.org').voters).toMatchObject([
      { last_name: 'Doe', email: 'a@b.org' },
    ]);
  });

  it.each([
    ['HTML', '<html><body><table><tr><td>nom</td></tr></table></body></html>'],
    ['a PDF', '%PDF-1.4\n1 0 obj\nnom;email'],
    ['a PDF behind other lines', 'x\n%PDF-1.4\n1 0 obj'],
    [
      'XML with entities',
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    ],
  ])('%s named .csv is refused', (_, text) => {
    expect(read(text).file_error).toBe('UNSUPPORTED_FORMAT');
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { validateCsv } from './validate-csv.ts';

const sample = (name: string): string =>
  fileURLToPath(new URL(`../testing/samples/rolls/${name}`, import.meta.url));

let folder = '';
let out = '';
let err = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolls-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => {
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function written(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe('validate-csv --json', () => {
  it('prints the shape of the roll format, keys in its order', async () => {
    const settings = await written(
      'usual.json',
      '{"domains":["example.org","etu.example.org"],"promotions":["E1","E2","E3","E4","E5"],"buildings":["Perrault","Dupont","Marne-la-Vallée"]}',
    );
    const file = sample('07-libreoffice-all-quoted.csv');
    expect(await validateCsv({ file, json: true, settings })).toBe(3);
    const expected: unknown = JSON.parse(await readFile(`${file}.expected.json`, 'utf8'));
    expect(JSON.stringify(JSON.parse(out))).toBe(JSON.stringify(expected));
  });

  it('prints a file error in the same shape', async () => {
    const file = sample('25-lone-quote.csv');
    expect(await validateCsv({ file, json: true })).toBe(3);
    const expected: unknown = JSON.parse(await readFile(`${file}.expected.json`, 'utf8'));
    expect(JSON.stringify(JSON.parse(out))).toBe(JSON.stringify(expected));
  });
});

describe('validate-csv for people', () => {
  it('prints all errors with their lines and a summary', async () => {
    const settings = await written('domains.json', '{"domains":["example.org","etu.example.org"]}');
    expect(await validateCsv({ file: sample('13-email-errors.csv'), settings })).toBe(3);
    expect(out).toMatch(/^ {3}7 {2}DOMAIN_NOT_ALLOWED {2}“rose.quinault@etu.example.com” .*administrator/m);
    expect(out).toMatch(/^ {2}13 {2}EMAIL_DUPLICATE .* on line 2,/m);
    expect(out).toMatch(/4 voters can be imported, 19 rows cannot \(21 errors\)\n$/);
  });

  it('says one sentence for a file that cannot be read', async () => {
    expect(await validateCsv({ file: sample('26-web-page.csv') })).toBe(3);
    expect(out).toMatch(/UNSUPPORTED_FORMAT: .*\.xlsx/);
    expect(out.trimEnd()).not.toContain('\n');
  });

  it('checks no list that it does not know', async () => {
    expect(await validateCsv({ file: sample('08-uvote-style.csv') })).toBe(0);
    expect(out).toMatch(/7 voters can be imported, 0 rows cannot \(0 errors\)\n$/);
  });

  it('lets no cell reach the terminal as a command', async () => {
    const file = await written('escape.csv', 'nom;prénom;email\nDoe;Jo;\u001B[2Jx\u202E\u009B2J');
    expect(await validateCsv({ file })).toBe(3);
    for (const command of ['\u001B', '\u009B', '\u202E']) expect(out).not.toContain(command);
  });

  it('refuses files over 5 MB unless told otherwise', async () => {
    const file = await written(
      'large.csv',
      `nom;prénom;email\n${`Doe;Jo;a@b.org${' '.repeat(5000)}\n`.repeat(1100)}`,
    );
    expect(await validateCsv({ file })).toBe(3);
    expect(out).toContain('TOO_LARGE');
    out = '';
    await validateCsv({ file, maxMegabytes: '6' });
    expect(out).toContain('1 voter can be imported, 1,099 rows cannot');
  });
});

describe('wrong usage', () => {
  it.each([
    ['a file that is not there', { file: '/nowhere/roll.csv' }, /cannot be read: ENOENT/],
    ['a folder', { file: tmpdir() }, /cannot be read: EISDIR/],
    [
      'settings that are not there',
      { file: sample('22-empty.csv'), settings: '/nowhere/S.json' },
      /settings .*ENOENT/,
    ],
    ['a limit that is no number', { file: sample('22-empty.csv'), maxMegabytes: '1e9' }, /--max-megabytes/],
  ])('%s', async (_, options, message) => {
    expect(await validateCsv(options)).toBe(2);
    expect(err).toMatch(message);
    expect(out).toBe('');
  });

  it.each(['{', '[]', '{"domains":"example.org"}', '{"domain":["example.org"]}', '{"promotions":[1]}'])(
    'settings such as %s',
    async (text) => {
      const settings = await written('wrong.json', text);
      expect(await validateCsv({ file: sample('22-empty.csv'), settings })).toBe(2);
      expect(err).toMatch(/^the settings /);
    },
  );
});

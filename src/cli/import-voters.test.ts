import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../config.ts';
import { accept } from '../protocol/outcome.ts';
import { type Runtime, closeRuntime, openRuntime } from '../runtime.ts';
import { loadSettings, saveSettings } from '../store/settings.ts';
import { draftElection } from '../testing/draft-election.ts';
import { armedElection } from '../testing/election.ts';
import { type ImportVotersOptions, importVotersCommand } from './import-voters.ts';
import { validateCsv } from './validate-csv.ts';

let folder = '';
let draft = '';
let armed = '';
let out = '';
let err = '';

/** Works on the installation that the commands see, while none of them runs. */
async function within<T>(work: (runtime: Runtime) => Promise<T>): Promise<T> {
  const runtime = await openRuntime(readConfig());
  try {
    return await work(runtime);
  } finally {
    await closeRuntime(runtime);
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'votix-import-'));
  vi.stubEnv('VAR_DIR', join(folder, 'var'));
  vi.stubEnv('LOG_DIR', join(folder, 'logs'));
  vi.stubEnv('LOGO_DIR', join(folder, 'logos'));
  await within(async (runtime) => {
    draft = await draftElection(runtime);
    armed = (await armedElection(runtime, { voters: 1, state: 'armed' })).id;
  });
  await writeFile(join(folder, 'good.csv'), 'nom;prénom;courriel\nÉluard;Vera;vera@school.example\n');
  await writeFile(
    join(folder, 'mixed.csv'),
    'nom;prénom;courriel\nÉluard;Vera-Maria;vera@school.example\nHamon;;v@x\nJoly;Tess;tess@school.example\n',
  );
  await writeFile(join(folder, 'letter.txt'), 'Dear all,\nplease vote.\n');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});
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

const run = (file: string, options: Partial<ImportVotersOptions> = {}): Promise<number> =>
  importVotersCommand({ election: draft, file: join(folder, file), ...options });

describe('import-voters', () => {
  it('says what would happen, then does it, and does nothing the second time', async () => {
    expect(await run('good.csv', { dryRun: true })).toBe(0);
    expect(out).toContain('1 would be added');
    expect(await run('good.csv', { json: true })).toBe(0);
    expect(JSON.parse(out.split('\n')[1] ?? '')).toEqual({
      election: draft,
      isDryRun: false,
      added: 1,
      updated: 0,
      kept: 0,
      refused: 0,
      errors: [],
    });
    expect(await run('good.csv')).toBe(0);
    expect(out).toContain('0 added, 0 updated, 1 on the roll already');
  });

  it('imports nothing of a file with errors (3), unless told to leave them out (5)', async () => {
    expect(await run('mixed.csv')).toBe(3);
    expect(err).toContain('ROLL_HAS_ERRORS');
    expect(err).toMatch(/3 {2}NAME_MISSING/);
    expect(await run('mixed.csv', { onlyValid: true, update: true })).toBe(5);
    expect(out).toContain('1 added, 1 updated, 0 on the roll already, 1 rows with errors left out');
    expect(await run('letter.txt', { json: true })).toBe(3);
    expect(JSON.parse(out.split('\n').at(-2) ?? '')).toEqual({ errors: [], fileError: 'NOT_A_TABLE' });
    expect(err).toContain('"code":"ROLL_UNREADABLE"');
  });

  it('sends links afterwards, and says before it reads anything that they cannot be sent yet (4)', async () => {
    expect(await run('good.csv', { sendLink: true })).toBe(4);
    expect(err).toContain('NOT_ARMED');
    expect(await run('good.csv', { election: armed, sendLink: true })).toBe(0);
    expect(out).toContain('1 added');
    expect(out).toContain('2 links sent');
  });

  it('wants one election, a file that is there, and a sensible limit (2)', async () => {
    expect(await importVotersCommand({ file: join(folder, 'good.csv') })).toBe(2);
    expect(err).toContain('there are several elections');
    expect(await run('absent.csv')).toBe(2);
    expect(await run('good.csv', { maxMegabytes: '0' })).toBe(2);
  });
});

describe('validate-csv', () => {
  it('holds a roll to the lists in the database, unless other settings are named', async () => {
    const file = join(folder, 'good.csv');
    expect(await validateCsv({ file })).toBe(0);
    await within(async (runtime) => {
      const settings = await loadSettings(runtime.store.read, runtime.environment);
      await runtime.store.inTransaction(async (trx) => {
        await saveSettings(trx, { ...settings, domains: ['elsewhere.example'] }, ['domains']);
        return accept(true);
      });
    });
    expect(await validateCsv({ file })).toBe(3);
    expect(out).toContain('DOMAIN_NOT_ALLOWED');
    await writeFile(join(folder, 'any.json'), '{}');
    expect(await validateCsv({ file, settings: join(folder, 'any.json') })).toBe(0);
  });
});

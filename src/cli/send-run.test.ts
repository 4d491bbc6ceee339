import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../config.ts';
import { type Runtime, closeRuntime, openRuntime } from '../runtime.ts';
import { armedElection } from '../testing/election.ts';
import { pdfPages } from '../testing/pdf-text.ts';
import { exportSheetsCommand } from './export-sheets.ts';
import { sendRunCommand } from './send-run.ts';

let folder = '';
let election = '';
let out = '';
let err = '';

async function within<T>(work: (runtime: Runtime) => Promise<T>): Promise<T> {
  const runtime = await openRuntime(readConfig());
  try {
    return await work(runtime);
  } finally {
    await closeRuntime(runtime);
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'votix-run-'));
  vi.stubEnv('VAR_DIR', join(folder, 'var'));
  vi.stubEnv('LOG_DIR', join(folder, 'logs'));
  vi.stubEnv('LOGO_DIR', join(folder, 'logos'));
  election = await within(
    async (runtime) => (await armedElection(runtime, { voters: 3, state: 'armed' })).id,
  );
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

const mails = (): Promise<number> =>
  within(async ({ store }) => (await store.read.selectFrom('mail').select('id').execute()).length);

describe('e-mails to many voters', () => {
  it('a dry run counts and writes nothing; the run sends; the second finds nothing to do', async () => {
    expect(await sendRunCommand('invitation', { election, json: true, dryRun: true })).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ election, kind: 'invitation', toSend: 3, sent: 0 });
    expect(await mails()).toBe(0);
    expect(await sendRunCommand('invitation', { election })).toBe(0);
    expect(out).toContain('3 e-mails sent, 0 refused');
    expect(await mails()).toBe(3);
    expect(await sendRunCommand('invitation', { election })).toBe(0);
    expect(out).toContain('0 e-mails sent, 0 refused');
  });

  it('says why it cannot be sent now, also to a dry run', async () => {
    expect(await sendRunCommand('reminder', { election, dryRun: true })).toBe(4);
    expect(await sendRunCommand('result', { election })).toBe(4);
    expect(err).toContain('NOT_OPEN');
    expect(err).toContain('NOT_PUBLISHED');
  });
});

describe('export-sheets', () => {
  it('writes a file that only its owner reads, and never over another', async () => {
    const sheets = join(folder, 'sheets');
    expect(await exportSheetsCommand({ election, out: sheets, withLinks: true })).toBe(0);
    const file = join(sheets, 'sheets-001.pdf');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(sheets)).mode & 0o777).toBe(0o700);
    expect(pdfPages(await readFile(file))).toHaveLength(3);
    expect(await exportSheetsCommand({ election, out: sheets })).toBe(2);
    expect(err).toContain('exists already');
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { readConfig } from '../config.ts';
import { accept } from '../protocol/outcome.ts';
import { closeRuntime, openRuntime } from '../runtime.ts';
import { appendAudit } from '../store/audit.ts';
import { auditExportCommand, auditVerifyCommand } from './audit.ts';

const folder = mkdtempSync(join(tmpdir(), 'votix-audit-'));
let said = '';

beforeAll(async () => {
  for (const [name, path] of Object.entries({ VAR_DIR: 'var', LOG_DIR: 'logs', LOGO_DIR: 'logos' })) {
    vi.stubEnv(name, join(folder, path));
  }
  const runtime = await openRuntime(readConfig());
  await runtime.store.inTransaction(async (trx) => {
    for (const title of ['Board', 'Council', 'Chair']) {
      await appendAudit(trx, { at: 1, actor: 'cli', kind: 'election-created', fields: { title } });
    }
    return accept(true);
  });
  await closeRuntime(runtime);
  const keep = (chunk: unknown): boolean => {
    said += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
});
beforeEach(() => {
  said = '';
});
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('tells the digest of the last entry, and finds one that was noted', async () => {
  expect(await auditVerifyCommand({ json: true })).toBe(0);
  const { entries, digest } = JSON.parse(said) as { entries: number; digest: string };
  expect(entries).toBe(3);
  expect(await auditVerifyCommand({ contains: digest })).toBe(0);
  expect(await auditVerifyCommand({ contains: '0'.repeat(64) })).toBe(7);
  expect(await auditVerifyCommand({ contains: 'not a digest' })).toBe(2);
});

it('exports into a new file, and overwrites none', async () => {
  const out = join(folder, 'log.jsonl');
  expect(await auditExportCommand({ out, format: 'json' })).toBe(0);
  const titles = readFileSync(out, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { fields: { title: string } }).fields.title);
  expect(titles).toEqual(['Board', 'Council', 'Chair']);
  expect(await auditExportCommand({ out, format: 'json' })).toBe(2);
});

it('finds the entry that was changed, with exit code 7', async () => {
  const database = new Database(join(folder, 'var', 'votix.sqlite'));
  database.exec("drop trigger audit_entry_no_update; update audit_entry set actor = 'olive' where seq = 2");
  database.close();
  expect(await auditVerifyCommand({})).toBe(7);
  expect(said).toContain('broken at entry 2');
});

import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLog } from './logger.ts';
import { accept, refuse } from './protocol/outcome.ts';
import { databaseFile } from './runtime.ts';
import { appendAudit } from './store/audit.ts';
import { StoreBusy } from './store/store.ts';
import { openTestRuntime } from './testing/runtime.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'votix-logs-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const linesOf = (file: string): Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const written = (name: string) => linesOf(join(folder, name));
const rotated = (): string[] => readdirSync(folder).filter((name) => name.startsWith('app.log'));

describe('a log file', () => {
  it('holds one line an event, whatever a name holds', () => {
    const name = 'Vera\r\n{"level":30,"msg":"forged"}\u2028\u2029\u0085\u001b[2K\u202egpj\u{e0041}';
    const log = openLog(folder);
    log.app.info({ name }, name);
    log.close();
    const text = readFileSync(join(folder, 'app.log'), 'utf8');
    expect(text.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(written('app.log')).toMatchObject([{ name, msg: name }]);
  });

  it('begins anew each UTC day, and after 10 MB', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-01T23:59:00Z') });
    const log = openLog(folder);
    log.app.info('yesterday');
    vi.setSystemTime(Date.parse('2026-03-02T00:00:00Z'));
    log.app.info('today');
    expect(written('app.log')).toMatchObject([{ msg: 'today' }]);
    expect(written('app.log.1')).toMatchObject([{ msg: 'yesterday' }]);
    for (let i = 0; i < 11; i++) log.app.info('x'.repeat(1024 * 1024));
    expect(rotated()).toHaveLength(3);
    log.close();
  });

  it('of an earlier day is put away at the first line after a restart', () => {
    const file = join(folder, 'app.log');
    appendFileSync(file, '{"msg":"old"}\n');
    utimesSync(file, new Date('2026-03-01'), new Date('2026-03-01'));
    const log = openLog(folder);
    log.app.info('new');
    log.close();
    expect(written('app.log.1')).toEqual([{ msg: 'old' }]);
  });

  it('is put away once by two processes that write it, and loses no line', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
    const [server, command] = [openLog(folder), openLog(folder)];
    server.app.info('server 1');
    command.app.info('command 1');
    vi.setSystemTime(Date.parse('2026-03-02T12:00:00Z'));
    server.app.info('server 2');
    command.app.info('command 2');
    expect(rotated()).toHaveLength(2);
    expect(written('app.log').map(({ msg }) => msg)).toEqual(['server 2', 'command 2']);
    expect(written('app.log.1').map(({ msg }) => msg)).toEqual(['server 1', 'command 1']);
    server.close();
    command.close();
  });

  it('may be full or closed without stopping anything', () => {
    const log = openLog(folder);
    log.close();
    expect(() => log.app.info('too late')).not.toThrow();
  });

  it('is one of fifteen at most', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
    const log = openLog(folder);
    for (let day = 0; day < 20; day++) {
      log.app.info(`day ${day}`);
      vi.advanceTimersByTime(86_400_000);
    }
    log.close();
    expect(rotated()).toHaveLength(15);
  });
});

describe('what the database tells', () => {
  it('is the schema it was brought to, and who did what: no names, no values, nothing that was undone', async () => {
    const runtime = await openTestRuntime();
    const act = { at: 0, kind: 'candidate-removed', fields: { name: 'Ada' } } as const;
    await runtime.store.inTransaction(async (trx) => {
      await appendAudit(trx, { ...act, actor: 'olive@school.example' });
      await appendAudit(trx, { ...act, actor: 'clock' });
      return accept(true);
    });
    await runtime.store.inTransaction(async (trx) => {
      await appendAudit(trx, { ...act, actor: 'undone@school.example' });
      return refuse('NOT_FOUND');
    });
    const admin = linesOf(join(runtime.config.logDir, 'admin.log'));
    expect(admin).toMatchObject([{ actor: 'olive@school.example', kind: 'candidate-removed' }]);
    expect(JSON.stringify(admin)).not.toContain('Ada');
    const database = linesOf(join(runtime.config.logDir, 'database.log'));
    expect(database).toMatchObject([{ migrations: expect.arrayContaining(['0001_foundation']) }]);
    await runtime.cleanup();
  });

  it('names a commit that another process did not let happen', { timeout: 20_000 }, async () => {
    const runtime = await openTestRuntime();
    const other = new Database(databaseFile(runtime.config));
    other.exec('begin immediate');
    const tried = runtime.store.inTransaction(() => Promise.resolve(accept(true)));
    await expect(tried).rejects.toThrow(StoreBusy);
    other.close();
    const database = linesOf(join(runtime.config.logDir, 'database.log'));
    expect(database.at(-1)).toMatchObject({ code: 'StoreBusy' });
    await runtime.cleanup();
  });
});

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLastBackup } from '../last-backup.ts';
import { accept } from '../protocol/outcome.ts';
import { closeRuntime, openRuntime } from '../runtime.ts';
import { takeServerLock } from '../store/server-lock.ts';
import { type BuiltElection, armedElection } from '../testing/election.ts';
import { type TestRuntime, temporaryRuntime } from '../testing/runtime.ts';
import { markVoter } from '../store/roll-marks.ts';
import { startWitness, witnessFile } from '../witness.ts';
import { MANIFEST_FILE, digestOfFile } from './backup-manifest.ts';
import { makeBackup } from './make-backup.ts';
import { planRestore, restoreBackup } from './restore-backup.ts';

const LOGO = `${'a'.repeat(64)}.webp`;
const NOW = Date.parse('2026-03-02T10:00:00Z');

let test: TestRuntime;
let election: BuiltElection;
let out: string;

beforeEach(async () => {
  test = await temporaryRuntime();
  election = await armedElection(test.runtime, { voters: 5 });
  out = join(test.folder, 'backup');
});
afterEach(() => test.dispose());

const backUp = (isSecretLeftOut = false) =>
  makeBackup(test.runtime.config, { out, now: NOW, isSecretLeftOut, onProgress: () => undefined });

const plan = (over: { expectedVoted?: number } = {}) =>
  planRestore(test.runtime.config, { from: out, witness: undefined, expectedVoted: over.expectedVoted });

/** Marks voters as issuing a credential does. */
const mark = (from: number, to: number) =>
  test.runtime.store.inTransaction(async (trx) => {
    for (const { id } of election.voters.slice(from, to))
      await markVoter(trx, id, new Uint8Array(32).fill(7));
    return accept(undefined);
  });

const marks = async (): Promise<number> => {
  const rows = await test.runtime.store.read
    .selectFrom('voter')
    .select('id')
    .where('is_marked', '=', 1)
    .execute();
  return rows.length;
};

/** Carries a plan out as the command does, with nothing open; then opens everything again. */
async function restored() {
  const planned = await plan();
  if (!planned.ok) return planned;
  const { config } = test.runtime;
  let done: Awaited<ReturnType<typeof restoreBackup>> | undefined;
  await test.restart(async () => {
    done = await restoreBackup(config, planned.value, NOW);
  });
  return done;
}

describe('a backup', () => {
  it('holds database, secret and logos, readable by the owner alone, and no count of ballots', async () => {
    writeFileSync(join(test.runtime.config.logoDir, LOGO), 'picture');
    mkdirSync(join(test.folder, 'mail'));
    writeFileSync(join(test.folder, 'mail', 'kept.eml'), 'a link');
    await mark(0, 2);
    const made = await backUp();
    expect(made).toMatchObject({ ok: true, value: { secret: 'in-backup' } });
    expect(new Set(readdirSync(out, { recursive: true, encoding: 'utf8' }))).toEqual(
      new Set(['backup.json', 'logos', `logos/${LOGO}`, 'secret.key', 'votix.sqlite']),
    );
    for (const name of ['backup.json', 'secret.key', 'votix.sqlite']) {
      expect(statSync(join(out, name)).mode & 0o077).toBe(0);
    }
    const told = readFileSync(join(out, MANIFEST_FILE), 'utf8');
    expect(told).toContain('"marked": 2');
    expect(told).not.toMatch(/ballot|count|sealed/);
    expect(readLastBackup(test.runtime.config)).toEqual({ at: NOW });
  });

  it('leaves the secret out where asked, and says so', async () => {
    expect(await backUp(true)).toMatchObject({ ok: true, value: { secret: 'left-out' } });
    expect(existsSync(join(out, 'secret.key'))).toBe(false);
  });

  it('keeps the page size and the order of keys, which hide the order of casting', async () => {
    await backUp();
    const copy = new Database(join(out, 'votix.sqlite'), { readonly: true });
    expect(copy.pragma('page_size', { simple: true })).toBe(16_384);
    expect(copy.prepare("select sql from sqlite_schema where name = 'ballot'").pluck().get()).toMatch(
      /without rowid/i,
    );
    expect(copy.pragma('freelist_count', { simple: true })).toBe(0);
    copy.close();
  });

  it('is refused where there is no database, and where it is damaged, and leaves nothing behind', async () => {
    const elsewhere = { ...test.runtime.config, varDir: join(test.folder, 'nowhere') };
    const request = { out, now: NOW, isSecretLeftOut: false, onProgress: () => undefined };
    expect(await makeBackup(elsewhere, request)).toMatchObject({ code: 'NO_DATABASE' });
    mkdirSync(elsewhere.varDir);
    writeFileSync(join(elsewhere.varDir, 'votix.sqlite'), Buffer.alloc(65_536, 7));
    expect(await makeBackup(elsewhere, request)).toMatchObject({ code: 'DATABASE_DAMAGED' });
    expect(readdirSync(test.folder).filter((name) => name.startsWith('backup'))).toEqual([]);
  });
});

describe('restoring', () => {
  it('brings back the state of the backup, keeps what was there, and audits it', async () => {
    await mark(0, 2);
    await backUp();
    await mark(2, 3);
    expect(await restored()).toMatchObject({ ok: true });
    expect(await marks()).toBe(2);
    const entry = await test.runtime.store.read
      .selectFrom('audit_entry')
      .select(['kind', 'fields'])
      .orderBy('seq', 'desc')
      .executeTakeFirst();
    expect(entry).toEqual({ kind: 'restored', fields: '{"lost":1,"madeAt":"2026-03-02T10:00:00.000Z"}' });
    const aside = readdirSync(test.folder).find((name) => name.startsWith('votix.sqlite.before-restore'));
    const old = new Database(join(test.folder, aside ?? ''), { readonly: true });
    expect(old.prepare('select count(*) from voter where is_marked = 1').pluck().get()).toBe(3);
    old.close();
    expect(readdirSync(test.folder)).not.toContain('restore.unfinished');
  });

  it('ends the sessions that come back with it', async () => {
    const { store } = test.runtime;
    await store.inTransaction(async (trx) => {
      const staff = { email: 'olive@school.example', name: 'Olive', role: 'admin', created_at: 1 } as const;
      const id = '00000000-0000-4000-8000-000000000001';
      await trx
        .insertInto('staff')
        .values({ id, ...staff })
        .execute();
      const times = { created_at: 1, seen_at: 1, confirmed_at: 1 };
      const secret_digest = new Uint8Array(32);
      await trx
        .insertInto('staff_session')
        .values({ secret_digest, staff_id: id, ...times })
        .execute();
      return accept(undefined);
    });
    await backUp();
    await restored();
    expect(await test.runtime.store.read.selectFrom('staff_session').selectAll().execute()).toEqual([]);
  });

  it('works on a fresh machine, with the secret of the backup', async () => {
    await backUp();
    const folder = join(test.folder, 'fresh');
    const config = {
      ...test.runtime.config,
      varDir: folder,
      logDir: join(folder, 'logs'),
      logoDir: join(folder, 'logos'),
    };
    const planned = await planRestore(config, { from: out, witness: undefined, expectedVoted: undefined });
    if (!planned.ok) throw new Error(planned.code);
    expect(planned.value.losses).toEqual({ votes: 0, acts: 0, elections: [] });
    expect(await restoreBackup(config, planned.value, NOW)).toEqual({ ok: true, value: [] });
    const there = await openRuntime(config);
    const probe = (secret: typeof there.secret) => Buffer.from(secret.derive('probe')).toString('hex');
    expect(probe(there.secret)).toBe(probe(test.runtime.secret));
    await closeRuntime(there);
  });

  it.each([
    ['a changed byte in the database', (folder: string) => flip(join(folder, 'votix.sqlite')), 'was changed'],
    ['a missing secret', (folder: string) => rmSync(join(folder, 'secret.key')), 'cannot be read'],
  ])('refuses %s', async (_, damage, fault) => {
    await backUp();
    damage(out);
    const refused = await plan();
    expect(refused).toMatchObject({ ok: false, code: 'BACKUP_DAMAGED' });
    expect(refused.ok ? '' : String(refused.detail['fault'])).toContain(fault);
  });

  it('refuses a backup whose data contradicts itself, though its digests fit', async () => {
    await backUp();
    const database = new Database(join(out, 'votix.sqlite'));
    database.exec(
      "drop trigger audit_entry_no_update; update audit_entry set actor = 'nobody' where seq = 1",
    );
    database.close();
    await resign();
    const refused = await plan();
    expect(refused).toMatchObject({ code: 'BACKUP_DAMAGED' });
    expect(refused.ok ? '' : String(refused.detail['fault'])).toContain('entry 1 of the audit log');
  });

  it('refuses what a newer program made, another secret, a folder without a backup', async () => {
    await backUp(true);
    const elsewhere = { ...test.runtime.config, varDir: join(test.folder, 'nowhere') };
    const request = { from: out, witness: undefined, expectedVoted: undefined };
    expect(await planRestore(elsewhere, request)).toMatchObject({ code: 'OTHER_SECRET' });
    const database = new Database(join(out, 'votix.sqlite'));
    database.prepare('insert into kysely_migration values (?, ?)').run('9999_future', 'now');
    database.close();
    await resign();
    expect(await plan()).toMatchObject({ code: 'BACKUP_NEWER', detail: { migration: '9999_future' } });
    rmSync(join(out, MANIFEST_FILE));
    expect(await plan()).toMatchObject({ code: 'NOT_A_BACKUP' });
  });

  it('lets no manifest lead out of its folder', async () => {
    await backUp();
    const file = join(out, MANIFEST_FILE);
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { files: Record<string, unknown> };
    manifest.files['../votix.sqlite'] = manifest.files['votix.sqlite'];
    writeFileSync(file, JSON.stringify(manifest));
    expect(await plan()).toMatchObject({ code: 'NOT_A_BACKUP' });
  });

  it('is refused beside a running server', async () => {
    await backUp();
    const planned = await plan();
    if (!planned.ok) throw new Error(planned.code);
    const lock = takeServerLock(join(test.folder, 'server.lock'));
    expect(await restoreBackup(test.runtime.config, planned.value, NOW)).toMatchObject({
      code: 'SERVER_RUNS',
    });
    lock?.release();
  });
});

describe('what is lost', () => {
  it('is seen in the present database', async () => {
    await mark(0, 2);
    await backUp();
    await mark(2, 5);
    const found = await plan();
    expect(found.ok && found.value.losses).toMatchObject({
      votes: 3,
      elections: [{ title: 'General assembly', votes: 3, isWhole: false }],
    });
  });

  it('is seen from the witness where the database is gone', async () => {
    await mark(0, 2);
    await backUp();
    await mark(2, 5);
    await startWitness(test.runtime)();
    expect(existsSync(witnessFile(test.runtime.config))).toBe(true);
    await test.restart(async () => {
      writeFileSync(join(test.folder, 'votix.sqlite'), 'not a database any more');
      const found = await plan();
      if (!found.ok) throw new Error(found.code);
      expect(found.value.losses.votes).toBe(3);
      expect(await restoreBackup(test.runtime.config, found.value, NOW)).toMatchObject({ ok: true });
    });
    expect(await marks()).toBe(2);
  });

  it('is seen where somebody has counted, and where a whole election is newer', async () => {
    await mark(0, 2);
    await backUp();
    const counted = await plan({ expectedVoted: 4 });
    expect(counted.ok && counted.value.losses).toMatchObject({ votes: 2, elections: [] });
    await armedElection(test.runtime, { title: 'The newer one', voters: 1 });
    const newer = await plan();
    expect(newer.ok && newer.value.losses.elections).toEqual([
      { title: 'The newer one', votes: 0, isWhole: true },
    ]);
    expect(newer.ok && newer.value.losses.acts).toBeGreaterThan(0);
  });
});

function flip(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

/** What somebody does who changes a backup and knows its format. */
async function resign(): Promise<void> {
  const file = join(out, MANIFEST_FILE);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { files: Record<string, unknown> };
  manifest.files['votix.sqlite'] = await digestOfFile(join(out, 'votix.sqlite'));
  writeFileSync(file, JSON.stringify(manifest));
}

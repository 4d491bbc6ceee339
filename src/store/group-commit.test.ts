import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accept, refuse } from '../protocol/outcome.ts';
import { openSqlite } from './sqlite.ts';
import { type Store, StoreBusy, type Transaction } from './store.ts';

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'votix-'));
  store = await openSqlite(join(folder, 'votix.sqlite'));
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const write = async (trx: Transaction, name: string, value = 'x') => {
  await trx.insertInto('setting').values({ name, value }).execute();
};
const names = async () => {
  const rows = await store.read.selectFrom('setting').select('name').orderBy('name').execute();
  return rows.map((row) => row.name);
};

describe('inTransaction', () => {
  it('keeps what is accepted, and it can be read at once', async () => {
    await store.inTransaction(async (trx) => accept(await write(trx, 'kept')));
    expect(await names()).toEqual(['kept']);
  });

  it('rolls back a refusal', async () => {
    const outcome = await store.inTransaction(async (trx) => {
      await write(trx, 'gone');
      return refuse('NOT_OPEN');
    });
    expect(outcome).toMatchObject({ ok: false, code: 'NOT_OPEN' });
    expect(await names()).toEqual([]);
  });

  it('rolls back a throw and rejects with it, without harm to the others of the group', async () => {
    const works = Array.from({ length: 20 }, (_, i) =>
      store.inTransaction(async (trx) => {
        await write(trx, `work-${String(i).padStart(2, '0')}`);
        if (i % 5 === 0) throw new Error(`fault ${i}`);
        return accept(i);
      }),
    );
    const settled = await Promise.allSettled(works);
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(4);
    expect(await names()).toHaveLength(16);
  });

  it('shows each work what the one before it wrote, so that two of a kind cannot both pass', async () => {
    const claims = Array.from({ length: 50 }, () =>
      store.inTransaction(async (trx) => {
        const taken = await trx
          .selectFrom('setting')
          .select('name')
          .where('name', '=', 'one')
          .executeTakeFirst();
        if (taken !== undefined) return refuse('ALREADY_VOTED');
        await write(trx, 'one');
        return accept(true);
      }),
    );
    const outcomes = await Promise.all(claims);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  });

  it('waits for another process that holds the file, without blocking reads', async () => {
    const other = new Database(join(folder, 'votix.sqlite'));
    other.exec('begin immediate');
    const waiting = store.inTransaction(async (trx) => accept(await write(trx, 'patient')));
    expect(await names()).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    other.exec('rollback');
    other.close();
    await waiting;
    expect(await names()).toEqual(['patient']);
  });

  it('gives up after five seconds with StoreBusy, and works again afterwards', async () => {
    const other = new Database(join(folder, 'votix.sqlite'));
    other.exec('begin immediate');
    await expect(store.inTransaction(async (trx) => accept(await write(trx, 'late')))).rejects.toBeInstanceOf(
      StoreBusy,
    );
    other.exec('rollback');
    other.close();
    await store.inTransaction(async (trx) => accept(await write(trx, 'later')));
    expect(await names()).toEqual(['later']);
  });
});

describe('the write-ahead log', () => {
  it('is emptied when the store closes: no order of commits stays behind', async () => {
    for (let i = 0; i < 50; i++)
      await store.inTransaction(async (trx) => accept(await write(trx, `row-${i}`)));
    const log = join(folder, 'votix.sqlite-wal');
    expect(statSync(log).size).toBeGreaterThan(0);
    await store.close();
    expect(existsSync(log) ? statSync(log).size : 0).toBe(0);
    store = await openSqlite(join(folder, 'votix.sqlite'));
    expect(await names()).toHaveLength(50);
  });
});

describe('the schema', () => {
  const bytes = (seed: number) => new Uint8Array(32).fill(seed);

  it('refuses to change or delete what was cast or said', async () => {
    await store.inTransaction(async (trx) => {
      const seq = { seq: 1, at: 1, election_id: null, actor: 'cli', kind: 'opened', fields: '{}' };
      await trx
        .insertInto('audit_entry')
        .values({ ...seq, previous_digest: bytes(0), digest: bytes(1) })
        .execute();
      return accept(undefined);
    });
    const change = store.inTransaction(async (trx) => {
      await trx.updateTable('audit_entry').set({ actor: 'nobody' }).execute();
      return accept(undefined);
    });
    await expect(change).rejects.toThrow('never changed');
    const removal = store.inTransaction(async (trx) => {
      await trx.deleteFrom('audit_entry').execute();
      return accept(undefined);
    });
    await expect(removal).rejects.toThrow('never changed');
  });
});

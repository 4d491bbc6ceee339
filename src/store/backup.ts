import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { migrations } from '../../migrations/index.ts';
import { moduleBeside, startWorker } from '../protocol/node/start-worker.ts';
import type { CopyFault } from './backup-worker.ts';
import type { Schema } from './schema.ts';
import type { Reader } from './store.ts';

const LOOK_EVERY_MS = 100;

const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

/**
 * Copies a database into the new file `to` as it was at one instant, beside whoever writes to it (VACUUM INTO: one read
 * transaction, which no writer starts anew). The copy has no free pages, its rows lie in the order of their keys, and it
 * is not yet synced to disk. `onProgress` gets bytes. Rejects with SQLite's error, whose `code` is SQLITE_FULL where the
 * disk is.
 */
export async function copyDatabase(
  from: string,
  to: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const total = sizeOf(from);
  const looking = setInterval(() => onProgress(Math.min(sizeOf(to), total), total), LOOK_EVERY_MS);
  try {
    await new Promise<void>((resolve, reject) => {
      const worker = startWorker(moduleBeside(import.meta.url, 'backup-worker'), {
        workerData: { from, to },
      });
      worker.once('message', ({ message, code }: CopyFault) =>
        reject(Object.assign(new Error(message), { code })),
      );
      worker.once('error', reject);
      worker.once('exit', () => resolve());
    });
  } finally {
    clearInterval(looking);
  }
  onProgress(total, total);
}

/** A database file that is only looked at, the one of a backup above all. */
export interface OpenedCopy {
  readonly read: Reader;
  /** What `integrity_check` or `foreign_key_check` says first; undefined where all is well. Reads the whole file. */
  fault(): string | undefined;
  /** Whether it is laid out so that acknowledged writes stay and the order of casting does not show. */
  isDurable(): boolean;
  /** The names of the migrations that made its schema. */
  migrations(): Promise<readonly string[]>;
  /** Of them, the first that this program does not know: a newer one made the file. */
  unknownMigration(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Opens a file that no server works on, or one that may be worked on. Throws where it is no database. */
export function openCopy(file: string): OpenedCopy {
  const database = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 });
  const read = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) });
  const applied = async (): Promise<readonly string[]> => {
    const rows = await read
      .withTables<{ kysely_migration: { name: string } }>()
      .selectFrom('kysely_migration')
      .select('name')
      .orderBy('name')
      .execute();
    return rows.map(({ name }) => name);
  };
  return {
    read,
    fault: () => {
      const integrity = database.pragma('integrity_check(1)', { simple: true });
      if (integrity !== 'ok') return String(integrity);
      const [broken] = database.pragma('foreign_key_check') as readonly { table: string; parent: string }[];
      return broken === undefined ? undefined : `a row of ${broken.table} has lost its ${broken.parent}`;
    },
    isDurable: () =>
      database.pragma('journal_mode', { simple: true }) === 'wal' &&
      database.pragma('page_size', { simple: true }) === 16_384,
    migrations: applied,
    unknownMigration: async () => (await applied()).find((name) => !Object.hasOwn(migrations, name)),
    close: () => read.destroy(),
  };
}

/**
 * Empties the write-ahead log of a database that nobody works on, so that the file alone holds everything; a damaged one
 * is left as it is.
 */
export function settleDatabase(file: string): void {
  try {
    const database = new Database(file, { fileMustExist: true, timeout: 5_000 });
    try {
      database.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      database.close();
    }
  } catch {
    // it is put aside with its log beside it
  }
}

import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type DialectAdapter, Kysely, SqliteAdapter, type SqliteDatabase, SqliteDialect } from 'kysely';
import { GroupCommit } from './group-commit.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';
import type { Store } from './store.ts';

/** SQLite's DDL is transactional, though Kysely says otherwise: a migration killed midway must leave the old schema. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class EmbeddedDialect extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return new TransactionalDdlAdapter();
  }
}

const MOST_STATEMENTS = 200;

/** Keeps statements prepared: preparing one takes longer than running the short ones that voting is made of. */
function keepingStatements(database: Database.Database): SqliteDatabase {
  const kept = new Map<string, Database.Statement>();
  return {
    close: () => database.close(),
    prepare(text) {
      const known = kept.get(text);
      // One that is being walked through cannot be run a second time.
      const statement = known === undefined || known.busy ? database.prepare(text) : known;
      if (kept.size >= MOST_STATEMENTS) kept.clear();
      kept.set(text, statement);
      return statement;
    },
  };
}

/** How often the write-ahead log, which lists commits in their order, is emptied into the database. */
const CHECKPOINT_EVERY_MS = 30_000;
/** For the start only, where another process may be writing: afterwards a busy database is waited for in GroupCommit. */
const START_TIMEOUT_MS = 5_000;

/**
 * Opens (or makes) the embedded database and brings its schema up to date. 16 KB pages and tables without rowid keep
 * the order of casting out of the file (4 KB overflow pages give it away), and the log is truncated regularly; FULL
 * makes every acknowledged write survive a power cut.
 */
export async function openSqlite(file: string): Promise<Store> {
  const isNew = !existsSync(file);
  const writer = new Database(file, { timeout: START_TIMEOUT_MS });
  if (isNew) writer.pragma('page_size = 16384');
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = FULL');
  writer.pragma('foreign_keys = ON');
  writer.pragma('secure_delete = ON');
  writer.pragma('trusted_schema = OFF');
  // what a savepoint may have to undo is kept in memory: pages of the urn never go to a temporary file
  writer.pragma('temp_store = MEMORY');
  writer.pragma('wal_autocheckpoint = 256');
  assertDurable(writer);

  const writing = new Kysely<Schema>({
    dialect: new EmbeddedDialect({ database: keepingStatements(writer) }),
  });
  const migrated = await migrate(writing);
  writer.pragma('busy_timeout = 0');

  const reader = new Database(file, { timeout: 5_000 });
  reader.pragma('query_only = ON');

  const read = new Kysely<Schema>({ dialect: new SqliteDialect({ database: keepingStatements(reader) }) });
  const commits = new GroupCommit(writer, writing);
  const checkpoints = setInterval(() => commits.truncateLog(), CHECKPOINT_EVERY_MS).unref();
  return {
    read,
    inTransaction: (work) => commits.run(work),
    migrated,
    watch: (watch) => commits.watch(watch),
    close: async () => {
      clearInterval(checkpoints);
      await commits.settled();
      await read.destroy();
      commits.truncateLog();
      await writing.destroy();
    },
  };
}

/** better-sqlite3 turns synchronous=NORMAL on in WAL mode when it is not told otherwise: never trust, ask. */
function assertDurable(database: Database.Database): void {
  const ask = (name: string): string => String(database.pragma(name, { simple: true }));
  const [synchronous, journal, pageSize] = ['synchronous', 'journal_mode', 'page_size'].map(ask);
  if (synchronous !== '2' || journal !== 'wal' || pageSize !== '16384') {
    throw new Error(
      `the database is not durable: synchronous=${synchronous} journal=${journal} page=${pageSize}`,
    );
  }
}

import Database from 'better-sqlite3';

export interface ServerLock {
  release(): void;
}

/**
 * Takes the one place of a server beside its database file; undefined where another process holds it. The lock is the
 * kernel's, on a file of its own (the database itself stays free for the command line), so that `kill -9` frees it.
 */
export function takeServerLock(file: string): ServerLock | undefined {
  const database = new Database(file, { timeout: 0 });
  try {
    database.pragma('journal_mode = DELETE');
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))
      return undefined;
    throw error;
  }
  return { release: () => database.close() };
}

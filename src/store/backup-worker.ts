import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** What became of the copy: SQLite's errors lose their class on the way between threads. */
export interface CopyFault {
  readonly message: string;
  readonly code: string;
}

/** Copies a database in a thread of its own, where it stops nobody: see `copyDatabase`. */
const { from, to } = workerData as { readonly from: string; readonly to: string };
try {
  const database = new Database(from, { readonly: true, timeout: 5_000 });
  try {
    database.prepare('vacuum into ?').run(to);
  } finally {
    database.close();
  }
} catch (error) {
  if (!(error instanceof Error && 'code' in error)) throw error;
  const fault: CopyFault = { message: error.message, code: String(error.code) };
  parentPort?.postMessage(fault, []);
}

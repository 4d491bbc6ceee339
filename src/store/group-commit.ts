import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import type { Outcome } from '../protocol/outcome.ts';
import type { Schema } from './schema.ts';
import { type OfficialAct, StoreBusy, type StoreWatch, type Transaction } from './store.ts';

interface Job {
  /** Runs inside a savepoint; answers how to settle the caller once the commit is on disk. */
  readonly run: (trx: Transaction) => Promise<{ keep: boolean; settle: () => void }>;
  readonly fail: (reason: unknown) => void;
}

const LARGEST_GROUP = 64;
/** Under load a commit waits so long for more works: one fsync for twenty instead of eight. A lone work never waits. */
const GATHER_MS = 3;
const LONGEST_WAIT_MS = 5_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');

/**
 * One writer for one SQLite file: works that wait together are committed together, each in a savepoint of its own, and
 * answered after the one fsync they share. A busy database is waited for without blocking the event loop.
 */
export class GroupCommit {
  readonly #database: Database;
  readonly #trx: Transaction;
  readonly #queue: Job[] = [];
  /** While works are being committed; settles when none is left. */
  #draining: Promise<void> | undefined;
  #isLogToBeTruncated = false;
  readonly #watches: StoreWatch[] = [];

  constructor(database: Database, db: Kysely<Schema>) {
    this.#database = database;
    this.#trx = Object.assign(db, { inTransaction: true as const, acts: [] });
  }

  run<T, Code extends string>(
    work: (trx: Transaction) => Promise<Outcome<T, Code>>,
  ): Promise<Outcome<T, Code>> {
    return new Promise((resolve, reject) => {
      this.#queue.push({
        run: async (trx) => {
          const outcome = await work(trx);
          return { keep: outcome.ok, settle: () => resolve(outcome) };
        },
        fail: reject,
      });
      this.#draining ??= this.#drain();
    });
  }

  /** Tells `watch` what happens from now on. */
  watch(watch: StoreWatch): void {
    this.#watches.push(watch);
  }

  /** Resolves when every work handed in has been answered. */
  async settled(): Promise<void> {
    await this.#draining;
  }

  /**
   * Empties the write-ahead log, between two groups: it keeps commits in their order, and with them the order of
   * casting. Where another connection is reading, the next call does it.
   */
  truncateLog(): void {
    this.#isLogToBeTruncated = true;
    if (this.#draining === undefined) this.#checkpoint();
  }

  #checkpoint(): void {
    this.#isLogToBeTruncated = false;
    try {
      this.#database.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // a full disk or an I/O error: works must go on being answered, and the next call tries again
    }
  }

  async #drain(): Promise<void> {
    // one turn of the event loop, so that requests that arrived together share the first commit
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) {
      if (this.#queue.length > 1 && this.#queue.length < LARGEST_GROUP / 2) await pause(GATHER_MS);
      await this.#commitGroup(this.#queue.splice(0, LARGEST_GROUP));
      if (this.#isLogToBeTruncated) this.#checkpoint();
    }
    this.#draining = undefined;
  }

  async #commitGroup(group: readonly Job[]): Promise<void> {
    const settled: (() => void)[] = [];
    const acts: OfficialAct[] = [];
    const startedAt = performance.now();
    try {
      await this.#begin();
      for (const job of group) settled.push(await this.#inSavepoint(job, acts));
      this.#database.exec('commit');
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('rollback');
      for (const job of group) job.fail(error);
      for (const watch of this.#watches) watch.failed?.(error);
      return;
    }
    // callers first: no watch may come between a commit and its answer
    for (const settle of settled) settle();
    for (const watch of this.#watches) {
      watch.committed?.(group.length, (performance.now() - startedAt) / 1_000);
      for (const act of acts) watch.acted?.(act);
    }
  }

  async #inSavepoint(job: Job, acts: OfficialAct[]): Promise<() => void> {
    this.#database.exec('savepoint work');
    this.#trx.acts.length = 0;
    try {
      const { keep, settle } = await job.run(this.#trx);
      if (keep) acts.push(...this.#trx.acts);
      this.#database.exec(keep ? 'release work' : 'rollback to work; release work');
      return settle;
    } catch (error) {
      // an I/O error or a full disk may have rolled the whole transaction back: then the group fails together
      if (!this.#database.inTransaction) throw error;
      this.#database.exec('rollback to work; release work');
      return () => job.fail(error);
    }
  }

  async #begin(): Promise<void> {
    const until = Date.now() + LONGEST_WAIT_MS;
    for (let wait = 5; ; wait = Math.min(wait * 2, 100)) {
      try {
        this.#database.exec('begin immediate');
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (Date.now() >= until) throw new StoreBusy('the database is locked by another process');
        await pause(wait);
      }
    }
  }
}

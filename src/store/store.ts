import type { Kysely } from 'kysely';
import type { Outcome } from '../protocol/outcome.ts';
import type { Schema } from './schema.ts';

/** A handle whose statements commit together or not at all; made by `inTransaction` only. */
export type Transaction = Kysely<Schema> & { readonly inTransaction: true };

/** Anything that can be asked: the reading connection, or a transaction. */
export type Reader = Kysely<Schema>;

/** The database did not come free within five seconds; the caller may try again. Becomes a 503 with Retry-After. */
export class StoreBusy extends Error {
  override readonly name = 'StoreBusy';
}

export type CommitWatch = (works: number, seconds: number) => void;

export interface Store {
  /** Sees what is committed, and never waits on a writer. */
  readonly read: Reader;
  /**
   * Runs `work` alone on the writing side; commits on an accepted outcome, rolls back on a refusal or a throw, and
   * answers after the commit is on disk. Several works may share one commit (group commit): nothing may leave the
   * process inside `work`, and it must await nothing but the database; a long one also gives the event loop its turns.
   */
  inTransaction<T, Code extends string>(
    work: (trx: Transaction) => Promise<Outcome<T, Code>>,
  ): Promise<Outcome<T, Code>>;
  /** Calls `watch` after every commit with the works that shared it and the seconds it took. */
  watchCommits(watch: CommitWatch): void;
  close(): Promise<void>;
}

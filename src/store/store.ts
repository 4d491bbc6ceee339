import type { Kysely } from 'kysely';
import type { AuditKind } from '../domain/audit-events.ts';
import type { Outcome } from '../protocol/outcome.ts';
import type { Schema } from './schema.ts';

/** Who did what: all that is told of an official act outside of the audit log. */
export interface OfficialAct {
  readonly actor: string;
  readonly kind: AuditKind;
}

/** A handle whose statements commit together or not at all; made by `inTransaction` only. */
export type Transaction = Kysely<Schema> & {
  readonly inTransaction: true;
  /** The acts of the work under way; told once they are on disk. */
  readonly acts: OfficialAct[];
};

/** Anything that can be asked: the reading connection, or a transaction. */
export type Reader = Kysely<Schema>;

/** The database did not come free within five seconds; the caller may try again. Becomes a 503 with Retry-After. */
export class StoreBusy extends Error {
  override readonly name = 'StoreBusy';
}

/** What the database tells of itself: never a statement, never a value. */
export interface StoreWatch {
  /** After every commit: the works that shared it and the seconds it took. */
  committed?(works: number, seconds: number): void;
  /** After the commit that holds the act. */
  acted?(act: OfficialAct): void;
  /** A commit did not happen; its works were told. */
  failed?(error: unknown): void;
}

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
  /** The names of the migrations that opening it applied. */
  readonly migrated: readonly string[];
  /** Tells `watch` what happens from now on. */
  watch(watch: StoreWatch): void;
  close(): Promise<void>;
}

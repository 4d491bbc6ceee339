import type { Bytes } from '../protocol/bytes.ts';
import type { Transaction } from './store.ts';

export interface TriesWindow {
  /** Tries in the window, this one included. */
  readonly tries: number;
  readonly startedAt: number;
}

/** Counts one more try of a subject in its window of `windowMs`, a new window where the last one is over. */
export async function countTry(
  trx: Transaction,
  subjectDigest: Bytes,
  now: number,
  windowMs: number,
): Promise<TriesWindow> {
  await trx
    .deleteFrom('sign_in_tries')
    .where('window_started_at', '<=', now - windowMs)
    .execute();
  const row = await trx
    .insertInto('sign_in_tries')
    .values({ subject_digest: subjectDigest, window_started_at: now, tries: 1 })
    .onConflict((conflict) =>
      conflict
        .column('subject_digest')
        .doUpdateSet((update) => ({ tries: update('sign_in_tries.tries', '+', 1) })),
    )
    .returning(['tries', 'window_started_at'])
    .executeTakeFirstOrThrow();
  return { tries: row.tries, startedAt: row.window_started_at };
}

/** A right password clears the account's count. */
export async function clearTries(trx: Transaction, subjectDigest: Bytes): Promise<void> {
  await trx.deleteFrom('sign_in_tries').where('subject_digest', '=', subjectDigest).execute();
}

/** Takes back one counted try: what turned out right never counted as wrong. */
export async function uncountTry(trx: Transaction, subjectDigest: Bytes): Promise<void> {
  await trx
    .updateTable('sign_in_tries')
    .set((update) => ({ tries: update('tries', '-', 1) }))
    .where('subject_digest', '=', subjectDigest)
    .execute();
}

import type { Selectable } from 'kysely';
import type { Bytes } from '../protocol/bytes.ts';
import type { PendingPurpose, Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

export type PendingSignIn = Selectable<Schema['pending_sign_in']>;

const LIFE_MS = 5 * 60_000;

/** Stores a sign-in half way, or a challenge, for five minutes, and clears away those that are over. */
export async function insertPending(
  trx: Transaction,
  row: Omit<PendingSignIn, 'expires_at'>,
  now: number,
): Promise<void> {
  await trx.deleteFrom('pending_sign_in').where('expires_at', '<=', now).execute();
  await trx
    .insertInto('pending_sign_in')
    .values({ ...row, expires_at: now + LIFE_MS })
    .execute();
}

export interface PendingKey {
  readonly secretDigest: Bytes;
  readonly purpose: PendingPurpose;
  readonly now: number;
}

export const findPending = (reader: Reader, key: PendingKey): Promise<PendingSignIn | undefined> =>
  reader
    .selectFrom('pending_sign_in')
    .selectAll()
    .where('secret_digest', '=', key.secretDigest)
    .where('purpose', '=', key.purpose)
    .where('expires_at', '>', key.now)
    .executeTakeFirst();

/** Uses a pending sign-in up: of two that come at once, one gets it. */
export const takePending = (trx: Transaction, key: PendingKey): Promise<PendingSignIn | undefined> =>
  trx
    .deleteFrom('pending_sign_in')
    .where('secret_digest', '=', key.secretDigest)
    .where('purpose', '=', key.purpose)
    .where('expires_at', '>', key.now)
    .returningAll()
    .executeTakeFirst();

/** Forgets the second steps and challenges that wait for a person. */
export async function deletePendingOf(trx: Transaction, staffId: string): Promise<void> {
  await trx.deleteFrom('pending_sign_in').where('staff_id', '=', staffId).execute();
}

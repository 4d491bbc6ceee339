import type { Insertable, Selectable } from 'kysely';
import type { Bytes } from '../protocol/bytes.ts';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

export type ElectionKeyRow = Selectable<Schema['election_key']>;
export type KeyCopyRow = Selectable<Schema['key_copy']>;

export const findElectionKey = (reader: Reader, electionId: string): Promise<ElectionKeyRow | undefined> =>
  reader.selectFrom('election_key').selectAll().where('election_id', '=', electionId).executeTakeFirst();

/** Copies of the key file that were proven, by their number. */
export const listKeyCopies = (reader: Reader, electionId: string): Promise<KeyCopyRow[]> =>
  reader.selectFrom('key_copy').selectAll().where('election_id', '=', electionId).orderBy('copy').execute();

/** Puts a new election key in the place of any other: what was proven or frozen with the old one is forgotten. */
export async function replaceElectionKey(
  trx: Transaction,
  key: Insertable<Schema['election_key']>,
): Promise<void> {
  const { election_id } = key;
  for (const table of ['key_challenge', 'manifest', 'server_key', 'public_event', 'election_key'] as const) {
    await trx.deleteFrom(table).where('election_id', '=', election_id).execute();
  }
  await trx.insertInto('election_key').values(key).execute();
}

export async function insertChallenge(trx: Transaction, row: Schema['key_challenge']): Promise<void> {
  await trx
    .deleteFrom('key_challenge')
    .where('expires_at', '<', row.expires_at - 86_400_000)
    .execute();
  await trx.insertInto('key_challenge').values(row).execute();
}

/** Takes a challenge out of the database: it is answered once, rightly or wrongly. */
export async function takeChallenge(
  trx: Transaction,
  electionId: string,
  nonce: Bytes,
): Promise<Selectable<Schema['key_challenge']> | undefined> {
  return trx
    .deleteFrom('key_challenge')
    .where('nonce', '=', nonce)
    .where('election_id', '=', electionId)
    .returningAll()
    .executeTakeFirst();
}

/** Notes that a copy of the key file was read and answered its challenge. */
export async function recordKeyCopy(
  trx: Transaction,
  electionId: string,
  copy: number,
  provenAt: number,
): Promise<void> {
  await trx
    .insertInto('key_copy')
    .values({ election_id: electionId, copy, proven_at: provenAt })
    .onConflict((conflict) => conflict.columns(['election_id', 'copy']).doUpdateSet({ proven_at: provenAt }))
    .execute();
  await trx
    .updateTable('election_key')
    .set({ proven_at: provenAt })
    .where('election_id', '=', electionId)
    .execute();
}

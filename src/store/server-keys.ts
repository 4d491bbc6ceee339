import type { Insertable, Selectable } from 'kysely';
import { plain } from './record.ts';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

export type ServerKeyRow = Selectable<Schema['server_key']>;

/** The sealed private halves of urn key and credential key. The latter is null once voting has closed. */
export async function findServerKey(
  reader: Reader,
  electionId: string,
): Promise<Pick<ServerKeyRow, 'urn_public' | 'sealed_urn_key' | 'sealed_credential_key'> | undefined> {
  const row = await reader
    .selectFrom('server_key')
    .select(['urn_public', 'sealed_urn_key', 'sealed_credential_key'])
    .where('election_id', '=', electionId)
    .executeTakeFirst();
  return row && { ...row, urn_public: plain(row.urn_public) };
}

export async function insertServerKey(
  trx: Transaction,
  electionId: string,
  keys: Omit<Insertable<Schema['server_key']>, 'election_id'>,
): Promise<void> {
  await trx
    .insertInto('server_key')
    .values({ election_id: electionId, ...keys })
    .execute();
}

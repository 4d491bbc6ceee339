import type { Selectable } from 'kysely';
import type { Bytes } from '../protocol/bytes.ts';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

export type PasskeyRow = Selectable<Schema['passkey']>;

/** The passkeys of a person, oldest first. */
export const listPasskeys = (reader: Reader, staffId: string): Promise<PasskeyRow[]> =>
  reader
    .selectFrom('passkey')
    .selectAll()
    .where('staff_id', '=', staffId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();

export const findPasskey = (reader: Reader, credentialId: Bytes): Promise<PasskeyRow | undefined> =>
  reader.selectFrom('passkey').selectAll().where('credential_id', '=', credentialId).executeTakeFirst();

export async function insertPasskey(trx: Transaction, row: PasskeyRow): Promise<void> {
  await trx.insertInto('passkey').values(row).execute();
}

/** Notes a use; false where the passkey is gone or its counter moved since it was read (replay, a cloned device). */
export async function markPasskeyUsed(
  trx: Transaction,
  passkey: PasskeyRow,
  use: { readonly counter: number; readonly at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('passkey')
    .set({ counter: use.counter, used_at: use.at })
    .where('id', '=', passkey.id)
    .where('counter', '=', passkey.counter)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Removes one passkey of a person; false where they have none such. */
export async function deletePasskey(trx: Transaction, staffId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('passkey')
    .where('id', '=', id)
    .where('staff_id', '=', staffId)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

export async function deletePasskeysOf(trx: Transaction, staffId: string): Promise<void> {
  await trx.deleteFrom('passkey').where('staff_id', '=', staffId).execute();
}

import type { Selectable } from 'kysely';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

export type RegistrationRow = Selectable<Schema['registration']>;

/** Keeps what somebody asks for, and forgets what of that election was asked before `before`. */
export async function keepRegistration(
  trx: Transaction,
  registration: Omit<RegistrationRow, 'confirmed_at'>,
  before: number,
): Promise<void> {
  await trx
    .deleteFrom('registration')
    .where('election_id', '=', registration.election_id)
    .where('created_at', '<', before)
    .execute();
  await trx
    .insertInto('registration')
    .values({ ...registration, confirmed_at: null })
    .execute();
}

export const findRegistration = (reader: Reader, id: string): Promise<RegistrationRow | undefined> =>
  reader.selectFrom('registration').selectAll().where('id', '=', id).executeTakeFirst();

export async function confirmRegistrationRow(trx: Transaction, id: string, now: number): Promise<void> {
  await trx.updateTable('registration').set({ confirmed_at: now }).where('id', '=', id).execute();
}

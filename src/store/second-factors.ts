import type { Selectable } from 'kysely';
import type { Bytes } from '../protocol/bytes.ts';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

export type SecondFactor = Selectable<Schema['second_factor']>;

export const findSecondFactor = (reader: Reader, staffId: string): Promise<SecondFactor | undefined> =>
  reader.selectFrom('second_factor').selectAll().where('staff_id', '=', staffId).executeTakeFirst();

/** Stores a secret that is not yet in use, in place of one that never came into use. */
export async function proposeSecondFactor(
  trx: Transaction,
  row: Pick<SecondFactor, 'staff_id' | 'sealed_secret' | 'created_at'>,
): Promise<void> {
  await trx
    .deleteFrom('second_factor')
    .where('staff_id', '=', row.staff_id)
    .where('is_active', '=', 0)
    .execute();
  await trx
    .insertInto('second_factor')
    .values({ ...row, last_counter: 0, is_active: 0 })
    .execute();
}

export async function activateSecondFactor(trx: Transaction, staffId: string): Promise<void> {
  await trx.updateTable('second_factor').set({ is_active: 1 }).where('staff_id', '=', staffId).execute();
}

/** Marks a 30-second step as used; false where this step or a later one has been used (replay). */
export async function takeCounter(trx: Transaction, staffId: string, counter: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('second_factor')
    .set({ last_counter: counter })
    .where('staff_id', '=', staffId)
    .where('last_counter', '<', counter)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function insertRecoveryCodes(
  trx: Transaction,
  staffId: string,
  digests: readonly Bytes[],
): Promise<void> {
  await trx
    .insertInto('recovery_code')
    .values(digests.map((code_digest) => ({ code_digest, staff_id: staffId })))
    .execute();
}

/** Uses a recovery code up; false where there is none such. */
export async function takeRecoveryCode(trx: Transaction, staffId: string, digest: Bytes): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('recovery_code')
    .where('code_digest', '=', digest)
    .where('staff_id', '=', staffId)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

export async function countRecoveryCodes(reader: Reader, staffId: string): Promise<number> {
  const { count } = await reader
    .selectFrom('recovery_code')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('staff_id', '=', staffId)
    .executeTakeFirstOrThrow();
  return count;
}

/** The authenticator app and its recovery codes. */
export async function deleteSecondFactor(trx: Transaction, staffId: string): Promise<void> {
  await trx.deleteFrom('second_factor').where('staff_id', '=', staffId).execute();
  await trx.deleteFrom('recovery_code').where('staff_id', '=', staffId).execute();
}

/** By what a person may prove themselves after the password. */
export interface SecondSteps {
  readonly hasCode: boolean;
  readonly hasPasskey: boolean;
}

export async function secondStepsOf(reader: Reader, staffId: string): Promise<SecondSteps> {
  const factor = await findSecondFactor(reader, staffId);
  const passkey = await reader
    .selectFrom('passkey')
    .select('id')
    .where('staff_id', '=', staffId)
    .limit(1)
    .executeTakeFirst();
  return { hasCode: factor?.is_active === 1, hasPasskey: passkey !== undefined };
}

/** Everybody who has a second factor. */
export async function staffWithFactor(reader: Reader): Promise<ReadonlySet<string>> {
  const rows = await reader
    .selectFrom('second_factor')
    .select('staff_id')
    .where('is_active', '=', 1)
    .union(reader.selectFrom('passkey').select('staff_id'))
    .execute();
  return new Set(rows.map(({ staff_id: staffId }) => staffId));
}

import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Bytes } from '../protocol/bytes.ts';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

export type StaffRow = Selectable<Schema['staff']>;

/** Addresses are compared without regard to case; they are stored as this makes them. */
export const normaliseAddress = (email: string): string => email.trim().toLowerCase();

export const findStaff = (reader: Reader, id: string): Promise<StaffRow | undefined> =>
  reader.selectFrom('staff').selectAll().where('id', '=', id).executeTakeFirst();

export const findStaffByEmail = (reader: Reader, email: string): Promise<StaffRow | undefined> =>
  reader.selectFrom('staff').selectAll().where('email', '=', normaliseAddress(email)).executeTakeFirst();

export const listStaff = (reader: Reader): Promise<StaffRow[]> =>
  reader.selectFrom('staff').selectAll().orderBy('name').orderBy('id').execute();

/** Whether anyone could administer the server: an enabled admin who has a password. `except` leaves one person out. */
export async function hasAdmin(reader: Reader, except = ''): Promise<boolean> {
  const row = await reader
    .selectFrom('staff')
    .select('id')
    .where('role', '=', 'admin')
    .where('is_disabled', '=', 0)
    .where('password_hash', 'is not', null)
    .where('id', '!=', except)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertStaff(trx: Transaction, row: Insertable<Schema['staff']>): Promise<void> {
  await trx.insertInto('staff').values(row).execute();
}

export async function updateStaff(
  trx: Transaction,
  id: string,
  change: Updateable<Schema['staff']>,
): Promise<void> {
  await trx.updateTable('staff').set(change).where('id', '=', id).execute();
}

/** Set-up links: one use, looked up by digest. `staffId` null is the first admin's. */
export async function replaceSetupLink(
  trx: Transaction,
  staffId: string | null,
  secretDigest: Bytes,
  now: number,
): Promise<void> {
  await deleteSetupLinks(trx, staffId);
  await trx
    .insertInto('setup_link')
    .values({ secret_digest: secretDigest, staff_id: staffId, created_at: now })
    .execute();
}

export async function deleteSetupLinks(trx: Transaction, staffId: string | null): Promise<void> {
  await trx
    .deleteFrom('setup_link')
    .where('staff_id', staffId === null ? 'is' : '=', staffId)
    .execute();
}

export const findSetupLink = (
  reader: Reader,
  secretDigest: Bytes,
): Promise<Selectable<Schema['setup_link']> | undefined> =>
  reader.selectFrom('setup_link').selectAll().where('secret_digest', '=', secretDigest).executeTakeFirst();

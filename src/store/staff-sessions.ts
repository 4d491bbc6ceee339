import type { StaffRole } from '../domain/election.ts';
import type { Bytes } from '../protocol/bytes.ts';
import { deletePendingOf } from './pending-sign-ins.ts';
import type { Reader, Transaction } from './store.ts';

/** Without a request for two hours, or twelve hours after sign-in, a session is over. */
const IDLE_MS = 2 * 3_600_000;
export const ABSOLUTE_MS = 12 * 3_600_000;

export interface SessionRow {
  readonly staff_id: string;
  readonly created_at: number;
  readonly seen_at: number;
  readonly confirmed_at: number;
  readonly email: string;
  readonly name: string;
  readonly role: StaffRole;
}

/** The live session of a secret, with its owner as they are now: disabling or re-roling someone works at once. */
export const findSession = (
  reader: Reader,
  secretDigest: Bytes,
  now: number,
): Promise<SessionRow | undefined> =>
  reader
    .selectFrom('staff_session')
    .innerJoin('staff', 'staff.id', 'staff_session.staff_id')
    .select(['staff_id', 'staff_session.created_at', 'seen_at', 'confirmed_at', 'email', 'name', 'role'])
    .where('secret_digest', '=', secretDigest)
    .where('is_disabled', '=', 0)
    .where('seen_at', '>', now - IDLE_MS)
    .where('staff_session.created_at', '>', now - ABSOLUTE_MS)
    .executeTakeFirst();

/** Stores a new session and clears away those that are over. */
export async function insertSession(
  trx: Transaction,
  secretDigest: Bytes,
  staffId: string,
  times: { readonly createdAt: number; readonly now: number },
): Promise<void> {
  const { createdAt, now } = times;
  await trx
    .deleteFrom('staff_session')
    .where((row) => row.or([row('seen_at', '<=', now - IDLE_MS), row('created_at', '<=', now - ABSOLUTE_MS)]))
    .execute();
  await trx
    .insertInto('staff_session')
    .values({
      secret_digest: secretDigest,
      staff_id: staffId,
      created_at: createdAt,
      seen_at: now,
      confirmed_at: now,
    })
    .execute();
}

export async function touchSession(trx: Transaction, secretDigest: Bytes, now: number): Promise<void> {
  await trx
    .updateTable('staff_session')
    .set({ seen_at: now })
    .where('secret_digest', '=', secretDigest)
    .execute();
}

export async function deleteSession(trx: Transaction, secretDigest: Bytes): Promise<void> {
  await trx.deleteFrom('staff_session').where('secret_digest', '=', secretDigest).execute();
}

/** Ends every session of a person, and every sign-in that is half way. */
export async function deleteSessionsOf(trx: Transaction, staffId: string): Promise<void> {
  await trx.deleteFrom('staff_session').where('staff_id', '=', staffId).execute();
  await deletePendingOf(trx, staffId);
}

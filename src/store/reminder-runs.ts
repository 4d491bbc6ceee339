import type { Selectable } from 'kysely';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

export type ReminderRun = Selectable<Schema['reminder_run']>;

/** The reminders queued last, or being queued. */
export const lastReminderRun = (reader: Reader, electionId: string): Promise<ReminderRun | undefined> =>
  reader
    .selectFrom('reminder_run')
    .selectAll()
    .where('election_id', '=', electionId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();

export async function insertReminderRun(
  trx: Transaction,
  run: Pick<ReminderRun, 'election_id' | 'number' | 'started_at'>,
): Promise<void> {
  await trx
    .insertInto('reminder_run')
    .values({ ...run, queued_at: null })
    .execute();
}

/** The last e-mail of a run is queued. */
export async function endReminderRun(
  trx: Transaction,
  electionId: string,
  number: number,
  now: number,
): Promise<void> {
  await trx
    .updateTable('reminder_run')
    .set({ queued_at: now })
    .where('election_id', '=', electionId)
    .where('number', '=', number)
    .where('queued_at', 'is', null)
    .execute();
}

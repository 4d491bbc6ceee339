import type { Selectable } from 'kysely';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

type MailPause = Selectable<Schema['mail_pause']>;

/** Holds the e-mails of an election back; answers false where they are held back already. */
export async function insertPause(trx: Transaction, pause: MailPause): Promise<boolean> {
  const result = await trx
    .insertInto('mail_pause')
    .values(pause)
    .onConflict((conflict) => conflict.column('election_id').doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0;
}

/** Lets them go on; answers false where nothing held them back. */
export async function deletePause(trx: Transaction, electionId: string): Promise<boolean> {
  const result = await trx.deleteFrom('mail_pause').where('election_id', '=', electionId).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Since when, and by whom, the e-mails of an election are held back, if they are. */
export const findPause = (reader: Reader, electionId: string): Promise<MailPause | undefined> =>
  reader.selectFrom('mail_pause').selectAll().where('election_id', '=', electionId).executeTakeFirst();

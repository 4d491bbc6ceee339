import type { HourTotal } from '../domain/turnout-hours.ts';
import type { Reader, Transaction } from './store.ts';

/** Notes how many are marked by now; the last note of an hour is what stays of it. */
export async function noteTurnout(trx: Transaction, electionId: string, total: HourTotal): Promise<void> {
  await trx
    .insertInto('turnout_hour')
    .values({ election_id: electionId, hour_at: total.hourAt, marked: total.marked })
    .onConflict((conflict) =>
      conflict.columns(['election_id', 'hour_at']).doUpdateSet({ marked: total.marked }),
    )
    .execute();
}

/** By ascending hour. */
export async function listTurnout(reader: Reader, electionId: string): Promise<HourTotal[]> {
  const rows = await reader
    .selectFrom('turnout_hour')
    .select(['hour_at', 'marked'])
    .where('election_id', '=', electionId)
    .orderBy('hour_at')
    .execute();
  return rows.map((row) => ({ hourAt: row.hour_at, marked: row.marked }));
}

import type { Selectable } from 'kysely';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

export type IncidentRow = Selectable<Schema['incident']>;

export async function insertIncident(trx: Transaction, row: IncidentRow): Promise<void> {
  await trx.insertInto('incident').values(row).execute();
}

/** In the order in which they were noted. */
export const listIncidents = (reader: Reader, electionId: string): Promise<IncidentRow[]> =>
  reader
    .selectFrom('incident')
    .selectAll()
    .where('election_id', '=', electionId)
    .orderBy('at')
    .orderBy('id')
    .execute();

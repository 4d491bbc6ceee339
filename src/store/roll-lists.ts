import type { ElectionState } from '../domain/election.ts';
import type { Reader, Transaction } from './store.ts';

/** What a roll says about a voter beside name and address. */
export type RollList = 'building' | 'promotion';

/** Rolls that can still change: what is closed keeps what it said. */
const CHANGING: readonly ElectionState[] = ['draft', 'arming', 'armed', 'open'];

const changingElections = (reader: Reader) =>
  reader.selectFrom('election').select('election.id').where('state', 'in', CHANGING);

/** Voters of rolls that can still change, by what they belong to; the names that nobody belongs to are absent. */
export async function assignedVoters(
  reader: Reader,
): Promise<Readonly<Record<RollList, ReadonlyMap<string, number>>>> {
  const rows = await reader
    .selectFrom('voter')
    .select(['building', 'promotion', (count) => count.fn.countAll<number | string>().as('voters')])
    .where('election_id', 'in', changingElections(reader))
    .groupBy(['building', 'promotion'])
    .execute();
  const counts = { building: new Map<string, number>(), promotion: new Map<string, number>() };
  for (const row of rows) {
    for (const list of ['building', 'promotion'] as const) {
      counts[list].set(row[list], (counts[list].get(row[list]) ?? 0) + Number(row.voters));
    }
  }
  return counts;
}

/** Writes another name on those rolls; empty: they belong to none from now on. */
export async function reassign(
  trx: Transaction,
  list: RollList,
  before: string,
  after: string,
): Promise<void> {
  await trx
    .updateTable('voter')
    .set({ [list]: after })
    .where('election_id', 'in', changingElections(trx))
    .where(list, '=', before)
    .execute();
}

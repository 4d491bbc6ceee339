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
  const countsOf = async (list: RollList): Promise<ReadonlyMap<string, number>> => {
    const rows = await reader
      .selectFrom('voter')
      .select([`${list} as name`, (count) => count.fn.countAll<number | string>().as('voters')])
      .where('election_id', 'in', changingElections(reader))
      .groupBy(list)
      .execute();
    return new Map(rows.map(({ name, voters }) => [name, Number(voters)]));
  };
  return { building: await countsOf('building'), promotion: await countsOf('promotion') };
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

import { sql } from 'kysely';
import type { Cell } from '../domain/participation.ts';
import type { Reader } from './store.ts';

/**
 * Registered and marked voters of each building or promotion, unmerged: only what `shownCells` leaves may reach a page,
 * a file or an answer. Reads the whole roll, since an index that held the mark would cost every vote: ask rarely.
 */
export async function participationOf(
  reader: Reader,
  electionId: string,
  by: 'building' | 'promotion',
): Promise<readonly Cell[]> {
  // not by the column itself: its index would be followed row by row, which takes three times as long as a scan
  const name = sql<string>`${sql.ref(by)} || ''`;
  const rows = await reader
    .selectFrom('voter')
    .select((query) => [
      name.as('name'),
      query.fn.countAll<number | string>().as('registered'),
      sql<number | string>`sum(is_marked)`.as('marked'),
    ])
    .where('election_id', '=', electionId)
    .groupBy(name)
    .execute();
  return rows.map((row) => ({
    name: row.name,
    registered: Number(row.registered),
    marked: Number(row.marked),
  }));
}

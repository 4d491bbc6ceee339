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
  const rows = await reader
    .selectFrom('voter')
    .select((query) => [
      `${by} as name` as const,
      query.fn.countAll<number | string>().as('registered'),
      sql<number | string>`sum(is_marked)`.as('marked'),
    ])
    .where('election_id', '=', electionId)
    .groupBy(by)
    .execute();
  return rows.map(({ name, registered, marked }) => ({
    name,
    registered: Number(registered),
    marked: Number(marked),
  }));
}

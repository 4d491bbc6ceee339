import type { Reader } from './store.ts';

/** How many are on the roll, and how many of them have been issued a credential. */
export interface RollFigures {
  readonly registered: number;
  readonly marked: number;
}

export async function rollFigures(reader: Reader, electionId: string): Promise<RollFigures> {
  const row = await reader
    .selectFrom('voter')
    .select((eb) => [
      eb.fn.countAll<number>().as('registered'),
      eb.fn.sum<number | null>('is_marked').as('marked'),
    ])
    .where('election_id', '=', electionId)
    .executeTakeFirstOrThrow();
  return { registered: row.registered, marked: row.marked ?? 0 };
}

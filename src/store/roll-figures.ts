import { sql } from 'kysely';
import type { Reader } from './store.ts';

/** How many are on the roll, and how many of them have been issued a credential. */
export interface RollFigures {
  readonly registered: number;
  readonly marked: number;
}

/** Two counts of one instant, each from an index alone: a roll of 100,000 takes milliseconds. */
export async function rollFigures(reader: Reader, electionId: string): Promise<RollFigures> {
  const { registered, marked } = await reader
    .selectNoFrom(({ selectFrom }) => {
      const roll = selectFrom('voter')
        .select((count) => count.fn.countAll<number | string>().as('voters'))
        .where('election_id', '=', electionId);
      // written out, not a parameter: only so is the partial index known to hold all that is asked for
      return [roll.as('registered'), roll.where('is_marked', '=', sql.lit(1 as const)).as('marked')];
    })
    .executeTakeFirstOrThrow();
  return { registered: Number(registered), marked: Number(marked) };
}

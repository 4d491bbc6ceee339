import type { Reader } from './store.ts';

/** How many ballots lie in the urn, from an index. Before the close this is for comparisons only: nobody is told it. */
export async function countBallots(reader: Reader, electionId: string): Promise<number> {
  const { ballots } = await reader
    .selectFrom('ballot')
    .select((of) => of.fn.count<number | string>('pk').as('ballots'))
    .where('election_id', '=', electionId)
    .executeTakeFirstOrThrow();
  return Number(ballots);
}

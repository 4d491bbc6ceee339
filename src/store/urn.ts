import type { VotingFacts } from '../domain/voting.ts';
import type { Ballot } from '../protocol/ballot.ts';
import { type Bytes, equalBytes } from '../protocol/bytes.ts';
import { plain } from './record.ts';
import type { Reader, Transaction } from './store.ts';

/** What a cast needs to know of its election; nothing of it names a voter. */
export interface UrnFacts {
  readonly facts: VotingFacts;
  /** M, once the manifest is frozen. */
  readonly manifestDigest: Bytes | undefined;
}

export async function findUrnFacts(reader: Reader, electionId: string): Promise<UrnFacts | undefined> {
  const row = await reader
    .selectFrom('election')
    .leftJoin('manifest', 'manifest.election_id', 'election.id')
    .select([
      'election.state',
      'election.opens_at',
      'election.closes_at',
      'election.grace_seconds',
      'manifest.digest',
    ])
    .where('election.id', '=', electionId)
    .executeTakeFirst();
  return (
    row && {
      facts: {
        state: row.state,
        opensAt: row.opens_at,
        closesAt: row.closes_at,
        graceSeconds: row.grace_seconds,
      },
      manifestDigest: row.digest === null ? undefined : plain(row.digest),
    }
  );
}

/** `same`: this very ballot is in the urn; `spent`: another ballot was cast with its credential. */
export async function findInUrn(
  reader: Reader,
  electionId: string,
  tracker: Bytes,
  pk: Bytes,
): Promise<'same' | 'spent' | undefined> {
  const row = await reader
    .selectFrom('ballot')
    .select('tracker')
    .where('election_id', '=', electionId)
    .where((eb) => eb.or([eb('tracker', '=', tracker), eb('pk', '=', pk)]))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return equalBytes(row.tracker, tracker) ? 'same' : 'spent';
}

/** Puts a checked ballot into the urn; false where its tracker or its pk is there already. */
export async function insertBallot(
  trx: Transaction,
  electionId: string,
  tracker: Bytes,
  { pk, c, kc, sealed, prefix, credential, proof }: Ballot,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('ballot')
    .values({ election_id: electionId, tracker, pk, c, kc, sealed, prefix, credential, proof })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Counts a ballot that the server sealed for a voter without JavaScript: a total, published at the close. */
export async function countServerSealed(trx: Transaction, electionId: string): Promise<void> {
  await trx
    .updateTable('urn')
    .set((eb) => ({ server_sealed: eb('server_sealed', '+', 1) }))
    .where('election_id', '=', electionId)
    .execute();
}

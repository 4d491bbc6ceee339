import { sql } from 'kysely';
import type { VotingFacts } from '../domain/voting.ts';
import type { Ballot } from '../protocol/ballot.ts';
import type { Bytes } from '../protocol/bytes.ts';
import { prepared } from './prepared.ts';
import { plain } from './record.ts';
import type { Reader, Transaction } from './store.ts';

/** What a cast needs to know of its election and of the urn; nothing of it names a voter. */
export interface UrnFacts {
  readonly facts: VotingFacts;
  /** M, once the manifest is frozen. */
  readonly manifestDigest: Bytes | undefined;
  /** `same`: this very ballot is in the urn; `spent`: another ballot was cast with its credential. */
  readonly held: 'same' | 'spent' | undefined;
}

const selectFacts = prepared((reader: Reader, electionId: string, tracker: Bytes, pk: Bytes) =>
  reader
    .selectFrom('election')
    .leftJoin('manifest', 'manifest.election_id', 'election.id')
    .select((eb) => [
      'election.state',
      'election.opens_at',
      'election.closes_at',
      'election.grace_seconds',
      'manifest.digest',
      eb
        .selectFrom('ballot')
        .select(sql<number>`1`.as('one'))
        .whereRef('ballot.election_id', '=', 'election.id')
        .where('ballot.tracker', '=', tracker)
        .as('is_held'),
      eb
        .selectFrom('ballot')
        .select(sql<number>`1`.as('one'))
        .whereRef('ballot.election_id', '=', 'election.id')
        .where('ballot.pk', '=', pk)
        .as('is_spent'),
    ])
    .where('election.id', '=', electionId),
);

/** `tracker` and `pk`: 32 bytes each. */
export async function findUrnFacts(
  reader: Reader,
  electionId: string,
  tracker: Bytes,
  pk: Bytes,
): Promise<UrnFacts | undefined> {
  const [row] = (await selectFacts(reader, electionId, tracker, pk)).rows;
  return (
    row && {
      facts: {
        state: row.state,
        opensAt: row.opens_at,
        closesAt: row.closes_at,
        graceSeconds: row.grace_seconds,
      },
      manifestDigest: row.digest === null ? undefined : plain(row.digest),
      held: row.is_held === null ? (row.is_spent === null ? undefined : 'spent') : 'same',
    }
  );
}

const insert = prepared(
  (
    reader: Reader,
    election_id: string,
    tracker: Bytes,
    pk: Bytes,
    c: Bytes,
    kc: Bytes,
    sealed: Bytes,
    prefix: Bytes,
    credential: Bytes,
    proof: Bytes,
  ) =>
    reader
      .insertInto('ballot')
      .values({ election_id, tracker, pk, c, kc, sealed, prefix, credential, proof })
      .onConflict((conflict) => conflict.doNothing()),
);

/** Puts a checked ballot into the urn; false where its tracker or its pk is there already. */
export async function insertBallot(
  trx: Transaction,
  electionId: string,
  tracker: Bytes,
  { pk, c, kc, sealed, prefix, credential, proof }: Ballot,
): Promise<boolean> {
  const inserted = await insert(trx, electionId, tracker, pk, c, kc, sealed, prefix, credential, proof);
  return inserted.numAffectedRows === 1n;
}

/** Counts a ballot that the server sealed for a voter without JavaScript: a total, published at the close. */
export async function countServerSealed(trx: Transaction, electionId: string): Promise<void> {
  await trx
    .updateTable('urn')
    .set((eb) => ({ server_sealed: eb('server_sealed', '+', 1) }))
    .where('election_id', '=', electionId)
    .execute();
}

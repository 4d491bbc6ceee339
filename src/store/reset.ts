import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { refuseChanges } from '../../migrations/columns.ts';
import type { Reader, Transaction } from './store.ts';

/** Rows deleted at once, so that a roll of 100,000 leaves the event loop its turns. */
const PAGE = 2_000;

/** What a reset would delete: numbers of rows, and none of ballots, which nobody may know before the close. */
export interface ElectionContent {
  readonly voters: number;
  readonly contests: number;
  readonly candidates: number;
  readonly mails: number;
}

export async function electionContent(reader: Reader, electionId: string): Promise<ElectionContent> {
  const count = async (table: 'voter' | 'contest' | 'mail'): Promise<number> => {
    const { rows } = await reader
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number | string>().as('rows'))
      .where('election_id', '=', electionId)
      .executeTakeFirstOrThrow();
    return Number(rows);
  };
  const { candidates } = await reader
    .selectFrom('candidate')
    .innerJoin('contest', 'contest.id', 'candidate.contest_id')
    .select((eb) => eb.fn.countAll<number | string>().as('candidates'))
    .where('election_id', '=', electionId)
    .executeTakeFirstOrThrow();
  return {
    voters: await count('voter'),
    contests: await count('contest'),
    candidates: Number(candidates),
    mails: await count('mail'),
  };
}

/** Message-IDs of an election's mails: the embedded mailbox names its files after them. */
export async function messageIdsOf(reader: Reader, electionId: string): Promise<readonly string[]> {
  const rows = await reader
    .selectFrom('mail')
    .select('message_id')
    .where('election_id', '=', electionId)
    .execute();
  return rows.map((row) => row.message_id);
}

/**
 * Deletes an election with all that hangs on it: roll, mails, keys, manifest, urn, result. The trigger that keeps ballots
 * is away only inside this transaction. The audit log stays.
 */
export async function deleteElection(trx: Transaction, electionId: string): Promise<void> {
  await sql`drop trigger ballot_no_delete`.execute(trx);
  for (;;) {
    const page = trx.selectFrom('ballot').select('tracker').where('election_id', '=', electionId).limit(PAGE);
    const { numDeletedRows } = await trx
      .deleteFrom('ballot')
      .where('election_id', '=', electionId)
      .where('tracker', 'in', page)
      .executeTakeFirstOrThrow();
    await turn();
    if (numDeletedRows < BigInt(PAGE)) break;
  }
  for (;;) {
    const page = trx.selectFrom('voter').select('id').where('election_id', '=', electionId).limit(PAGE);
    const { numDeletedRows } = await trx
      .deleteFrom('voter')
      .where('id', 'in', page)
      .executeTakeFirstOrThrow();
    await turn();
    if (numDeletedRows < BigInt(PAGE)) break;
  }
  await trx.deleteFrom('election').where('id', '=', electionId).execute();
  await refuseChanges(trx, 'ballot', ['delete']);
}

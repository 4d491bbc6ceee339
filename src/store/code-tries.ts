import type { RefusalCode } from '../domain/refusals.ts';
import { type CodeTries, MOST_IN_ALL } from '../domain/code-tries.ts';
import { type Outcome, accept, refuse } from '../protocol/outcome.ts';
import { type Actor, appendAudit } from './audit.ts';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

/** The tries of a row of `code_tries`. */
export const triesOf = (
  row: Pick<Schema['code_tries'], 'recent_wrong_at' | 'total_wrong' | 'locked_until'>,
): CodeTries => ({
  recentWrongAt: JSON.parse(row.recent_wrong_at) as number[],
  totalWrong: row.total_wrong,
  lockedUntil: row.locked_until,
});

export async function saveCodeTries(trx: Transaction, voterId: string, tries: CodeTries): Promise<void> {
  const row = {
    recent_wrong_at: JSON.stringify(tries.recentWrongAt),
    total_wrong: tries.totalWrong,
    locked_until: tries.lockedUntil,
  };
  await trx
    .insertInto('code_tries')
    .values({ voter_id: voterId, ...row })
    .onConflict((conflict) => conflict.column('voter_id').doUpdateSet(row))
    .execute();
}

/** Forgets every try of a voter: when the roll is marked, so that no time near a vote stays, and when staff unlock. */
export async function clearCodeTries(trx: Transaction, voterId: string): Promise<void> {
  await trx.deleteFrom('code_tries').where('voter_id', '=', voterId).execute();
}

/** Staff unlock a link that wrong codes have locked; the tries are counted from nothing again. An audited act. */
export async function unlockVoter(
  trx: Transaction,
  act: {
    readonly electionId: string;
    readonly voterId: string;
    readonly actor: Actor;
    readonly at: number;
  },
): Promise<Outcome<true, Extract<RefusalCode, 'NOT_FOUND'>>> {
  const { electionId, voterId, actor, at } = act;
  const voter = await trx
    .selectFrom('voter')
    .select('id')
    .where('id', '=', voterId)
    .where('election_id', '=', electionId)
    .executeTakeFirst();
  if (voter === undefined) return refuse('NOT_FOUND');
  await clearCodeTries(trx, voterId);
  await appendAudit(trx, { at, actor, kind: 'voter-unlocked', electionId });
  return accept(true);
}

export async function findCodeTries(reader: Reader, voterId: string): Promise<CodeTries | undefined> {
  const row = await reader
    .selectFrom('code_tries')
    .selectAll()
    .where('voter_id', '=', voterId)
    .executeTakeFirst();
  return row && triesOf(row);
}

export interface LockedVoter {
  readonly id: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly tries: CodeTries;
}

/** Voters whose link is locked at `now`, by name, at most `limit`. */
export async function listLockedVoters(
  reader: Reader,
  electionId: string,
  now: number,
  limit: number,
): Promise<LockedVoter[]> {
  const rows = await reader
    .selectFrom('code_tries')
    .innerJoin('voter', 'voter.id', 'code_tries.voter_id')
    .selectAll('code_tries')
    .select(['voter.last_name', 'voter.first_name', 'voter.email'])
    .where('voter.election_id', '=', electionId)
    .where(({ or, eb }) => or([eb('total_wrong', '>=', MOST_IN_ALL), eb('locked_until', '>', now)]))
    .orderBy('voter.name_key')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.voter_id,
    lastName: row.last_name,
    firstName: row.first_name,
    email: row.email,
    tries: triesOf(row),
  }));
}

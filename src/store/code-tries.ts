import type { RefusalCode } from '../domain/refusals.ts';
import type { CodeTries } from '../domain/code-tries.ts';
import { type Outcome, accept, refuse } from '../protocol/outcome.ts';
import { type Actor, appendAudit } from './audit.ts';
import type { Schema } from './schema.ts';
import type { Transaction } from './store.ts';

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

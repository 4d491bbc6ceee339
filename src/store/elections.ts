import type { Insertable, Selectable, Updateable } from 'kysely';
import { type Act, type ElectionFacts, requireAct } from '../domain/lifecycle.ts';
import type { ElectionState } from '../domain/election.ts';
import type { RefusalCode } from '../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../protocol/outcome.ts';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

export type ElectionRow = Selectable<Schema['election']>;
export type ContestRow = Selectable<Schema['contest']>;
export type CandidateRow = Selectable<Schema['candidate']>;
export type ContestWithCandidates = ContestRow & { readonly candidates: readonly CandidateRow[] };

/** The election's row as the lifecycle guard asks it. */
export const factsOf = (election: ElectionRow, now: number): ElectionFacts => ({
  state: election.state,
  now,
  opensAt: election.opens_at,
  closesAt: election.closes_at,
  graceSeconds: election.grace_seconds,
  linksMailed: election.links_mailed === 1,
});

export const findElection = (reader: Reader, id: string): Promise<ElectionRow | undefined> =>
  reader.selectFrom('election').selectAll().where('id', '=', id).executeTakeFirst();

/** Newest first: the first one is the current election of the short paths. */
export const listElections = (reader: Reader): Promise<ElectionRow[]> =>
  reader.selectFrom('election').selectAll().orderBy('created_at', 'desc').orderBy('id').execute();

/** Contests in their order, each with its candidates in theirs. */
export async function listContests(reader: Reader, electionId: string): Promise<ContestWithCandidates[]> {
  const contests = await reader
    .selectFrom('contest')
    .selectAll()
    .where('election_id', '=', electionId)
    .orderBy('position')
    .execute();
  const candidates = await reader
    .selectFrom('candidate')
    .innerJoin('contest', 'contest.id', 'candidate.contest_id')
    .selectAll('candidate')
    .where('contest.election_id', '=', electionId)
    .orderBy('candidate.position')
    .execute();
  return contests.map((contest) => ({
    ...contest,
    candidates: candidates.filter((candidate) => candidate.contest_id === contest.id),
  }));
}

export async function insertElection(trx: Transaction, row: Insertable<Schema['election']>): Promise<void> {
  await trx.insertInto('election').values(row).execute();
  await trx.insertInto('urn').values({ election_id: row.id }).execute();
}

export async function updateElection(
  trx: Transaction,
  id: string,
  change: Updateable<Schema['election']>,
): Promise<void> {
  await trx.updateTable('election').set(change).where('id', '=', id).execute();
}

/** Reads the election inside the transaction and asks the lifecycle guard whether the act is allowed now. */
export async function lockForAct(
  trx: Transaction,
  electionId: string,
  act: Act,
  now: number,
): Promise<Outcome<{ election: ElectionRow; next: ElectionState }, RefusalCode>> {
  const election = await findElection(trx, electionId);
  if (election === undefined) return refuse('NOT_FOUND');
  const next = requireAct(factsOf(election, now), act);
  return next.ok ? accept({ election, next: next.value }) : next;
}

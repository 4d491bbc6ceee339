import type { Insertable, Updateable } from 'kysely';
import type { CandidateRow, ContestRow } from './elections.ts';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

/** Which way something moves in its list. */
export type Direction = 'up' | 'down';

export const findContest = (
  reader: Reader,
  electionId: string,
  contestId: string,
): Promise<ContestRow | undefined> =>
  reader
    .selectFrom('contest')
    .selectAll()
    .where('id', '=', contestId)
    .where('election_id', '=', electionId)
    .executeTakeFirst();

/** Adds a contest behind the others. */
export async function insertContest(
  trx: Transaction,
  contest: Omit<Insertable<Schema['contest']>, 'position'>,
): Promise<void> {
  const ids = await contestIds(trx, contest.election_id);
  await trx
    .insertInto('contest')
    .values({ ...contest, position: ids.length })
    .execute();
}

export async function updateContest(
  trx: Transaction,
  contestId: string,
  change: Updateable<Schema['contest']>,
): Promise<void> {
  await trx.updateTable('contest').set(change).where('id', '=', contestId).execute();
}

/** Removes a contest with its candidates; those behind it move up. */
export async function deleteContest(trx: Transaction, contest: ContestRow): Promise<void> {
  await trx.deleteFrom('contest').where('id', '=', contest.id).execute();
  await placeContests(trx, await contestIds(trx, contest.election_id));
}

export async function moveContest(
  trx: Transaction,
  contest: ContestRow,
  direction: Direction,
): Promise<void> {
  const ids = await contestIds(trx, contest.election_id);
  await placeContests(trx, moved(ids, contest.id, direction));
}

/** A candidate of this election, wherever it stands. */
export const findCandidate = (
  reader: Reader,
  electionId: string,
  candidateId: string,
): Promise<CandidateRow | undefined> =>
  reader
    .selectFrom('candidate')
    .innerJoin('contest', 'contest.id', 'candidate.contest_id')
    .selectAll('candidate')
    .where('candidate.id', '=', candidateId)
    .where('contest.election_id', '=', electionId)
    .executeTakeFirst();

/** File names of every logo in use: those that a candidate of any election shows, and the association's. */
export async function listLogos(reader: Reader): Promise<string[]> {
  const own = await reader
    .selectFrom('setting')
    .select('value')
    .where('name', '=', 'logo')
    .executeTakeFirst();
  const rows = await reader
    .selectFrom('candidate')
    .select('logo')
    .distinct()
    .where('logo', 'is not', null)
    .$narrowType<{ logo: string }>()
    .execute();
  const names = rows.map((row) => row.logo);
  return own === undefined ? names : [...names, JSON.parse(own.value) as string];
}

/** Adds a candidate behind the others of its contest. */
export async function insertCandidate(
  trx: Transaction,
  candidate: Omit<Insertable<Schema['candidate']>, 'position'>,
): Promise<void> {
  const ids = await candidateIds(trx, candidate.contest_id);
  await trx
    .insertInto('candidate')
    .values({ ...candidate, position: ids.length })
    .execute();
}

export async function updateCandidate(
  trx: Transaction,
  candidateId: string,
  change: Updateable<Schema['candidate']>,
): Promise<void> {
  await trx.updateTable('candidate').set(change).where('id', '=', candidateId).execute();
}

export async function deleteCandidate(trx: Transaction, candidate: CandidateRow): Promise<void> {
  await trx.deleteFrom('candidate').where('id', '=', candidate.id).execute();
  await placeCandidates(trx, await candidateIds(trx, candidate.contest_id));
}

export async function moveCandidate(
  trx: Transaction,
  candidate: CandidateRow,
  direction: Direction,
): Promise<void> {
  const ids = await candidateIds(trx, candidate.contest_id);
  await placeCandidates(trx, moved(ids, candidate.id, direction));
}

async function contestIds(reader: Reader, electionId: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('contest')
    .select('id')
    .where('election_id', '=', electionId)
    .orderBy('position')
    .execute();
  return rows.map((row) => row.id);
}

async function candidateIds(reader: Reader, contestId: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('candidate')
    .select('id')
    .where('contest_id', '=', contestId)
    .orderBy('position')
    .execute();
  return rows.map((row) => row.id);
}

async function placeContests(trx: Transaction, ids: readonly string[]): Promise<void> {
  for (const [position, id] of ids.entries()) await updateContest(trx, id, { position });
}

async function placeCandidates(trx: Transaction, ids: readonly string[]): Promise<void> {
  for (const [position, id] of ids.entries()) await updateCandidate(trx, id, { position });
}

/** The list with one entry a step further; at the end of the list it stays where it is. */
function moved(ids: readonly string[], id: string, direction: Direction): string[] {
  const order = [...ids];
  const at = order.indexOf(id);
  const to = direction === 'up' ? at - 1 : at + 1;
  const other = order[to];
  if (at < 0 || other === undefined) return order;
  order[to] = id;
  order[at] = other;
  return order;
}

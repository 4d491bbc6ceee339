import { type Insertable, type Selectable, sql } from 'kysely';
import type { Bytes } from '../protocol/bytes.ts';
import { type OpenStanding, hasStanding, isLockedAt } from './link-standing.ts';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

export type VoterRow = Selectable<Schema['voter']>;
export type NewVoter = Pick<
  Insertable<Schema['voter']>,
  | 'id'
  | 'election_id'
  | 'last_name'
  | 'first_name'
  | 'name_key'
  | 'email'
  | 'promotion'
  | 'building'
  | 'link_digest'
>;

/** What an import may change of a voter who is on the roll already. The address decides who it is, the mark is never touched. */
export type VoterFields = Pick<
  NewVoter,
  'last_name' | 'first_name' | 'name_key' | 'email' | 'promotion' | 'building'
>;

/** Rows of one statement: far below the number of parameters that either database takes. */
export const VOTERS_A_STATEMENT = 250;

/**
 * Adds voters whose address is not yet on the roll of their election. The others stay as they are, or take over name,
 * promotion and building of `rows` (`update`). Answers how many rows were added or changed.
 */
export async function putVoters(
  trx: Transaction,
  rows: readonly NewVoter[],
  existing: 'keep' | 'update',
): Promise<number> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('voter')
    .values(rows)
    .onConflict((conflict) => {
      const same = conflict.columns(['election_id', 'email']);
      if (existing === 'keep') return same.doNothing();
      return same
        .doUpdateSet(({ ref }) => ({
          last_name: ref('excluded.last_name'),
          first_name: ref('excluded.first_name'),
          name_key: ref('excluded.name_key'),
          promotion: ref('excluded.promotion'),
          building: ref('excluded.building'),
        }))
        .where(({ or, eb, ref }) =>
          or(
            (['last_name', 'first_name', 'promotion', 'building'] as const).map((column) =>
              eb(`voter.${column}`, '<>', ref(`excluded.${column}`)),
            ),
          ),
        );
    })
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows ?? 0n);
}

/** Of these addresses, the voters who are on the roll. */
export const findVotersByEmail = (
  reader: Reader,
  electionId: string,
  emails: readonly string[],
): Promise<Omit<VoterFields, 'name_key'>[]> =>
  reader
    .selectFrom('voter')
    .select(['email', 'last_name', 'first_name', 'promotion', 'building'])
    .where('election_id', '=', electionId)
    .where('email', 'in', emails)
    .execute();

export const findVoter = (
  reader: Reader,
  electionId: string,
  voterId: string,
): Promise<VoterRow | undefined> =>
  reader
    .selectFrom('voter')
    .selectAll()
    .where('id', '=', voterId)
    .where('election_id', '=', electionId)
    .executeTakeFirst();

export async function updateVoter(
  trx: Transaction,
  voterId: string,
  change: Partial<VoterFields> | { readonly link_version: number; readonly link_digest: Bytes },
): Promise<void> {
  await trx.updateTable('voter').set(change).where('id', '=', voterId).execute();
}

/** Takes a voter off the roll, with the mails and code tries that hang on them. A marked voter stays: false. */
export async function deleteVoter(trx: Transaction, voterId: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('voter')
    .where('id', '=', voterId)
    .where('is_marked', '=', 0)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

export type ListedVoter = Pick<
  VoterRow,
  'id' | 'last_name' | 'first_name' | 'email' | 'promotion' | 'building'
>;

/** Which part of the roll is asked for. Each word must stand in the name key or the address. */
export interface RollQuery {
  readonly electionId: string;
  /** Without capitals and accents. */
  readonly words: readonly string[];
  /** A name, '' for voters without one, undefined for all. */
  readonly building?: string | undefined;
  readonly promotion?: string | undefined;
  readonly link?: OpenStanding | undefined;
  /** Only links that wrong codes have locked at this instant. */
  readonly lockedAt?: number | undefined;
}

const holding = (word: string): string => `%${word.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;

function rollOf(reader: Reader, { electionId, words, building, promotion, link, lockedAt }: RollQuery) {
  let query = reader.selectFrom('voter').where('election_id', '=', electionId);
  if (building !== undefined) query = query.where('building', '=', building);
  if (promotion !== undefined) query = query.where('promotion', '=', promotion);
  if (link !== undefined) query = query.where(hasStanding(electionId, link));
  if (lockedAt !== undefined) query = query.where(isLockedAt(lockedAt));
  for (const word of words) {
    const pattern = sql<string>`${holding(word)} escape '\\'`;
    query = query.where(({ or, eb }) => or([eb('name_key', 'like', pattern), eb('email', 'like', pattern)]));
  }
  return query;
}

export async function countVoters(reader: Reader, query: RollQuery): Promise<number> {
  const row = await rollOf(reader, query)
    .select((count) => count.fn.countAll<number | string>().as('voters'))
    .executeTakeFirstOrThrow();
  return Number(row.voters);
}

/** A part of the roll by name. The index holds all that is searched, so that skipped rows are not fetched. */
export const listVoters = (
  reader: Reader,
  query: RollQuery,
  part: { readonly offset: number; readonly limit: number },
): Promise<ListedVoter[]> =>
  rollOf(reader, query)
    .select(['id', 'last_name', 'first_name', 'email', 'promotion', 'building'])
    .orderBy('name_key')
    .orderBy('email')
    .limit(part.limit)
    .offset(part.offset)
    .execute();

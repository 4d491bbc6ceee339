import type { Bytes } from '../protocol/bytes.ts';
import type { VoterMark } from '../protocol/merkle.ts';
import type { SignedRow } from './record.ts';
import type { Reader, Transaction } from './store.ts';

/** Small enough that inserting one page keeps other requests waiting for a tenth of a second at most. */
const PAGE = 500;

/** A voter as the published line is derived from: whose link, and whether it was used. */
export interface RollLine {
  readonly id: string;
  readonly link_version: number;
  readonly is_marked: 0 | 1;
}

/** Elections whose hour has come: to open, to close, or closed without their close line yet. */
export async function dueElections(
  reader: Reader,
  now: number,
): Promise<readonly { readonly id: string; readonly due: 'opening' | 'closing' | 'close-line' }[]> {
  const rows = await reader
    .selectFrom('election')
    .leftJoin('close_line', 'close_line.election_id', 'election.id')
    .select(['election.id', 'election.state', 'opens_at', 'closes_at', 'grace_seconds'])
    .where('election.state', 'in', ['armed', 'open', 'closed'])
    .where('close_line.election_id', 'is', null)
    .execute();
  return rows.flatMap((row) => {
    if (row.state === 'closed') return { id: row.id, due: 'close-line' as const };
    if (now >= row.closes_at + row.grace_seconds * 1000) return { id: row.id, due: 'closing' as const };
    const isHour = row.opens_at !== null && now >= row.opens_at && now < row.closes_at;
    return row.state === 'armed' && isHour ? { id: row.id, due: 'opening' as const } : [];
  });
}

/** The roll by voter id, a page at a time. */
export async function* rollLinePages(reader: Reader, electionId: string): AsyncGenerator<RollLine[]> {
  let after = '';
  for (;;) {
    const rows = await reader
      .selectFrom('voter')
      .select(['id', 'link_version', 'is_marked'])
      .where('election_id', '=', electionId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)?.id ?? after;
  }
}

/** Trackers of the urn, ascending, 32 bytes each, a page at a time: nothing else of a ballot is read. */
export async function* trackerPages(reader: Reader, electionId: string): AsyncGenerator<Bytes[]> {
  let after: Bytes = new Uint8Array();
  for (;;) {
    const rows = await reader
      .selectFrom('ballot')
      .select('tracker')
      .where('election_id', '=', electionId)
      .where('tracker', '>', after)
      .orderBy('tracker')
      .limit(PAGE)
      .execute();
    const trackers = rows.map((row) => new Uint8Array(row.tracker));
    if (trackers.length === 0) return;
    yield trackers;
    after = trackers.at(-1) ?? after;
  }
}

/** Keeps published voter lines; those that are there already stay, so that a close taken up again repeats nothing. */
export async function insertVoterLines(
  trx: Transaction,
  electionId: string,
  lines: readonly VoterMark[],
): Promise<void> {
  const rows = lines.map(({ voter, marked }) => ({
    election_id: electionId,
    voter,
    is_marked: marked ? (1 as const) : (0 as const),
  }));
  await trx
    .insertInto('voter_line')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['election_id', 'voter']).doNothing())
    .execute();
}

/** Ballots that the server sealed for voters without JavaScript. */
export async function serverSealedOf(reader: Reader, electionId: string): Promise<number> {
  const urn = await reader
    .selectFrom('urn')
    .select('server_sealed')
    .where('election_id', '=', electionId)
    .executeTakeFirstOrThrow();
  return urn.server_sealed;
}

/** Keeps the signed close and forgets the key that issued credentials. False where another close was quicker. */
export async function insertCloseLine(
  trx: Transaction,
  electionId: string,
  line: SignedRow,
): Promise<boolean> {
  const inserted = await trx
    .insertInto('close_line')
    .values({ election_id: electionId, ...line })
    .onConflict((conflict) => conflict.column('election_id').doNothing())
    .executeTakeFirst();
  await trx
    .updateTable('server_key')
    .set({ sealed_credential_key: null })
    .where('election_id', '=', electionId)
    .execute();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

import type { Selectable } from 'kysely';
import type { Bytes } from '../protocol/bytes.ts';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

/** What the public record is made of, in the order in which it is published. Bytes come as plain Uint8Arrays. */
export type BallotRow = Selectable<Schema['ballot']>;
export type SignedRow = { readonly content: string; readonly signature: Bytes };

const PAGE = 1_000;

/** better-sqlite3 answers Buffers, which are slices of a pool: the protocol wants bytes of their own. */
export const plain = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);

const signedRow = (row: SignedRow | undefined): SignedRow | undefined =>
  row && { content: row.content, signature: plain(row.signature) };

/** The frozen manifest: canonical text, digest M (32 bytes), urn key's signature over M (64 bytes). */
export async function findManifest(
  reader: Reader,
  electionId: string,
): Promise<(SignedRow & { readonly digest: Bytes }) | undefined> {
  const row = await reader
    .selectFrom('manifest')
    .select(['digest', 'content', 'signature'])
    .where('election_id', '=', electionId)
    .executeTakeFirst();
  return row && { content: row.content, signature: plain(row.signature), digest: plain(row.digest) };
}

export async function findElectionOfManifest(reader: Reader, digest: Bytes): Promise<string | undefined> {
  const row = await reader
    .selectFrom('manifest')
    .select('election_id')
    .where('digest', '=', digest)
    .executeTakeFirst();
  return row?.election_id;
}

export const findCloseLine = async (reader: Reader, electionId: string): Promise<SignedRow | undefined> =>
  signedRow(
    await reader
      .selectFrom('close_line')
      .select(['content', 'signature'])
      .where('election_id', '=', electionId)
      .executeTakeFirst(),
  );

export const findResult = async (reader: Reader, electionId: string): Promise<SignedRow | undefined> =>
  signedRow(
    await reader
      .selectFrom('result')
      .select(['content', 'signature'])
      .where('election_id', '=', electionId)
      .executeTakeFirst(),
  );

/** Public events by their number. */
export async function listEvents(reader: Reader, electionId: string): Promise<SignedRow[]> {
  const rows = await reader
    .selectFrom('public_event')
    .select(['content', 'signature'])
    .where('election_id', '=', electionId)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({ content: row.content, signature: plain(row.signature) }));
}

/** The next ballots of the urn by ascending tracker; `after` is the last one seen, empty at first. */
export async function ballotsAfter(
  reader: Reader,
  electionId: string,
  after: Bytes,
  limit: number,
): Promise<BallotRow[]> {
  const rows = await reader
    .selectFrom('ballot')
    .selectAll()
    .where('election_id', '=', electionId)
    .where('tracker', '>', after)
    .orderBy('tracker')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    election_id: row.election_id,
    tracker: plain(row.tracker),
    pk: plain(row.pk),
    c: plain(row.c),
    kc: plain(row.kc),
    sealed: plain(row.sealed),
    prefix: plain(row.prefix),
    credential: plain(row.credential),
    proof: plain(row.proof),
  }));
}

/** The urn by ascending tracker, a page at a time: memory stays bounded and other readers get their turn. */
export async function* ballotPages(
  reader: Reader,
  electionId: string,
  size = PAGE,
): AsyncGenerator<BallotRow[]> {
  let after: Bytes = new Uint8Array(0);
  for (;;) {
    const rows = await ballotsAfter(reader, electionId, after, size);
    if (rows.length === 0) return;
    yield rows;
    if (rows.length < size) return;
    after = rows.at(-1)?.tracker ?? after;
  }
}

/** Published voter lines, ascending, a page at a time. */
export async function* voterLinePages(
  reader: Reader,
  electionId: string,
): AsyncGenerator<{ voter: Bytes; marked: boolean }[]> {
  let after: Uint8Array = new Uint8Array(0);
  for (;;) {
    const rows = await reader
      .selectFrom('voter_line')
      .select(['voter', 'is_marked'])
      .where('election_id', '=', electionId)
      .where('voter', '>', plain(after))
      .orderBy('voter')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return;
    yield rows.map((row) => ({ voter: plain(row.voter), marked: row.is_marked === 1 }));
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.voter ?? after;
  }
}

/** Openings in tracker order, a page at a time; none where only totals are published. */
export async function* openingPages(reader: Reader, electionId: string): AsyncGenerator<Bytes[]> {
  let after: Uint8Array = new Uint8Array(0);
  for (;;) {
    const rows = await reader
      .selectFrom('opening')
      .select(['tracker', 'r'])
      .where('election_id', '=', electionId)
      .where('tracker', '>', plain(after))
      .orderBy('tracker')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return;
    yield rows.map((row) => plain(row.r));
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.tracker ?? after;
  }
}

export async function insertManifest(
  trx: Transaction,
  electionId: string,
  row: SignedRow & { readonly digest: Bytes },
): Promise<void> {
  await trx
    .insertInto('manifest')
    .values({ election_id: electionId, ...row })
    .execute();
}

export async function insertResult(trx: Transaction, electionId: string, row: SignedRow): Promise<void> {
  await trx
    .insertInto('result')
    .values({ election_id: electionId, ...row })
    .execute();
}

export async function insertOpenings(
  trx: Transaction,
  electionId: string,
  openings: readonly { readonly tracker: Bytes; readonly r: Bytes }[],
): Promise<void> {
  for (let at = 0; at < openings.length; at += 500) {
    const rows = openings.slice(at, at + 500).map((opening) => ({ election_id: electionId, ...opening }));
    await trx.insertInto('opening').values(rows).execute();
  }
}

import type { SelectQueryBuilder } from 'kysely';
import type { AuditKind } from '../domain/audit-events.ts';
import type { Bytes } from '../protocol/bytes.ts';
import type { Actor, AuditLine } from './audit.ts';
import type { Schema } from './schema.ts';
import type { Reader } from './store.ts';

/** Which entries of the log; nothing: all of them. Instants in milliseconds, `until` not included. */
export interface AuditFilter {
  readonly electionId?: string | undefined;
  readonly kind?: string | undefined;
  readonly actor?: Actor | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/** An entry with its place in the chain. */
export interface ChainedLine extends AuditLine {
  readonly electionId: string | null;
  readonly previousDigest: Bytes;
  readonly digest: Bytes;
}

const WALK_PAGE = 1_000;

type Entries = SelectQueryBuilder<Schema, 'audit_entry', Schema['audit_entry']>;

const chosen = (reader: Reader, filter: AuditFilter): Entries => {
  const { electionId, kind, actor, from, until } = filter;
  return reader
    .selectFrom('audit_entry')
    .selectAll()
    .$if(electionId !== undefined, (entries) => entries.where('election_id', '=', electionId ?? ''))
    .$if(kind !== undefined, (entries) => entries.where('kind', '=', kind ?? ''))
    .$if(actor !== undefined, (entries) => entries.where('actor', '=', actor ?? ''))
    .$if(from !== undefined, (entries) => entries.where('at', '>=', from ?? 0))
    .$if(until !== undefined, (entries) => entries.where('at', '<', until ?? 0));
};

const lineOf = (row: Schema['audit_entry']): ChainedLine => ({
  seq: row.seq,
  at: row.at,
  actor: row.actor,
  kind: row.kind as AuditKind,
  fields: fieldsOf(row.fields),
  electionId: row.election_id,
  previousDigest: new Uint8Array(row.previous_digest),
  digest: new Uint8Array(row.digest),
});

/** An entry that somebody tampered with is shown all the same: the chain says that it was. */
function fieldsOf(text: string): AuditLine['fields'] {
  try {
    return JSON.parse(text) as AuditLine['fields'];
  } catch {
    return { unreadable: text };
  }
}

/** The chosen entries, newest first, from before entry `before` on. */
export async function listAudit(
  reader: Reader,
  filter: AuditFilter,
  before: number,
  limit: number,
): Promise<ChainedLine[]> {
  const rows = await chosen(reader, filter)
    .where('seq', '<', before)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map(lineOf);
}

/** The chosen entries, oldest first, a page at a time. */
export async function* walkAudit(
  reader: Reader,
  filter: AuditFilter,
): AsyncGenerator<readonly ChainedLine[], void> {
  let after = 0;
  for (;;) {
    const rows = await chosen(reader, filter)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(WALK_PAGE)
      .execute();
    if (rows.length > 0) yield rows.map(lineOf);
    if (rows.length < WALK_PAGE) return;
    after = rows.at(-1)?.seq ?? after;
  }
}

/** Everybody who has acted, by name. */
export async function listAuditActors(reader: Reader): Promise<Actor[]> {
  const rows = await reader.selectFrom('audit_entry').select('actor').distinct().orderBy('actor').execute();
  return rows.map(({ actor }) => actor);
}

/** The number of the entry with this digest; undefined where the chain has none. */
export async function findAuditDigest(reader: Reader, digest: Bytes): Promise<number | undefined> {
  const row = await reader
    .selectFrom('audit_entry')
    .select('seq')
    .where('digest', '=', digest)
    .executeTakeFirst();
  return row?.seq;
}

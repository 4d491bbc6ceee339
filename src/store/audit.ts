import { AUDIT_EVENTS, type AuditKind } from '../domain/audit-events.ts';
import { type Bytes, equalBytes, utf8 } from '../protocol/bytes.ts';
import { canonical } from '../protocol/canonical-json.ts';
import { framed } from '../protocol/hash.ts';
import { digestOf } from '../secret.ts';
import type { Reader, Transaction } from './store.ts';

/** Who acted: a staff member's e-mail address, `cli`, or `clock` for what the schedule did. */
export type Actor = string;

export interface AuditEntry {
  readonly at: number;
  readonly actor: Actor;
  readonly kind: AuditKind;
  readonly electionId?: string;
  readonly fields?: Readonly<Record<string, string | number>>;
}

const GENESIS = new Uint8Array(32);
const CHAIN_PAGE = 1_000;

/** What an entry's digest covers: everything it says, and the digest before it. */
function chained(previous: Bytes, seq: number, entry: AuditEntry, fields: string): Bytes {
  const said = canonical([seq, entry.at, entry.electionId ?? '', entry.actor, entry.kind, fields]);
  return digestOf(framed('votix/audit', [previous, utf8(said)]));
}

/** Adds an entry to the hash chain, in the transaction of the act it tells of. Undeclared fields are a bug and throw. */
export async function appendAudit(trx: Transaction, entry: AuditEntry): Promise<void> {
  const declared: readonly string[] = AUDIT_EVENTS[entry.kind].fields;
  const given = Object.keys(entry.fields ?? {});
  if (given.length !== declared.length || !declared.every((name) => given.includes(name))) {
    throw new TypeError(`audit event ${entry.kind} takes exactly: ${declared.join(', ')}`);
  }
  trx.acts.push({ actor: entry.actor, kind: entry.kind });
  const last = await trx
    .selectFrom('audit_entry')
    .select(['seq', 'digest'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const seq = (last?.seq ?? 0) + 1;
  const previous = new Uint8Array(last?.digest ?? GENESIS);
  const fields = canonical(entry.fields ?? {});
  await trx
    .insertInto('audit_entry')
    .values({
      seq,
      at: entry.at,
      election_id: entry.electionId ?? null,
      actor: entry.actor,
      kind: entry.kind,
      fields,
      previous_digest: previous,
      digest: chained(previous, seq, entry, fields),
    })
    .execute();
}

/** Walks the whole chain, a page at a time; answers the first entry that does not follow from the one before it, if any. */
export async function brokenAuditEntry(reader: Reader): Promise<number | undefined> {
  let previous: Bytes = GENESIS;
  let seq = 0;
  for (;;) {
    const rows = await reader
      .selectFrom('audit_entry')
      .selectAll()
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(CHAIN_PAGE)
      .execute();
    for (const row of rows) {
      seq += 1;
      const { at, actor, election_id, fields } = row;
      const kind = row.kind as AuditKind;
      const entry = { at, actor, kind, ...(election_id === null ? {} : { electionId: election_id }) };
      const expected = chained(previous, seq, entry, fields);
      if (row.seq !== seq || !equalBytes(expected, row.digest)) return seq;
      previous = expected;
    }
    if (rows.length < CHAIN_PAGE) return undefined;
  }
}

export interface AuditLine {
  readonly seq: number;
  readonly at: number;
  readonly actor: Actor;
  readonly kind: AuditKind;
  readonly fields: Readonly<Record<string, string | number>>;
}

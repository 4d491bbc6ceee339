import { sql } from 'kysely';
import type { ElectionState } from '../domain/election.ts';
import type { Reader } from './store.ts';

/** How far an installation has come: enough to see what an older copy of it lacks. No ballot is counted. */
export interface SnapshotFacts {
  /** Number of the last entry of the audit log. */
  readonly auditSeq: number;
  readonly elections: readonly {
    readonly id: string;
    readonly title: string;
    readonly state: ElectionState;
    /** Voters whose mark is set. */
    readonly marked: number;
  }[];
}

export async function snapshotFacts(reader: Reader): Promise<SnapshotFacts> {
  const { seq } = await reader
    .selectFrom('audit_entry')
    .select((eb) => eb.fn.max<number | null>('seq').as('seq'))
    .executeTakeFirstOrThrow();
  const rows = await reader
    .selectFrom('election')
    .select((eb) => [
      'id',
      'title',
      'state',
      eb
        .selectFrom('voter')
        .select((voters) => voters.fn.countAll<number | string>().as('marks'))
        .whereRef('voter.election_id', '=', 'election.id')
        // written out, not a parameter: only so is the partial index known to hold all that is asked for
        .where('is_marked', '=', sql.lit(1 as const))
        .as('marked'),
    ])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return { auditSeq: seq ?? 0, elections: rows.map((row) => ({ ...row, marked: Number(row.marked) })) };
}

import type { AuditKind } from '../domain/audit-events.ts';
import type { AuditLine } from './audit.ts';
import type { Reader } from './store.ts';

/** The acts of these kinds in an election, as the audit log holds them, oldest first. */
export async function listActs(
  reader: Reader,
  electionId: string,
  kinds: readonly AuditKind[],
): Promise<readonly AuditLine[]> {
  const rows = await reader
    .selectFrom('audit_entry')
    .select(['seq', 'at', 'actor', 'kind', 'fields'])
    .where('election_id', '=', electionId)
    .where('kind', 'in', kinds)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({
    ...row,
    kind: row.kind as AuditKind,
    fields: JSON.parse(row.fields) as AuditLine['fields'],
  }));
}

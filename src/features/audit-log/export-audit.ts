import Papa from 'papaparse';
import type { Runtime } from '../../runtime.ts';
import { type AuditFilter, type ChainedLine, walkAudit } from '../../store/audit-search.ts';

export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const COLUMNS = ['seq', 'at', 'election', 'actor', 'kind', 'fields', 'previousDigest', 'digest'] as const;

const exported = (line: ChainedLine) => ({
  seq: line.seq,
  at: new Date(line.at).toISOString(),
  election: line.electionId ?? '',
  actor: line.actor,
  kind: line.kind,
  fields: line.fields,
  previousDigest: Buffer.from(line.previousDigest).toString('hex'),
  digest: Buffer.from(line.digest).toString('hex'),
});

/** Cells that a spreadsheet would run are made text. */
const csvOf = (lines: readonly ChainedLine[]): string =>
  Papa.unparse(
    lines.map((line) => {
      const { fields, ...cells } = exported(line);
      return { ...cells, fields: JSON.stringify(fields) };
    }),
    { columns: [...COLUMNS], header: false, escapeFormulae: true },
  );

/**
 * The chosen entries, oldest first, a thousand at a time: `csv` with CRLF and a header line, or `json`, one object a line.
 * `at` in UTC, digests in hexadecimal: each covers the one before it.
 */
export async function* exportAudit(
  { store }: Runtime,
  filter: AuditFilter,
  format: ExportFormat,
): AsyncGenerator<string, number> {
  let count = 0;
  if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`;
  for await (const lines of walkAudit(store.read, filter)) {
    count += lines.length;
    if (format === 'csv') yield `${csvOf(lines)}\r\n`;
    else yield lines.map((line) => `${JSON.stringify(exported(line))}\n`).join('');
  }
  return count;
}

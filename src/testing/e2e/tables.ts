import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';

/** A cell as bytes: texts in UTF-8, numbers as their digits. */
export interface Column {
  readonly table: string;
  readonly column: string;
  readonly cells: readonly Buffer[];
}

type Cell = string | number | bigint | Buffer | null;

const bytesOf = (cell: Exclude<Cell, null>): Buffer =>
  Buffer.isBuffer(cell) ? cell : Buffer.from(String(cell));

/** Every column of every table of a database file, rowids among them where a table has them. */
export function readColumns(file: string): Column[] {
  const database = new Database(file, { readonly: true });
  try {
    const tables = database
      .prepare<[], { name: string; sql: string }>(
        "select name, sql from sqlite_schema where type = 'table' and name not like 'sqlite_%'",
      )
      .all();
    return tables.flatMap(({ name: table, sql }) => {
      const hasRowid = !/without rowid/i.test(sql);
      const rows = database
        .prepare<[], Record<string, Cell>>(`select ${hasRowid ? 'rowid as rowid_, ' : ''}* from "${table}"`)
        .all();
      return Object.keys(rows[0] ?? {}).map((column) => ({
        table,
        column,
        cells: rows.flatMap((row) => {
          const cell = row[column];
          return cell === null || cell === undefined ? [] : [bytesOf(cell)];
        }),
      }));
    });
  } finally {
    database.close();
  }
}

/** Which side a table is on: people, ballots, or neither (the same row for everybody, or public anyway). */
const PEOPLE = ['voter', 'registration', 'code_tries', 'mail', 'audit_entry', 'voter_line'];
const BALLOTS = ['ballot', 'opening'];

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64');

/** Shorter cells are counts, flags and row numbers: equal by chance, and they name nobody. */
const TELLING_BYTES = 8;

/** What a cell gives away of itself: its bytes, what they mean where they are base64url, and the digests of both. */
function tracesOf(cell: Buffer): string[] {
  const text = cell.toString('latin1');
  const inner = /^[A-Za-z0-9_-]{11,}$/.test(text) ? [Buffer.from(text, 'base64url')] : [];
  return [cell, ...inner].flatMap((bytes) => [bytes.toString('base64'), digest(bytes)]);
}

/**
 * Every way from a column about people to a column about ballots: equal cells, cells whose digest is another cell, and
 * cells written out within a longer text. The election's id stands on both sides; it is the same for all.
 */
export function joinPaths(columns: readonly Column[]): string[] {
  const telling = (tables: readonly string[]): Column[] =>
    columns
      .filter(({ table, column }) => tables.includes(table) && column !== 'election_id')
      .map((one) => ({ ...one, cells: one.cells.filter((cell) => cell.length >= TELLING_BYTES) }));
  const paths: string[] = [];
  const ballots = telling(BALLOTS).map((one) => ({
    name: `${one.table}.${one.column}`,
    traces: new Set(one.cells.flatMap(tracesOf)),
    texts: one.cells.flatMap((cell) => [cell.toString('base64url'), cell.toString('hex')]),
  }));
  for (const { table, column, cells } of telling(PEOPLE)) {
    const traces = cells.flatMap(tracesOf);
    const everything = cells.map((cell) => cell.toString('latin1')).join('\n');
    for (const ballot of ballots) {
      const isEqual = traces.some((trace) => ballot.traces.has(trace));
      const isWritten = ballot.texts.some((text) => everything.includes(text));
      if (isEqual || isWritten) paths.push(`${table}.${column} - ${ballot.name}`);
    }
  }
  return paths;
}

/** Spearman's rank correlation of two orders of the same things: 1 the same, 0 unrelated. */
export function rankCorrelation(first: readonly number[], second: readonly number[]): number {
  const ranks = (values: readonly number[]): number[] => {
    const sorted = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
    const ranked: number[] = [];
    for (const [rank, index] of sorted.entries()) ranked[index] = rank;
    return ranked;
  };
  const [a, b] = [ranks(first), ranks(second)];
  const n = a.length;
  const squares = a.reduce((sum, rank, i) => sum + (rank - (b[i] ?? 0)) ** 2, 0);
  return 1 - (6 * squares) / (n * (n * n - 1));
}

import { isBlankCell } from './cells.ts';
import { holdsEmail } from './email-address.ts';
import type { FileErrorCode, RowSequence } from './roll-reading.ts';

/** What the rows of a table without a header show. */
export interface Survey {
  /** Rows that are not blank. */
  readonly rows: number;
  /** The column in which more than half of the rows hold an e-mail address; null if there is none. */
  readonly emailColumn: number | null;
  /** How many rows hold an address there. */
  readonly emailRows: number;
  /** The usual number of cells in a row. */
  readonly width: number;
  /** True if nearly all rows have that width, and it is two or more. */
  readonly isRegular: boolean;
}

const REGULAR_SHARE = 0.8;

/** Reads all rows once, keeping only counts. */
export function surveyRows(rows: RowSequence): Survey | FileErrorCode {
  const rowsOfWidth = new Map<number, number>();
  const emailsInColumn = new Map<number, number>();
  let total = 0;
  for (const row of rows) {
    if (typeof row === 'string') return row;
    if (row.cells.every(isBlankCell)) continue;
    total += 1;
    const width = row.cells.length;
    rowsOfWidth.set(width, (rowsOfWidth.get(width) ?? 0) + 1);
    for (const [column, cell] of row.cells.entries()) {
      if (holdsEmail(cell)) emailsInColumn.set(column, (emailsInColumn.get(column) ?? 0) + 1);
    }
  }
  const [width, regularRows] = mostFrequent(rowsOfWidth);
  const emailColumn =
    [...emailsInColumn.keys()]
      .sort((left, right) => left - right)
      .find((column) => (emailsInColumn.get(column) ?? 0) * 2 > total) ?? null;
  return {
    rows: total,
    emailColumn,
    emailRows: emailColumn === null ? 0 : (emailsInColumn.get(emailColumn) ?? 0),
    width,
    isRegular: width >= 2 && total >= 2 && regularRows >= total * REGULAR_SHARE,
  };
}

function mostFrequent(counts: ReadonlyMap<number, number>): readonly [value: number, count: number] {
  let best: readonly [number, number] = [0, 0];
  for (const entry of counts) {
    if (entry[1] > best[1]) best = entry;
  }
  return best;
}

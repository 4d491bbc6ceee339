import { composed, foldCell, isBlankCell, trimCell } from './cells.ts';
import { isEmailAddress, normalizeEmail } from './email-address.ts';
import type {
  FileErrorCode,
  ReadingProgress,
  RollColumn,
  RollRow,
  RollSettings,
  RowError,
  RowErrorCode,
  SourceRow,
} from './roll-reading.ts';
import { ROLL_COLUMNS } from './roll-reading.ts';
import type { RollTable } from './table.ts';

const PROGRESS_EVERY = 1000;
const SHOWN_VALUE = 80;

/** The rows of a table, sorted into voters and errors. */
export interface CheckedRows {
  readonly voters: readonly RollRow[];
  readonly errors: readonly RowError[];
}

/** Compares a cell with a settings list; the result is written as in the settings. */
type Lookup = (cell: string) => string | null;

function listLookup(list: readonly string[] | null): Lookup {
  if (list === null) return (cell) => composed(cell);
  const known = new Map(list.map((entry): [string, string] => [foldCell(entry), entry]));
  known.set('', '');
  return (cell) => known.get(foldCell(cell)) ?? null;
}

/** Checks one row after the other; keeps only what is needed to find doubled addresses. */
class RowChecker {
  readonly voters: RollRow[] = [];
  readonly errors: RowError[] = [];
  readonly #table: RollTable;
  readonly #known: readonly number[];
  readonly #required: number;
  readonly #domains: ReadonlySet<string> | null;
  readonly #promotion: Lookup;
  readonly #building: Lookup;
  /** Line on which each address stood first. */
  readonly #addresses = new Map<string, number>();

  constructor(table: RollTable, settings: RollSettings) {
    const { positions } = table.columns;
    const at = (column: RollColumn): number => positions[column] ?? -1;
    this.#table = table;
    this.#known = ROLL_COLUMNS.map(at).filter((position) => position >= 0);
    this.#required = Math.max(at('last_name'), at('first_name'), at('email'));
    this.#domains =
      settings.domains === null
        ? null
        : new Set(settings.domains.map((domain) => domain.trim().toLowerCase()));
    this.#promotion = listLookup(settings.promotions);
    this.#building = listLookup(settings.buildings);
  }

  check(row: SourceRow): void {
    const { cells } = row;
    // Nobody in this row, even if ignored columns (a number, a tick box) hold something.
    if (this.#known.every((position) => isBlankCell(cells[position] ?? ''))) return;
    if (this.#hasWrongCount(cells)) {
      this.#refuse(row, null, 'COLUMN_COUNT', cells.join(' '));
      return;
    }
    this.#checkCells(row);
  }

  #hasWrongCount(cells: readonly string[]): boolean {
    const { columns, isSheet } = this.#table;
    if (!isSheet && cells.length <= this.#required) return true;
    for (let index = columns.width; index < cells.length; index += 1) {
      if (!isBlankCell(cells[index] ?? '')) return true;
    }
    return false;
  }

  #checkCells(row: SourceRow): void {
    const before = this.errors.length;
    const refuse = (column: RollColumn, code: RowErrorCode): void => {
      this.#refuse(row, column, code, this.#cell(row, column));
    };
    const lastName = composed(trimCell(this.#cell(row, 'last_name')));
    const firstName = composed(trimCell(this.#cell(row, 'first_name')));
    const email = normalizeEmail(this.#cell(row, 'email'));
    const promotion = this.#promotion(trimCell(this.#cell(row, 'promotion')));
    const building = this.#building(trimCell(this.#cell(row, 'building')));

    if (lastName === '') refuse('last_name', 'NAME_MISSING');
    if (firstName === '') refuse('first_name', 'NAME_MISSING');
    const earlierLine = this.#addresses.get(email) ?? null;
    const emailError = this.#emailError(this.#cell(row, 'email'), email);
    if (emailError === null) this.#addresses.set(email, row.line);
    else this.#refuse(row, 'email', emailError, this.#cell(row, 'email'), earlierLine);
    if (promotion === null) refuse('promotion', 'PROMOTION_UNKNOWN');
    if (building === null) refuse('building', 'BUILDING_UNKNOWN');

    if (promotion === null || building === null || this.errors.length > before) return;
    this.voters.push({
      line: row.line,
      last_name: lastName,
      first_name: firstName,
      email,
      promotion,
      building,
    });
  }

  #refuse(
    row: SourceRow,
    column: RollColumn | null,
    code: RowErrorCode,
    cell: string,
    earlierLine: number | null = null,
  ): void {
    const value = trimCell(cell.slice(0, SHOWN_VALUE));
    this.errors.push({ line: row.line, column, code, value, earlierLine });
  }

  /** The first of the four e-mail errors that applies. An address counts as seen even if its row has other errors. */
  #emailError(cell: string, email: string): RowErrorCode | null {
    if (!isEmailAddress(email)) return isBlankCell(cell) ? 'EMAIL_MISSING' : 'EMAIL_INVALID';
    if (this.#domains !== null && !this.#domains.has(email.slice(email.indexOf('@') + 1))) {
      return 'DOMAIN_NOT_ALLOWED';
    }
    return this.#addresses.has(email) ? 'EMAIL_DUPLICATE' : null;
  }

  #cell(row: SourceRow, column: RollColumn): string {
    const position = this.#table.columns.positions[column];
    return position === null ? '' : (row.cells[position] ?? '');
  }
}

/**
 * Checks the rows of a table, one after the other. Yields its progress every 1,000 rows, so that the caller
 * may do other work in between; returns what it found, or why the file cannot be read after all.
 */
export function* checkRows(
  table: RollTable,
  settings: RollSettings,
): Generator<ReadingProgress, CheckedRows | FileErrorCode, undefined> {
  if (table.columns.positions.email === null) return 'NO_EMAIL_COLUMN';
  const checker = new RowChecker(table, settings);
  let rows = 0;
  for (const row of table.rows()) {
    if (typeof row === 'string') return row;
    rows += 1;
    if (rows > table.skip) checker.check(row);
    if (rows % PROGRESS_EVERY === 0) yield { rows, share: row.share };
  }
  if (checker.voters.length === 0 && checker.errors.length === 0) return 'EMPTY_FILE';
  return { voters: checker.voters, errors: checker.errors };
}

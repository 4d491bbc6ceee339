import { foldCell } from './cells.ts';
import type { RollColumn, SourceRow } from './roll-reading.ts';
import { ROLL_COLUMNS } from './roll-reading.ts';

const KNOWN_NAMES: Readonly<Record<RollColumn, readonly string[]>> = {
  last_name: ['last name', 'surname', 'family name', 'nom', 'nom de famille'],
  first_name: ['first name', 'given name', 'forename', 'prenom'],
  email: [
    'email',
    'e mail',
    'mail',
    'email address',
    'e mail address',
    'courriel',
    'adresse e mail',
    'adresse email',
    'adresse mail',
    'adresse courriel',
  ],
  promotion: ['promotion', 'promo', 'classe', 'class', 'year'],
  building: ['building', 'batiment'],
};

// A Map, not an object: a column may be named `__proto__` or `constructor`.
const COLUMN_OF_NAME = new Map<string, RollColumn>(
  ROLL_COLUMNS.flatMap((column) => KNOWN_NAMES[column].map((name): [string, RollColumn] => [name, column])),
);
const LONGEST_NAME = 64;

/** The header row is looked for in this many rows. */
export const HEADER_ROWS = 10;

/** Which cell of a row holds which column; null where the table has no such column. */
export interface TableColumns {
  readonly positions: Readonly<Record<RollColumn, number | null>>;
  /** Cells from here on lie to the right of the table. */
  readonly width: number;
}

/** Underscore, hyphen, no-break space and space count as the same character. */
function columnOfCell(cell: string): RollColumn | undefined {
  if (cell.length > LONGEST_NAME || cell === '') return undefined;
  return COLUMN_OF_NAME.get(foldCell(cell).replaceAll(/[_\-\u00A0\u202F]/g, ' '));
}

/** The columns that a row names, if it is a header row: at least two cells are known column names. */
function readHeader(cells: readonly string[]): TableColumns | null {
  const positions: Record<RollColumn, number | null> = {
    last_name: null,
    first_name: null,
    email: null,
    promotion: null,
    building: null,
  };
  let known = 0;
  for (const [index, cell] of cells.entries()) {
    const column = columnOfCell(cell);
    if (column === undefined) continue;
    known += 1;
    // Of two columns of the same kind, the leftmost counts.
    positions[column] ??= index;
  }
  return known >= 2 ? { positions, width: cells.length } : null;
}

export interface FoundHeader {
  readonly columns: TableColumns;
  /** How many different kinds of column it names. */
  readonly kinds: number;
  /** Rows up to and including the header. */
  readonly depth: number;
}

/** The first header among the first rows of a table, or null. */
export function findHeader(firstRows: readonly SourceRow[]): FoundHeader | null {
  for (const [index, row] of firstRows.entries()) {
    const columns = readHeader(row.cells);
    if (columns === null) continue;
    const kinds = ROLL_COLUMNS.filter((column) => columns.positions[column] !== null).length;
    return { columns, kinds, depth: index + 1 };
  }
  return null;
}

/**
 * The columns of a table without a header: e-mail where it was found, the others in the standard order.
 * `width` is the usual number of cells in a row.
 */
export function columnsAround(email: number, width: number): TableColumns {
  const others = Array.from({ length: ROLL_COLUMNS.length }, (_, index) => index).filter(
    (index) => index !== email,
  );
  const [lastName = 0, firstName = 1, promotion = 2, building = 3] = others;
  return {
    positions: { last_name: lastName, first_name: firstName, email, promotion, building },
    width: Math.max(ROLL_COLUMNS.length, email + 1, width),
  };
}

/** The known columns of a roll, in their standard order. */
export const ROLL_COLUMNS = ['last_name', 'first_name', 'email', 'promotion', 'building'] as const;
export type RollColumn = (typeof ROLL_COLUMNS)[number];

/** Why one row cannot be taken over. */
export type RowErrorCode =
  | 'EMAIL_MISSING'
  | 'EMAIL_INVALID'
  | 'DOMAIN_NOT_ALLOWED'
  | 'EMAIL_DUPLICATE'
  | 'NAME_MISSING'
  | 'PROMOTION_UNKNOWN'
  | 'BUILDING_UNKNOWN'
  | 'COLUMN_COUNT';

/** Why nothing can be read from a file. */
export type FileErrorCode =
  'EMPTY_FILE' | 'UNSUPPORTED_FORMAT' | 'TOO_LARGE' | 'UNBALANCED_QUOTE' | 'NO_EMAIL_COLUMN' | 'NOT_A_TABLE';

export type RollEncoding = 'utf-8' | 'utf-8-bom' | 'windows-1252' | 'macintosh' | 'utf-16le' | 'utf-16be';
export type Delimiter = ';' | ',' | '\t';

/** Each list is compared without regard to capitals and accents; `null`: this column is not checked. */
export interface RollSettings {
  readonly domains: readonly string[] | null;
  readonly promotions: readonly string[] | null;
  readonly buildings: readonly string[] | null;
}

/** A row without any error. `line` is the physical line on which it starts (in a workbook: the row number). */
export interface RollRow {
  readonly line: number;
  readonly last_name: string;
  readonly first_name: string;
  readonly email: string;
  readonly promotion: string;
  readonly building: string;
}

/**
 * `column` is null for COLUMN_COUNT only. For the sentence: `value` is the cell as found, at most 80 characters;
 * `earlierLine` is where a doubled address stands first, null for every other code.
 */
export interface RowError {
  readonly line: number;
  readonly column: RollColumn | null;
  readonly code: RowErrorCode;
  readonly value: string;
  readonly earlierLine: number | null;
}

/** What was read. With a `file_error` there are no voters and no errors, and the first three are null. */
export interface RollReading {
  readonly encoding: RollEncoding | null;
  readonly delimiter: Delimiter | null;
  readonly header: boolean | null;
  readonly voters: readonly RollRow[];
  readonly errors: readonly RowError[];
  readonly file_error: FileErrorCode | null;
}

/** How far the reading is: rows seen so far, and the share of the file behind us (0 to 1). */
export interface ReadingProgress {
  readonly rows: number;
  readonly share: number;
}

/** One row as it stands in the file. `share` is the part of the file (0 to 1) that ends with this row. */
export interface SourceRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly share: number;
}

/** Rows in the order of the file; a file error ends the sequence. */
export type RowSequence = Iterable<SourceRow | FileErrorCode, undefined>;
export type RowGenerator = Generator<SourceRow | FileErrorCode, undefined, undefined>;

/** Uploads over this size are refused (5 MB). */
export const MAX_FILE_BYTES = 5 * 1024 * 1024;
/** A workbook may unfold to this size (100 MB), whatever its headers promise. */
export const MAX_UNFOLDED_BYTES = 100 * 1024 * 1024;
/** The limit of the usual spreadsheets, in UTF-16 units. */
export const MAX_CELL_LENGTH = 32_767;

export const refusedReading = (fileError: FileErrorCode): RollReading => ({
  encoding: null,
  delimiter: null,
  header: null,
  voters: [],
  errors: [],
  file_error: fileError,
});

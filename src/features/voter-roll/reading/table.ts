import type { FoundHeader, TableColumns } from './header.ts';
import { HEADER_ROWS, columnsAround, findHeader } from './header.ts';
import type { Delimiter, FileErrorCode, RowSequence, SourceRow } from './roll-reading.ts';
import type { Survey } from './survey.ts';
import { surveyRows } from './survey.ts';
import { readSepLine, textRows } from './text-rows.ts';

/** A table ready to be read: its rows can be gone through again from the start. */
export interface RollTable {
  readonly delimiter: Delimiter | null;
  readonly header: boolean;
  readonly columns: TableColumns;
  /** Rows above the first data row (titles and header). */
  readonly skip: number;
  /** Sheets have no missing cells: a short row is one whose last cells are empty. */
  readonly isSheet: boolean;
  readonly rows: () => RowSequence;
}

interface Candidate {
  readonly delimiter: Delimiter | null;
  readonly isSheet: boolean;
  readonly rows: () => RowSequence;
}

const DELIMITERS: readonly Delimiter[] = [';', ',', '\t'];

interface Sample {
  readonly rows: readonly SourceRow[];
  /** What is wrong so early in the file that nothing else can be said about it. */
  readonly fileError: FileErrorCode | null;
}

function firstRows(rows: RowSequence, count: number): Sample {
  const found: SourceRow[] = [];
  for (const row of rows) {
    if (typeof row === 'string') return { rows: found, fileError: row };
    found.push(row);
    if (found.length === count) break;
  }
  return { rows: found, fileError: null };
}

/** The rows in which a header may stand. A sheet leaves out its empty rows, but they count. */
function headerRows(sample: readonly SourceRow[], isSheet: boolean): readonly SourceRow[] {
  return isSheet ? sample.filter((row) => row.line <= HEADER_ROWS) : sample.slice(0, HEADER_ROWS);
}

/** How many of the rows below a header are as wide as it. */
function rowsLikeHeader(sample: readonly SourceRow[], header: FoundHeader): number {
  return sample.slice(header.depth).filter((row) => row.cells.length === header.columns.width).length;
}

type Sampled = Candidate & { readonly sample: Sample };

interface Headed {
  readonly candidate: Sampled;
  readonly header: FoundHeader;
  readonly alike: number;
}

function bestHeaded(candidates: readonly Sampled[]): Headed | null {
  const headed = candidates.flatMap((candidate): Headed[] => {
    const { rows } = candidate.sample;
    const header = findHeader(headerRows(rows, candidate.isSheet));
    return header === null ? [] : [{ candidate, header, alike: rowsLikeHeader(rows, header) }];
  });
  const [best] = headed.sort(
    (left, right) => right.header.kinds - left.header.kinds || right.alike - left.alike,
  );
  return best ?? null;
}

interface Surveyed {
  readonly candidate: Sampled;
  readonly survey: Survey;
}

/** Without a header the rows show what they are, or that there is no table. */
function headless(candidates: readonly Sampled[]): RollTable | FileErrorCode {
  const surveyed: Surveyed[] = [];
  const refusals: FileErrorCode[] = [];
  for (const candidate of candidates) {
    const survey = candidate.sample.fileError ?? surveyRows(candidate.rows());
    if (typeof survey === 'string') refusals.push(survey);
    else surveyed.push({ candidate, survey });
  }
  const [first] = surveyed;
  if (first === undefined) return refusals[0] ?? 'EMPTY_FILE';
  // Under one of the delimiters, nothing but blank cells.
  if (surveyed.some(({ survey }) => survey.rows === 0)) return 'EMPTY_FILE';
  const [best] = surveyed
    .filter(
      ({ survey, candidate }) => survey.emailColumn !== null && (candidate.isSheet || survey.width >= 2),
    )
    .sort(
      (left, right) =>
        right.survey.emailRows - left.survey.emailRows || right.survey.width - left.survey.width,
    );
  if (best === undefined || best.survey.emailColumn === null) {
    const isTable = surveyed.some(({ survey, candidate }) => candidate.isSheet || survey.isRegular);
    return isTable ? 'NO_EMAIL_COLUMN' : 'NOT_A_TABLE';
  }
  const { delimiter, isSheet, rows } = best.candidate;
  return {
    delimiter,
    isSheet,
    rows,
    header: false,
    columns: columnsAround(best.survey.emailColumn, best.survey.width),
    skip: 0,
  };
}

function tableFrom(candidates: readonly Candidate[]): RollTable | FileErrorCode {
  const sampled = candidates.map((candidate) => ({
    ...candidate,
    sample: firstRows(candidate.rows(), HEADER_ROWS * 2),
  }));
  const headed = bestHeaded(sampled);
  if (headed === null) return headless(sampled);
  const { delimiter, isSheet, rows } = headed.candidate;
  const { columns, depth } = headed.header;
  return { delimiter, isSheet, rows, header: true, columns, skip: depth };
}

/** Finds delimiter, header and columns of a text table. */
export function textTable(text: string): RollTable | FileErrorCode {
  const sep = readSepLine(text);
  const delimiters = sep === null || sep.delimiter === null ? DELIMITERS : [sep.delimiter];
  return tableFrom(
    delimiters.map((delimiter) => ({
      delimiter,
      isSheet: false,
      rows: () => textRows(text, delimiter, sep?.rest),
    })),
  );
}

/** Finds header and columns of a sheet. */
export const sheetTable = (rows: () => RowSequence): RollTable | FileErrorCode =>
  tableFrom([{ delimiter: null, isSheet: true, rows }]);

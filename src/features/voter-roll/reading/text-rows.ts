import type { Delimiter, RowGenerator } from './roll-reading.ts';
import { MAX_CELL_LENGTH } from './roll-reading.ts';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;

interface OpenTable {
  readonly text: string;
  readonly delimiter: number;
  /** Where reading goes on. */
  at: number;
  /** The physical line of `at`, counted from 1. */
  line: number;
}

/**
 * Reads the quoted cell that opens at `table.at`; a doubled quote stands for one. Stops behind the closing
 * quote: what follows up to the delimiter is ordinary text of the same cell.
 */
function quotedPart(table: OpenTable): string | null {
  const { text } = table;
  const start = table.at + 1;
  let end = text.indexOf('"', start);
  while (end >= 0 && text.charCodeAt(end + 1) === QUOTE) end = text.indexOf('"', end + 2);
  if (end < 0) return null;
  for (let index = start; index < end; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === LINE_FEED || (unit === CARRIAGE_RETURN && text.charCodeAt(index + 1) !== LINE_FEED)) {
      table.line += 1;
    }
  }
  table.at = end + 1;
  const inside = text.slice(start, end);
  return inside.includes('""') ? inside.replaceAll('""', '"') : inside;
}

function ordinaryPart(table: OpenTable): string {
  const { text, delimiter } = table;
  const start = table.at;
  let end = start;
  for (; end < text.length; end += 1) {
    const unit = text.charCodeAt(end);
    if (unit === delimiter || unit === LINE_FEED || unit === CARRIAGE_RETURN) break;
  }
  table.at = end;
  return text.slice(start, end);
}

/** Steps over one line end (CRLF, a lone LF or a lone CR). */
function skipLineEnd(table: OpenTable): void {
  const { text } = table;
  if (text.charCodeAt(table.at) === CARRIAGE_RETURN && text.charCodeAt(table.at + 1) === LINE_FEED) {
    table.at += 1;
  }
  table.at += 1;
  table.line += 1;
}

/**
 * The rows of a text table, with the physical line on which each starts. A quote has a meaning only as the
 * first character of a cell. Ends with UNBALANCED_QUOTE or TOO_LARGE (a cell over 32,767 characters).
 */
export function* textRows(
  text: string,
  delimiter: Delimiter,
  from: TextStart = { at: 0, line: 1 },
): RowGenerator {
  const table: OpenTable = { text, delimiter: delimiter.charCodeAt(0), at: from.at, line: from.line };
  while (table.at < text.length) {
    const { line } = table;
    const cells: string[] = [];
    for (;;) {
      const quoted = text.charCodeAt(table.at) === QUOTE ? quotedPart(table) : '';
      if (quoted === null) {
        yield 'UNBALANCED_QUOTE';
        return undefined;
      }
      const cell = quoted + ordinaryPart(table);
      if (cell.length > MAX_CELL_LENGTH) {
        yield 'TOO_LARGE';
        return undefined;
      }
      cells.push(cell);
      if (text.charCodeAt(table.at) !== table.delimiter) break;
      table.at += 1;
    }
    if (table.at < text.length) skipLineEnd(table);
    yield { line, cells, share: table.at / text.length };
  }
  return undefined;
}

/** Where the rows start: index into the text, and its physical line. */
export interface TextStart {
  readonly at: number;
  readonly line: number;
}

/** What a first line such as `sep=;` says. `delimiter` is null if it names none of the three. */
export interface SepLine {
  readonly delimiter: Delimiter | null;
  readonly rest: TextStart;
}

/** Reads the hint that Excel writes and obeys; null if the first line is none. */
export function readSepLine(text: string): SepLine | null {
  const match = /^"?sep=([^\r\n])"?[ ;,\t]*(?:\r\n|\r|\n|$)/i.exec(text);
  if (match === null) return null;
  const rest = { at: match[0].length, line: 2 };
  switch (match[1]?.charCodeAt(0)) {
    case 0x3b:
      return { delimiter: ';', rest };
    case 0x2c:
      return { delimiter: ',', rest };
    case TAB:
      return { delimiter: '\t', rest };
    default:
      return { delimiter: null, rest };
  }
}

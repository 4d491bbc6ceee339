import { isBlankCell } from './cells.ts';
import { checkRows } from './check-rows.ts';
import { decodeText } from './decode-text.ts';
import { isBuriedPdf, isMarkup, kindOfFile } from './file-kind.ts';
import type {
  FileErrorCode,
  ReadingProgress,
  RollEncoding,
  RollReading,
  RollSettings,
} from './roll-reading.ts';
import { MAX_FILE_BYTES, refusedReading } from './roll-reading.ts';
import type { RollTable } from './table.ts';
import { sheetTable, textTable } from './table.ts';
import { openWorkbook } from './workbook.ts';

interface OpenedFile {
  readonly encoding: RollEncoding | null;
  readonly table: RollTable;
}

function openText(bytes: Uint8Array): OpenedFile | FileErrorCode {
  const { encoding, text } = decodeText(bytes);
  if (isBlankCell(text)) return 'EMPTY_FILE';
  if (isMarkup(text) || isBuriedPdf(text)) return 'UNSUPPORTED_FORMAT';
  const table = textTable(text);
  return typeof table === 'string' ? table : { encoding, table };
}

function openSheet(bytes: Uint8Array): OpenedFile | FileErrorCode {
  const rows = openWorkbook(bytes);
  if (typeof rows === 'string') return rows;
  const table = sheetTable(rows);
  return typeof table === 'string' ? table : { encoding: null, table };
}

function openFile(bytes: Uint8Array, maxBytes: number): OpenedFile | FileErrorCode {
  if (bytes.length === 0) return 'EMPTY_FILE';
  if (bytes.length > maxBytes) return 'TOO_LARGE';
  const kind = kindOfFile(bytes);
  if (kind === 'unsupported') return 'UNSUPPORTED_FORMAT';
  return kind === 'zip' ? openSheet(bytes) : openText(bytes);
}

/**
 * Reads a voter roll: a text table in any usual encoding, an .xlsx or an .ods. Yields its progress every 1,000
 * rows, so that a server can answer others in between; returns the reading. Never throws on bad input.
 *
 * `maxBytes` is the size from which a file is refused; 5 MB unless the operator at the terminal says otherwise.
 */
export function* readRollInSteps(
  bytes: Uint8Array,
  settings: RollSettings,
  maxBytes: number = MAX_FILE_BYTES,
): Generator<ReadingProgress, RollReading, undefined> {
  const file = openFile(bytes, maxBytes);
  if (typeof file === 'string') return refusedReading(file);
  const checked = yield* checkRows(file.table, settings);
  if (typeof checked === 'string') return refusedReading(checked);
  return {
    encoding: file.encoding,
    delimiter: file.table.delimiter,
    header: file.table.header,
    voters: checked.voters,
    errors: checked.errors,
    file_error: null,
  };
}

/** Reads a voter roll in one go; see `readRollInSteps`. */
export function readRoll(
  bytes: Uint8Array,
  settings: RollSettings,
  onProgress?: (progress: ReadingProgress) => void,
  maxBytes: number = MAX_FILE_BYTES,
): RollReading {
  const steps = readRollInSteps(bytes, settings, maxBytes);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    onProgress?.(step.value);
  }
}

import { type FileHandle, open } from 'node:fs/promises';
import {
  MAX_FILE_BYTES,
  ROLL_COLUMNS,
  type RollReading,
  type RowError,
  describeFileError,
  describeRowError,
} from '../features/voter-roll/reading/index.ts';
import { UsageError } from './terminal.ts';

const MEGABYTE = 1024 * 1024;
const SHOWN_ERRORS = 10_000;

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** `--max-megabytes`: the size in bytes from which a file is refused; 5 MB as for uploads unless stated. */
export function readLimit(text: string | undefined): number {
  if (text === undefined) return MAX_FILE_BYTES;
  if (!/^[1-9]\d{0,2}$/.test(text)) {
    throw new UsageError('--max-megabytes must be a whole number from 1 to 999');
  }
  return Number(text) * MEGABYTE;
}

/** Reads one byte more than allowed at most, so that a huge file, a pipe or a device costs no memory. */
export async function readAtMost(path: string, limit: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(limit + 1);
  let length = 0;
  let handle: FileHandle | null = null;
  try {
    handle = await open(path);
    for (;;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
      length += bytesRead;
      if (bytesRead === 0 || length === bytes.length) return bytes.subarray(0, length);
    }
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${reasonOf(error)}`);
  } finally {
    await handle?.close();
  }
}

const listText = (items: readonly unknown[]): string =>
  items.length === 0 ? '[]' : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;

/** The errors as the roll format states them. */
export const errorsJson = ({
  errors,
}: RollReading): { line: number; column: string | null; code: string }[] =>
  errors.map(({ line, column, code }) => ({ line, column, code }));

/** The keys in the order of the roll format, one voter or error a line. */
export function readingJson(reading: RollReading): string {
  const voters = reading.voters.map((voter) => ({
    line: voter.line,
    ...Object.fromEntries(ROLL_COLUMNS.map((column) => [column, voter[column]])),
  }));
  const fields = [
    `"encoding": ${JSON.stringify(reading.encoding)}`,
    `"delimiter": ${JSON.stringify(reading.delimiter)}`,
    `"header": ${JSON.stringify(reading.header)}`,
    `"voters": ${listText(voters)}`,
    `"errors": ${listText(errorsJson(reading))}`,
    `"file_error": ${JSON.stringify(reading.file_error)}`,
  ];
  return `{\n  ${fields.join(',\n  ')}\n}`;
}

/** Without control characters and direction marks: a cell must not move the cursor or recolour the terminal. */
const harmless = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ');

function errorLine(error: RowError, lineWidth: number): string {
  const line = String(error.line).padStart(lineWidth);
  return harmless(`${line}  ${error.code.padEnd(18)}  ${describeRowError('en', error)}`);
}

const numbered = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** All errors at once, by physical line, and a summary; or why the file cannot be read. */
export function readingText(file: string, reading: RollReading): string {
  if (reading.file_error !== null) {
    return `${file}: ${reading.file_error}: ${describeFileError('en', reading.file_error)}`;
  }
  const { errors, voters } = reading;
  const lineWidth = Math.max('line'.length, String(errors.at(-1)?.line ?? '').length);
  const shown = errors.slice(0, SHOWN_ERRORS).map((error) => errorLine(error, lineWidth));
  const table =
    errors.length === 0 ? [] : [`${'line'.padStart(lineWidth)}  ${'code'.padEnd(18)}  what to do`, ...shown];
  if (errors.length > SHOWN_ERRORS) {
    table.push(
      `and ${numbered(errors.length - SHOWN_ERRORS, 'more error', 'more errors')}: see them all with --json`,
    );
  }
  const rows = new Set(errors.map((error) => error.line)).size;
  const summary =
    `${file}: ${numbered(voters.length, 'voter', 'voters')} can be imported, ` +
    `${numbered(rows, 'row', 'rows')} cannot (${numbered(errors.length, 'error', 'errors')})`;
  return [...table, summary].join('\n');
}

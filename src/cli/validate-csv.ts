import { type FileHandle, open, readFile } from 'node:fs/promises';
import { z } from 'zod';
import {
  MAX_FILE_BYTES,
  ROLL_COLUMNS,
  type RollReading,
  type RollSettings,
  type RowError,
  describeFileError,
  describeRowError,
  readRoll,
} from '../features/voter-roll/reading/index.ts';
import { EXIT, UsageError, guarded, progressBar, say } from './terminal.ts';

export interface ValidateCsvOptions {
  readonly file: string;
  readonly json?: boolean;
  /** A JSON file with any of the lists `domains`, `promotions`, `buildings`; a list that is not there is not checked. */
  readonly settings?: string;
  /** Size from which the file is refused, in MB of 1,048,576 bytes; 5 as for uploads unless stated. */
  readonly maxMegabytes?: string;
}

const MEGABYTE = 1024 * 1024;
const SHOWN_ERRORS = 10_000;
const settingsFile = z.strictObject({
  domains: z.array(z.string()).optional(),
  promotions: z.array(z.string()).optional(),
  buildings: z.array(z.string()).optional(),
});

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Reads one byte more than allowed at most, so that a huge file, a pipe or a device costs no memory. */
async function readAtMost(path: string, limit: number): Promise<Uint8Array> {
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

async function readSettings(path: string | undefined): Promise<RollSettings> {
  if (path === undefined) return { domains: null, promotions: null, buildings: null };
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`the settings ${path} cannot be read: ${reasonOf(error)}`);
  }
  const parsed = settingsFile.safeParse(json);
  if (!parsed.success) {
    throw new UsageError(
      `the settings ${path} must be {"domains":[...],"promotions":[...],"buildings":[...]} or a part of it: ` +
        parsed.error.issues.map((issue) => [...issue.path, issue.message].join(' ')).join('; '),
    );
  }
  const { domains = null, promotions = null, buildings = null } = parsed.data;
  return { domains, promotions, buildings };
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return MAX_FILE_BYTES;
  if (!/^[1-9]\d{0,2}$/.test(text)) {
    throw new UsageError('--max-megabytes must be a whole number from 1 to 999');
  }
  return Number(text) * MEGABYTE;
}

const listText = (items: readonly unknown[]): string =>
  items.length === 0 ? '[]' : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;

/** The keys in the order of the roll format, one voter or error a line. */
function readingJson(reading: RollReading): string {
  const voters = reading.voters.map((voter) => ({
    line: voter.line,
    ...Object.fromEntries(ROLL_COLUMNS.map((column) => [column, voter[column]])),
  }));
  const errors = reading.errors.map(({ line, column, code }) => ({ line, column, code }));
  const fields = [
    `"encoding": ${JSON.stringify(reading.encoding)}`,
    `"delimiter": ${JSON.stringify(reading.delimiter)}`,
    `"header": ${JSON.stringify(reading.header)}`,
    `"voters": ${listText(voters)}`,
    `"errors": ${listText(errors)}`,
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

/** All errors at once, by physical line, and a summary. */
function readingText(file: string, reading: RollReading): string {
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

/**
 * `validate-csv --file F [--json] [--settings S.json]`: reads a roll and writes nothing. Answers 0 if all rows are
 * good, 3 if the file or a row is not, 2 for a file or settings that cannot be read.
 */
export const validateCsv = (options: ValidateCsvOptions): Promise<number> =>
  guarded(async () => {
    const limit = readLimit(options.maxMegabytes);
    const settings = await readSettings(options.settings);
    const bytes = await readAtMost(options.file, limit);
    const bar = progressBar(options, 'reading');
    const reading = readRoll(bytes, settings, ({ share }) => bar.update(Math.round(share * 100), 100), limit);
    bar.stop();
    say(options.json === true ? readingJson(reading) : readingText(options.file, reading));
    return reading.file_error === null && reading.errors.length === 0 ? EXIT.done : EXIT.invalid;
  });

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { readConfig } from '../config.ts';
import { loadRollSettings } from '../features/voter-roll/index.ts';
import { type RollSettings, readRoll } from '../features/voter-roll/reading/index.ts';
import { closeRuntime, databaseFile, openRuntime } from '../runtime.ts';
import { readAtMost, readLimit, readingJson, readingText, reasonOf } from './roll-report.ts';
import { EXIT, UsageError, guarded, progressBar, say } from './terminal.ts';

export interface ValidateCsvOptions {
  readonly file: string;
  readonly json?: boolean;
  /** A JSON file with any of the lists `domains`, `promotions`, `buildings`; a list that is not there is not checked. */
  readonly settings?: string;
  /** Size from which the file is refused, in MB of 1,048,576 bytes; 5 as for uploads unless stated. */
  readonly maxMegabytes?: string;
}

const settingsFile = z.strictObject({
  domains: z.array(z.string()).optional(),
  promotions: z.array(z.string()).optional(),
  buildings: z.array(z.string()).optional(),
});

async function readSettings(path: string): Promise<RollSettings> {
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

/** The lists of this installation; where there is none yet, nothing is restricted, and none is made for the asking. */
async function ownSettings(): Promise<RollSettings> {
  const config = readConfig();
  if (!existsSync(databaseFile(config))) return { domains: null, promotions: null, buildings: null };
  const runtime = await openRuntime(config);
  try {
    return await loadRollSettings(runtime);
  } finally {
    await closeRuntime(runtime);
  }
}

/**
 * `validate-csv --file F [--json] [--settings S.json]`: reads a roll and writes nothing. Answers 0 if all rows are
 * good, 3 if the file or a row is not, 2 for a file or settings that cannot be read.
 */
export const validateCsv = (options: ValidateCsvOptions): Promise<number> =>
  guarded(async () => {
    const limit = readLimit(options.maxMegabytes);
    const settings =
      options.settings === undefined ? await ownSettings() : await readSettings(options.settings);
    const bytes = await readAtMost(options.file, limit);
    const bar = progressBar(options, 'reading');
    const reading = readRoll(bytes, settings, ({ share }) => bar.update(Math.round(share * 100), 100), limit);
    bar.stop();
    say(options.json === true ? readingJson(reading) : readingText(options.file, reading));
    return reading.file_error === null && reading.errors.length === 0 ? EXIT.done : EXIT.invalid;
  });

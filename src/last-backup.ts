import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';

const fileOf = (config: Config): string => join(config.varDir, 'last-backup.json');

/** Notes that a backup was completed at the instant `at`: the dashboard and `doctor` tell how long ago that is. */
export function noteBackup(config: Config, at: number): void {
  const file = fileOf(config);
  writeFileSync(`${file}.new`, `${JSON.stringify({ at })}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** When the last backup was completed; undefined where none was made, or the note cannot be read. */
export function readLastBackup(config: Config): { readonly at: number } | undefined {
  try {
    const { at } = JSON.parse(readFileSync(fileOf(config), 'utf8')) as { at?: unknown };
    return typeof at === 'number' ? { at } : undefined;
  } catch {
    return undefined;
  }
}

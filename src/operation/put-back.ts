import { existsSync } from 'node:fs';
import { chmod, copyFile, link, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { RefusalCode } from '../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../protocol/outcome.ts';
import { databaseFile } from '../runtime.ts';
import { settleDatabase } from '../store/backup.ts';
import { type BackupManifest, DATABASE_FILE, LOGO_FOLDER, SECRET_FILE } from './backup-manifest.ts';
import { changedFile } from './read-backup.ts';
import { copySynced, isFull, syncToDisk } from './synced-files.ts';

const exists = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';

/** Gives a file a second name; where the disk knows no links, a copy. */
const keepAs = async (file: string, name: string): Promise<void> => {
  await link(file, name).catch(async (error: unknown) => {
    if (exists(error)) throw error;
    await copyFile(file, name);
  });
};

/**
 * Puts the files of a checked backup in the place of the present ones, which stay beside them as
 * `<name>.before-restore-<instant>`. No server may work on the installation. The new database takes the place of the old
 * one by one rename, so that a kill at any moment leaves one of the two, whole. Answers the names of what was put aside.
 */
export async function putBack(
  config: Config,
  folder: string,
  manifest: BackupManifest,
  now: number,
): Promise<Outcome<readonly string[], RefusalCode>> {
  const staging = join(config.varDir, 'restore.unfinished');
  await rm(staging, { recursive: true, force: true });
  try {
    await mkdir(join(staging, LOGO_FOLDER), { recursive: true, mode: 0o700 });
    for (const name of Object.keys(manifest.files)) {
      await copySynced(join(folder, name), join(staging, name));
      await chmod(join(staging, name), name.startsWith(LOGO_FOLDER) ? 0o640 : 0o600);
    }
    // what was checked lay on another disk, perhaps a failing one: what counts is what has arrived
    const changed = await changedFile(staging, manifest);
    if (changed !== undefined) return refuse('BACKUP_DAMAGED', { fault: changed });
    return accept(await exchange(config, staging, manifest, now));
  } catch (error) {
    if (isFull(error)) return refuse('NO_SPACE', { folder: config.varDir });
    throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function exchange(
  config: Config,
  staging: string,
  manifest: BackupManifest,
  now: number,
): Promise<readonly string[]> {
  const suffix = `before-restore-${new Date(now).toISOString().replaceAll(':', '-')}`;
  const names = Object.keys(manifest.files);
  for (const name of names.filter((one) => one.startsWith(`${LOGO_FOLDER}/`))) {
    // logos are named by their content: one that is there is the same
    const to = join(config.logoDir, name.slice(LOGO_FOLDER.length + 1));
    if (!existsSync(to)) await copySynced(join(staging, name), to);
  }
  const aside: string[] = [];
  const database = databaseFile(config);
  settleDatabase(database);
  for (const part of ['-wal', '-shm']) {
    // the log of another database would be played into the restored one
    if (!existsSync(database + part)) continue;
    await rename(database + part, `${database}${part}.${suffix}`);
    aside.push(`${DATABASE_FILE}${part}.${suffix}`);
  }
  for (const name of [SECRET_FILE, DATABASE_FILE].filter((one) => names.includes(one))) {
    const place = join(config.varDir, name);
    if (existsSync(place)) {
      await keepAs(place, `${place}.${suffix}`);
      aside.push(`${name}.${suffix}`);
    }
    await rename(join(staging, name), place);
  }
  await syncToDisk(config.varDir);
  return aside;
}

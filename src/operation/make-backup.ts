import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Config, PROJECT_ROOT } from '../config.ts';
import type { RefusalCode } from '../domain/refusals.ts';
import { noteBackup } from '../last-backup.ts';
import { type Outcome, accept, refuse } from '../protocol/outcome.ts';
import { databaseFile } from '../runtime.ts';
import { loadServerSecret } from '../secret.ts';
import { copyDatabase, openCopy } from '../store/backup.ts';
import { snapshotFacts } from '../store/snapshot-facts.ts';
import {
  type BackupManifest,
  DATABASE_FILE,
  LOGO_FOLDER,
  MANIFEST_FILE,
  SECRET_FILE,
  digestOfFile,
  isLogo,
  secretCheckOf,
} from './backup-manifest.ts';
import { copySynced, isDamaged, isFull, syncToDisk } from './synced-files.ts';

export interface BackupRequest {
  /** The folder to be made. */
  readonly out: string;
  readonly now: number;
  readonly isSecretLeftOut: boolean;
  readonly onProgress: (done: number, total: number) => void;
}

export interface MadeBackup {
  readonly manifest: BackupManifest;
  /** Where the server secret is: whoever restores needs it. */
  readonly secret: 'in-backup' | 'in-environment' | 'left-out';
}

/** While a backup is being made its folder has this name: what has the right one is complete. */
export const unfinishedName = (out: string): string => `${out}.unfinished`;

/**
 * Saves database, server secret and logos into a new folder, beside a running server. Mails in the embedded mailbox are
 * left out: they hold links and codes, and can be made again. Refuses with NO_DATABASE, DATABASE_DAMAGED or NO_SPACE, and
 * leaves nothing behind then.
 */
export async function makeBackup(
  config: Config,
  request: BackupRequest,
): Promise<Outcome<MadeBackup, RefusalCode>> {
  if (!existsSync(databaseFile(config))) return refuse('NO_DATABASE', { folder: config.varDir });
  const folder = unfinishedName(request.out);
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, LOGO_FOLDER), { recursive: true, mode: 0o700 });
  try {
    const made = await fill(folder, config, request);
    if (!made.ok) {
      await rm(folder, { recursive: true, force: true });
      return made;
    }
    await rename(folder, request.out);
    await syncToDisk(dirname(request.out));
    noteBackup(config, request.now);
    return made;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (isFull(error)) return refuse('NO_SPACE', { folder: dirname(request.out) });
    if (isDamaged(error)) return refuse('DATABASE_DAMAGED', { fault: String(error) });
    throw error;
  }
}

async function fill(
  folder: string,
  config: Config,
  request: BackupRequest,
): Promise<Outcome<MadeBackup, RefusalCode>> {
  const database = join(folder, DATABASE_FILE);
  await copyDatabase(databaseFile(config), database, request.onProgress);
  await chmod(database, 0o600);
  await syncToDisk(database);
  const copy = openCopy(database);
  try {
    const fault = copy.fault();
    if (fault !== undefined) return refuse('DATABASE_DAMAGED', { fault });
    const logos = existsSync(config.logoDir) ? readdirSync(config.logoDir).filter(isLogo) : [];
    for (const name of logos) await copySynced(join(config.logoDir, name), join(folder, LOGO_FOLDER, name));
    const secretFile = join(config.varDir, SECRET_FILE);
    const isSecretCopied = config.secretKey === undefined && !request.isSecretLeftOut;
    const secret = loadServerSecret(config.secretKey, secretFile, { isFirstStart: false });
    if (isSecretCopied) {
      await copySynced(secretFile, join(folder, SECRET_FILE));
      await chmod(join(folder, SECRET_FILE), 0o600);
    }
    const names = [
      DATABASE_FILE,
      ...(isSecretCopied ? [SECRET_FILE] : []),
      ...logos.map((name) => `${LOGO_FOLDER}/${name}`),
    ];
    const files: BackupManifest['files'] = {};
    for (const name of names) files[name] = await digestOfFile(join(folder, name));
    const snapshot = await snapshotFacts(copy.read);
    const manifest: BackupManifest = {
      format: 'votix-backup/1',
      madeAt: request.now,
      votix: programVersion(),
      migrations: [...(await copy.migrations())],
      secretCheck: secretCheckOf(secret),
      snapshot: { auditSeq: snapshot.auditSeq, elections: [...snapshot.elections] },
      files,
    };
    const file = join(folder, MANIFEST_FILE);
    await writeFile(file, `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 });
    for (const path of [file, join(folder, LOGO_FOLDER), folder]) await syncToDisk(path);
    const where = config.secretKey === undefined ? 'left-out' : 'in-environment';
    return accept({ manifest, secret: isSecretCopied ? 'in-backup' : where });
  } finally {
    await copy.close();
  }
}

function programVersion(): string {
  const described = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  return described.version;
}

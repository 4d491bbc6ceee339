import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RefusalCode } from '../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../protocol/outcome.ts';
import { openCopy } from '../store/backup.ts';
import {
  type BackupManifest,
  DATABASE_FILE,
  MANIFEST_FILE,
  digestOfFile,
  manifestSchema,
} from './backup-manifest.ts';
import { databaseFault } from './database-fault.ts';
import { isDamaged } from './synced-files.ts';

/**
 * Reads a backup and checks all of it: digests of its files, the database's own consistency, the chain of the audit log,
 * every closed urn against its signed close. Refuses with NOT_A_BACKUP, BACKUP_NEWER or BACKUP_DAMAGED.
 */
export async function readBackup(folder: string): Promise<Outcome<BackupManifest, RefusalCode>> {
  const manifest = readManifest(folder);
  if (manifest === undefined) return refuse('NOT_A_BACKUP', { folder });
  const changed = await changedFile(folder, manifest);
  if (changed !== undefined) return refuse('BACKUP_DAMAGED', { fault: changed });
  try {
    const copy = openCopy(join(folder, DATABASE_FILE));
    try {
      const migration = await copy.unknownMigration();
      if (migration !== undefined) return refuse('BACKUP_NEWER', { migration });
      const fault = copy.fault() ?? (await databaseFault(copy.read));
      return fault === undefined ? accept(manifest) : refuse('BACKUP_DAMAGED', { fault });
    } finally {
      await copy.close();
    }
  } catch (error) {
    if (isDamaged(error)) return refuse('BACKUP_DAMAGED', { fault: String(error) });
    throw error;
  }
}

function readManifest(folder: string): BackupManifest | undefined {
  try {
    const read = manifestSchema.safeParse(JSON.parse(readFileSync(join(folder, MANIFEST_FILE), 'utf8')));
    return read.success && DATABASE_FILE in read.data.files ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** The first file of the manifest that is missing or another one, in words. */
export async function changedFile(folder: string, manifest: BackupManifest): Promise<string | undefined> {
  for (const [name, { bytes, sha256 }] of Object.entries(manifest.files)) {
    const found = await digestOfFile(join(folder, name)).catch(() => undefined);
    if (found === undefined) return `${name} cannot be read`;
    if (found.bytes !== bytes || found.sha256 !== sha256) return `${name} was changed`;
  }
  return undefined;
}

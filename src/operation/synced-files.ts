import { copyFile, open } from 'node:fs/promises';

/** Forces a file, or the names in a folder, to the disk. */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Copies a file and waits until it is on the disk. */
export async function copySynced(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await syncToDisk(to);
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** Whether a file could not be written to its end: full disk, quota, or largest size of a file. */
export const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE'].includes(codeOf(error));

/** Whether SQLite found a file damaged, or no database at all. */
export const isDamaged = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error));

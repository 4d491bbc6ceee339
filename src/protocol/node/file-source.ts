import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { RecordSource } from '../record-reader.ts';

const CHUNK = 256 * 1024;

/** A file as the verifier reads it. Rejects where it is missing, unreadable or no regular file. */
export async function fileSource(path: string): Promise<RecordSource> {
  const found = await stat(path);
  if (!found.isFile()) throw new Error(`not a file: ${path}`);
  return { size: found.size, open: (start) => createReadStream(path, { start, highWaterMark: CHUNK }) };
}

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toBase64url } from '../../protocol/bytes.ts';
import type { Runtime } from '../../runtime.ts';
import { digestOf } from '../../secret.ts';

/**
 * A chosen file waits here between preview and confirmation. On disk, not in memory: any process of this server can take
 * the confirmation. Not sent back by the browser either: a page would have to carry 5 MB both ways. It holds names and
 * addresses, as the database does: readable by the server alone, removed when it is imported or put aside, or after an hour.
 */
const KEPT_MS = 60 * 60_000;
const SWEEP_EVERY_MS = 10 * 60_000;

type Host = Pick<Runtime, 'config' | 'clock' | 'log'>;

const folderOf = (runtime: Host): string => join(runtime.config.varDir, 'imports');

/** Named after a digest of id and election: no id leads out of the folder, none of another election leads anywhere. */
const pathOf = (runtime: Host, electionId: string, id: string): string =>
  join(folderOf(runtime), `${Buffer.from(digestOf(`${electionId}/${id}`)).toString('hex')}.roll`);

/** Keeps the bytes of a chosen file; answers the id by which it is asked for. */
export async function keepUpload(runtime: Host, electionId: string, bytes: Uint8Array): Promise<string> {
  await mkdir(folderOf(runtime), { recursive: true, mode: 0o700 });
  const id = toBase64url(randomBytes(24));
  const path = pathOf(runtime, electionId, id);
  await writeFile(path, bytes, { mode: 0o600, flag: 'wx' });
  const seconds = runtime.clock.now() / 1000;
  await utimes(path, seconds, seconds);
  return id;
}

const isOld = async (runtime: Host, path: string): Promise<boolean> =>
  runtime.clock.now() - (await stat(path)).mtimeMs > KEPT_MS;

/** The bytes of a kept file; undefined where there is none of that id, or no longer. */
export async function readUpload(
  runtime: Host,
  electionId: string,
  id: string,
): Promise<Uint8Array | undefined> {
  const path = pathOf(runtime, electionId, id);
  try {
    return (await isOld(runtime, path)) ? undefined : await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** A kept file that this request alone may import. */
export interface TakenUpload {
  readonly bytes: Uint8Array;
  /** It has been imported: nothing is kept. */
  remove(): Promise<void>;
  /** It has not been imported: it can be asked for again. */
  putBack(): Promise<void>;
}

/** Takes a kept file for import: of two confirmations at once, one gets it. */
export async function takeUpload(
  runtime: Host,
  electionId: string,
  id: string,
): Promise<TakenUpload | undefined> {
  if ((await readUpload(runtime, electionId, id)) === undefined) return undefined;
  const path = pathOf(runtime, electionId, id);
  const taken = `${path}.taken`;
  try {
    await rename(path, taken);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  return {
    bytes: await readFile(taken),
    remove: () => rm(taken, { force: true }),
    putBack: () => rename(taken, path),
  };
}

/** Removes a kept file that nobody wants any more. */
export const discardUpload = (runtime: Host, electionId: string, id: string): Promise<void> =>
  rm(pathOf(runtime, electionId, id), { force: true });

/** Removes what has been kept for over an hour, and what a crash left behind. */
export async function sweepUploads(runtime: Host): Promise<void> {
  const names = await readdir(folderOf(runtime)).catch(() => []);
  for (const name of names) {
    const path = join(folderOf(runtime), name);
    if (await isOld(runtime, path).catch(() => false)) await rm(path, { force: true });
  }
}

/** Sweeps now and every ten minutes, until the answer is called. */
export function startUploadSweep(runtime: Runtime): () => void {
  const sweep = (): void => {
    sweepUploads(runtime).catch((error: unknown) =>
      runtime.log.app.error({ err: error }, 'kept roll files could not be swept'),
    );
  };
  sweep();
  const timer = setInterval(sweep, SWEEP_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

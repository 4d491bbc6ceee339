import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Runtime } from './runtime.ts';
import { type SnapshotFacts, snapshotFacts } from './store/snapshot-facts.ts';

const WRITE_EVERY_MS = 10_000;

/** In the folder of the logs: it should outlive the database, and holds no more than turnout. */
export const witnessFile = (config: Config): string => join(config.logDir, 'witness.json');

/** Writes down how far the installation has come, so that a restored backup can be told from it. */
async function writeWitness({ config, store }: Runtime, before: string): Promise<string> {
  const text = `${JSON.stringify(await snapshotFacts(store.read))}\n`;
  if (text === before) return text;
  const file = witnessFile(config);
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return text;
}

/** Keeps the witness, until the answer is called: that writes it a last time. */
export function startWitness(runtime: Runtime): () => Promise<void> {
  let written = '';
  let writing = Promise.resolve();
  const write = (): Promise<void> => {
    writing = writing
      .then(async () => {
        written = await writeWitness(runtime, written);
      })
      .catch((error: unknown) => runtime.log.app.error({ err: error }, 'the witness could not be written'));
    return writing;
  };
  void write();
  const timer = setInterval(() => void write(), WRITE_EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return write();
  };
}

/** Reads a witness; undefined where there is none, or it cannot be understood by `parse`. */
export function readWitness(
  file: string,
  parse: (value: unknown) => SnapshotFacts | undefined,
): SnapshotFacts | undefined {
  try {
    return parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { UsageError } from './terminal.ts';

/** A file being written for the first time, readable by its owner alone; an existing one is never overwritten. */
export interface NewFile {
  write(content: string | Uint8Array): void;
  close(): void;
  /** Takes the file away again, after a refusal. */
  discard(): void;
}

export function newFile(path: string): NewFile {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'wx', 0o600);
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new UsageError(
      exists
        ? `${path} exists already: name a new file`
        : `${path} cannot be written: check folder and permissions`,
    );
  }
  return {
    write: (content) => {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    },
    close: () => closeSync(descriptor),
    discard: () => {
      closeSync(descriptor);
      unlinkSync(path);
    },
  };
}

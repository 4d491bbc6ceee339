import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';

const LARGEST_FILE = 10 * 1024 * 1024;
const KEPT_FILES = 5;

/** One rotating file: written synchronously, so that no line is lost at exit; renamed by size, the oldest dropped. */
class RotatingFile {
  readonly #path: string;
  #descriptor: number;
  #size: number;

  constructor(path: string) {
    this.#path = path;
    this.#descriptor = openSync(path, 'a', 0o640);
    this.#size = fstatSync(this.#descriptor).size;
  }

  write(line: string): void {
    if (this.#size >= LARGEST_FILE) this.#rotate();
    this.#size += writeSync(this.#descriptor, line);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #rotate(): void {
    closeSync(this.#descriptor);
    for (let age = KEPT_FILES - 1; age >= 0; age--) {
      const from = age === 0 ? this.#path : `${this.#path}.${age}`;
      try {
        renameSync(from, `${this.#path}.${age + 1}`);
      } catch {
        // an age that does not exist yet
      }
    }
    this.#descriptor = openSync(this.#path, 'a', 0o640);
    this.#size = 0;
  }
}

/** Log files by reader: app (requests' faults), admin (staff acts), votix (elections), email. JSON lines, never a secret. */
export interface Log {
  readonly app: Logger;
  readonly admin: Logger;
  readonly votix: Logger;
  readonly email: Logger;
  close(): void;
}

export function openLog(folder: string): Log {
  const files: RotatingFile[] = [];
  const open = (name: string): Logger => {
    const file = new RotatingFile(join(folder, `${name}.log`));
    files.push(file);
    return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, file);
  };
  const log = { app: open('app'), admin: open('admin'), votix: open('votix'), email: open('email') };
  return { ...log, close: () => files.forEach((file) => file.close()) };
}

import { closeSync, fstatSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';

const LARGEST_FILE = 10 * 1024 * 1024;
/** A fortnight of days, or fewer where a day fills several files. */
const KEPT_FILES = 14;

/** Every UTC day has files of its own. */
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/**
 * Breaks and marks that some reader of the file would take for the end of a line, or that would turn its letters around;
 * JSON itself escapes the ASCII ones. They stand inside strings only, so the line stays the same JSON.
 */
const FORGING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const escaped = (line: string): string =>
  line.replace(FORGING, (mark) =>
    mark === '\n'
      ? mark
      : Array.from({ length: mark.length }, (_, i) => mark.charCodeAt(i))
          .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
          .join(''),
  );

/** One rotating file: written synchronously, so that no line is lost at exit; renamed by size and day, the oldest dropped. */
class RotatingFile {
  readonly #path: string;
  #descriptor: number;
  #size: number;
  #day: string;

  constructor(path: string) {
    this.#path = path;
    this.#descriptor = openSync(path, 'a', 0o640);
    const { size, mtimeMs } = fstatSync(this.#descriptor);
    this.#size = size;
    this.#day = dayOf(size === 0 ? Date.now() : mtimeMs);
  }

  write(line: string): void {
    try {
      const today = dayOf(Date.now());
      if (this.#size >= LARGEST_FILE || this.#day !== today) this.#rotate();
      this.#day = today;
      this.#size += writeSync(this.#descriptor, escaped(line));
    } catch {
      // a full disk, or a line behind the end: what was to be logged has happened all the same, and must be answered
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #putAway(): void {
    for (let age = KEPT_FILES - 1; age >= 0; age--) {
      const from = age === 0 ? this.#path : `${this.#path}.${age}`;
      try {
        renameSync(from, `${this.#path}.${age + 1}`);
      } catch {
        // an age that does not exist yet
      }
    }
  }

  #rotate(): void {
    // another process that writes the same log may have been faster: then its new file is the one to go on with
    const isOurs = statSync(this.#path, { throwIfNoEntry: false })?.ino === fstatSync(this.#descriptor).ino;
    if (isOurs) this.#putAway();
    const next = openSync(this.#path, 'a', 0o640);
    closeSync(this.#descriptor);
    this.#descriptor = next;
    this.#size = fstatSync(next).size;
  }
}

/**
 * Log files by reader: app (requests' faults), admin (staff acts: who did what, no more), votix (elections), email,
 * database. JSON lines, never a secret, a choice, or who voted when.
 */
export interface Log {
  readonly app: Logger;
  readonly admin: Logger;
  readonly votix: Logger;
  readonly email: Logger;
  readonly database: Logger;
  close(): void;
}

export function openLog(folder: string): Log {
  const files: RotatingFile[] = [];
  const open = (name: string): Logger => {
    const file = new RotatingFile(join(folder, `${name}.log`));
    files.push(file);
    return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, file);
  };
  return {
    app: open('app'),
    admin: open('admin'),
    votix: open('votix'),
    email: open('email'),
    database: open('database'),
    close: () => files.forEach((file) => file.close()),
  };
}

import { readFileSync } from 'node:fs';
import { SingleBar } from 'cli-progress';
import { ConfigurationError, readConfig } from '../config.ts';
import { REFUSALS, type RefusalCode, refusalSentence } from '../domain/refusals.ts';
import { faultsOf } from '../domain/input-faults.ts';
import type { Refusal } from '../protocol/outcome.ts';
import { type Runtime, closeRuntime, openRuntime } from '../runtime.ts';
import { type ElectionRow, findElection, listElections } from '../store/elections.ts';
import { StoreBusy } from '../store/store.ts';

/** Exit codes that no refusal carries: done, wrong usage, stopped by Ctrl-C. */
export const EXIT = { done: 0, usage: 2, invalid: 3, partial: 5, busy: 6, interrupted: 130 } as const;

export interface CommonOptions {
  readonly election?: string;
  readonly json?: boolean;
}

/** Wrong use of a command: said in one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

export const warn = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** One result for people, or the same as one line of JSON. */
export function answer(
  options: CommonOptions,
  text: string,
  fields: Readonly<Record<string, unknown>>,
): number {
  say(options.json === true ? JSON.stringify(fields) : text);
  return EXIT.done;
}

/** Says a refusal on the error stream (as JSON where asked), every fault of an input at once; answers its exit code. */
export function refused(options: CommonOptions, refusal: Refusal<RefusalCode>): number {
  const { code } = refusal;
  const detail = Object.fromEntries(
    Object.entries(refusal.detail).map(([name, value]) => [
      name,
      isInstant(name, value) ? isoInstant(value) : value,
    ]),
  );
  const message = refusalSentence('en', code, detail);
  if (options.json === true) {
    warn(JSON.stringify({ error: { ...detail, code, message } }));
    return REFUSALS[code].exit;
  }
  warn(`${code}: ${message}`);
  if (code === 'INVALID_INPUT') {
    for (const { name, sentence } of faultsOf('en', refusal)) warn(`  ${name}: ${sentence}`);
  }
  return REFUSALS[code].exit;
}

const isInstant = (name: string, value: string | number): value is number =>
  typeof value === 'number' && (name.endsWith('At') || name === 'until');

/** An instant as the terminal says it: UTC, ISO 8601. */
export const isoInstant = (ms: number): string => new Date(ms).toISOString();

/** Opens the runtime for one command and closes it whatever happens; known faults become one line and an exit code. */
export async function withRuntime(work: (runtime: Runtime) => Promise<number>): Promise<number> {
  return guarded(async () => {
    const runtime = await openRuntime(readConfig());
    try {
      return await work(runtime);
    } finally {
      await closeRuntime(runtime);
    }
  });
}

export async function guarded(work: () => Promise<number>): Promise<number> {
  // database, logs and mailbox are for the operator's account alone
  process.umask(0o077);
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageError || error instanceof ConfigurationError) {
      warn(error.message);
      return EXIT.usage;
    }
    if (error instanceof StoreBusy) {
      warn('BUSY: the database is locked by another process: try again in a moment');
      return EXIT.busy;
    }
    const fault = hostFault(error);
    if (fault === undefined) throw error;
    warn(fault);
    return EXIT.invalid;
  }
}

const HOST_REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'give it to the account that runs Votix, or run as its owner',
  EPERM: 'give it to the account that runs Votix, or run as its owner',
  EROFS: 'its disk is mounted read-only: name a folder that can be written (VAR_DIR, LOG_DIR, LOGO_DIR)',
  ENOSPC: 'its disk is full: free some space',
  EDQUOT: 'the quota is used up: free some space',
  ENOTDIR: 'a file is in the place of a folder: move it, or name another folder',
  SQLITE_CANTOPEN: 'check owner and permissions of the database and its folder',
  SQLITE_READONLY:
    'check owner and permissions of the database and its folder, and that its disk can be written',
  SQLITE_FULL: 'its disk is full: free some space',
  SQLITE_NOTADB: 'the database is damaged: restore a backup',
  SQLITE_CORRUPT: 'the database is damaged: restore a backup',
};

/** A fault of the machine, not of the program, as one line with its remedy; undefined for anything else. */
function hostFault(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const code = String(error.code);
  const [, remedy] = Object.entries(HOST_REMEDIES).find(([known]) => code.startsWith(known)) ?? [];
  return remedy && `${error.message}: ${remedy}`;
}

/** The election named by `--election` (its id), or the only one there is. */
export async function chosenElection(runtime: Runtime, options: CommonOptions): Promise<ElectionRow> {
  if (options.election !== undefined) {
    const election = await findElection(runtime.store.read, options.election);
    if (election === undefined)
      throw new UsageError(`there is no election ${options.election}: see 'status'`);
    return election;
  }
  const elections = await listElections(runtime.store.read);
  const [only] = elections;
  if (only === undefined)
    throw new UsageError("there is no election yet: make one with 'create-election --file F'");
  if (elections.length > 1) {
    const known = elections.map((election) => `  ${election.id}  ${election.title}`).join('\n');
    throw new UsageError(`there are several elections: name one with --election\n${known}`);
  }
  return only;
}

/** Reads a file named on the command line. */
export function readInput(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

/** A progress bar on a terminal; silence where the output is piped or JSON was asked for. */
export function progressBar(options: CommonOptions, label: string): Progress {
  if (options.json === true || !process.stderr.isTTY)
    return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: `${label} {bar} {percentage}% | {value}/{total} | {eta_formatted}`,
    hideCursor: true,
    stream: process.stderr,
  });
  let isStarted = false;
  return {
    update: (done, total) => {
      if (!isStarted) bar.start(total, done);
      isStarted = true;
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => {
      if (isStarted) bar.stop();
    },
  };
}

/**
 * The server's side of a key holder: a child process that alone sees an election private key, does one job and exits.
 * This module does not import `protocol/key-holder`: it starts that program by its address and talks to it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { on } from 'node:events';
import { type Bytes, utf8 } from '../bytes.ts';
import type { Challenge } from '../challenge.ts';
import type { ElectionTerms } from '../manifest.ts';
import { accept, type Outcome } from '../outcome.ts';
import type { ModulusBits } from './credential-key.ts';
import { layoutOf } from './flat-ballots.ts';
import type {
  FeedMessage,
  GeneratedKey,
  GenerateJob,
  KeyHolderAnswer,
  KeyHolderJob,
  KeyRefusal,
  LockedKey,
} from './key-holder-messages.ts';
import { OpeningRun } from './opening-run.ts';
import { childArguments, moduleBeside } from './start-worker.ts';

export type { GeneratedKey, KeyRefusal } from './key-holder-messages.ts';
export type { OpeningRun } from './opening-run.ts';

/** A key file and what opens it: the words of a passphrase as typed, or shares as typed. */
export type KeyAtHand = { readonly keyFile: Uint8Array } & (
  { readonly passphrase: string } | { readonly shares: readonly string[] }
);

export interface GenerateRequest {
  readonly bits: ModulusBits;
  /** Title of the election, first line of the key file. */
  readonly title: string;
  readonly madeAt: Date;
  /** Further lines in the language of the key holder; `{fingerprint}` stands for the key's fingerprint. */
  readonly instructions?: readonly string[];
  readonly custody?: GenerateJob['custody'];
}

/** Starts a key holder. It does one job; `close` ends it at any time, and whoever starts one closes it. */
export const startKeyHolder = (): KeyHolder => new KeyHolder();

export class KeyHolder {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<unknown[]>;
  /** Resolves when the child is gone. */
  readonly ended: Promise<void>;
  #hasJob = false;

  constructor() {
    const program = moduleBeside(import.meta.url, '../key-holder/node/program');
    this.#child = startWithoutCoreDumps(childArguments(program));
    // the channel closes after its last message, the process may be seen to exit before; listens for errors as well
    this.#answers = on(this.#child, 'message', { close: ['disconnect'] });
    this.ended = new Promise((resolve) => {
      this.#child.once('close', () => resolve());
    });
  }

  /** Makes a key pair, its key proof, and its key file under a fresh passphrase (or shares). */
  async generate({
    bits,
    title,
    madeAt,
    instructions = [],
    custody,
  }: GenerateRequest): Promise<GeneratedKey> {
    const note = [title, madeAt.toISOString(), '{fingerprint}', ...instructions];
    this.#start({ kind: 'generate', bits, note, ...(custody === undefined ? {} : { custody }) });
    const { key } = await this.#expect('generated');
    return key;
  }

  /** The secret of a challenge (section 8), 32 bytes. */
  async answer(
    request: KeyAtHand & { readonly modulus: Bytes; readonly challenge: Challenge },
  ): Promise<Outcome<Bytes, KeyRefusal | 'WRONG_PROOF'>> {
    const { modulus, challenge } = request;
    this.#start({ kind: 'answer', locked: lockedKey(request), modulus, challenge });
    const { outcome } = await this.#expect('answered');
    return outcome;
  }

  /** Opens the key; the ballots follow in `openings` of the run. */
  async open(
    request: KeyAtHand & { readonly terms: ElectionTerms },
  ): Promise<Outcome<OpeningRun, KeyRefusal>> {
    const { terms } = request;
    this.#start({ kind: 'open', locked: lockedKey(request), manifest: terms.text });
    const { outcome } = await this.#expect('opened-key');
    if (!outcome.ok) return outcome;
    const channel = { next: () => this.#next(), send: (message: FeedMessage) => this.#send(message) };
    return accept(new OpeningRun(layoutOf(terms), outcome.value.isWeak, channel));
  }

  /** The child's process id; undefined where it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Ends the child, whatever it is doing. */
  close(): void {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
  }

  #start(job: KeyHolderJob): void {
    if (this.#hasJob) throw new Error('a key holder does one job');
    this.#hasJob = true;
    this.#send(job);
    // a copy of the typed words less; the channel has its own by now
    if (job.kind !== 'generate' && 'typed' in job.locked) job.locked.typed.fill(0);
  }

  #send(message: KeyHolderJob | FeedMessage): void {
    this.#child.send(message);
  }

  async #next(): Promise<KeyHolderAnswer> {
    const next = await this.#answers.next();
    if (next.done === true) throw new Error('the key holder ended without an answer');
    const [answer] = next.value as [KeyHolderAnswer];
    if (answer.kind === 'failed') throw new Error(`the key holder failed: ${answer.reason}`);
    return answer;
  }

  async #expect<Kind extends KeyHolderAnswer['kind']>(
    kind: Kind,
  ): Promise<Extract<KeyHolderAnswer, { readonly kind: Kind }>> {
    const answer = await this.#next();
    if (answer.kind !== kind) throw new Error(`the key holder answered ${answer.kind}, not ${kind}`);
    return answer as Extract<KeyHolderAnswer, { readonly kind: Kind }>;
  }
}

/**
 * A child with a private channel, nothing of this process's environment, and no core dumps, which would hold the key:
 * Node cannot set that limit itself, the shell can. (Windows writes none unless told to.)
 */
function startWithoutCoreDumps(args: readonly string[]): ChildProcess {
  const hasShell = process.platform !== 'win32';
  const command = hasShell ? '/bin/sh' : process.execPath;
  const shellArgs = ['-c', 'ulimit -c 0 && exec "$0" "$@"', process.execPath, ...args];
  return spawn(command, hasShell ? shellArgs : [...args], {
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

const lockedKey = ({ keyFile, ...secret }: KeyAtHand): LockedKey =>
  'shares' in secret ? { keyFile, shares: secret.shares } : { keyFile, typed: utf8(secret.passphrase) };

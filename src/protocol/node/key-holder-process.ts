/**
 * The server's side of a key holder: a child process that alone sees an election private key, does one job and exits.
 * This module does not import `protocol/key-holder`: it starts that program by its address and talks to it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { on } from 'node:events';
import { type Bytes, utf8 } from '../bytes.ts';
import type { Challenge } from '../challenge.ts';
import type { Tally } from '../count.ts';
import type { ElectionTerms } from '../manifest.ts';
import { accept, type Outcome } from '../outcome.ts';
import type { ModulusBits } from './credential-key.ts';
import { type BallotLayout, type ClosedBallot, flatten, layoutOf } from './flat-ballots.ts';
import type {
  FeedMessage,
  GeneratedKey,
  GenerateJob,
  KeyHolderAnswer,
  KeyHolderJob,
  KeyRefusal,
  LockedKey,
} from './key-holder-messages.ts';
import { childArguments, moduleBeside } from './start-worker.ts';

export type { GeneratedKey, KeyRefusal } from './key-holder-messages.ts';

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

/** Ballots being opened; all of them, or nothing may be published (section 9). */
export interface OpeningRun {
  /** The key file derives its key with fewer than 600,000 iterations: worth a warning. */
  readonly isWeak: boolean;
  /**
   * Opens batches of at most 4,096 ballots and gives their openings (nLen bytes each) batch by batch, in the same
   * order. The ballots are those of the whole urn, ascending by tracker. May be called once.
   */
  openings(batches: AsyncIterable<readonly ClosedBallot[]>): AsyncGenerator<readonly Bytes[]>;
  /** Ballots opened so far. */
  opened(): number;
  /** The tally, counted twice with the same result. Before the last openings were taken it throws. */
  tally(): Tally;
}

/** Starts a key holder. It does one job; `close` ends it at any time, and whoever starts one closes it. */
export const startKeyHolder = (): KeyHolder => new KeyHolder();

export class KeyHolder {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<KeyHolderAnswer>;
  /** Resolves when the child is gone. */
  readonly ended: Promise<void>;
  #hasJob = false;

  constructor() {
    const program = moduleBeside(import.meta.url, '../key-holder/node/program');
    this.#child = startWithoutCoreDumps(childArguments(program));
    this.#answers = answersOf(this.#child);
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
    return accept(this.#run(layoutOf(terms), outcome.value.isWeak));
  }

  /** The child's process id; undefined where it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Ends the child, whatever it is doing. */
  close(): void {
    if (this.#child.exitCode === null) this.#child.kill('SIGKILL');
  }

  #run(layout: BallotLayout, isWeak: boolean): OpeningRun {
    let opened = 0;
    let tally: Tally | undefined;
    const openings = async function* (this: KeyHolder, batches: AsyncIterable<readonly ClosedBallot[]>) {
      const source = batches[Symbol.asyncIterator]();
      for (;;) {
        const answer = await this.#next();
        switch (answer.kind) {
          case 'more': {
            const next = await source.next();
            const isEnd = next.done === true;
            this.#send(isEnd ? { kind: 'end' } : { kind: 'batch', flat: flatten(layout, next.value) });
            break;
          }
          case 'openings':
            yield split(answer.openings, layout.c);
            break;
          case 'progress':
            opened = answer.opened;
            break;
          case 'counted':
            tally = answer.tally;
            return;
          default:
            throw new Error(`the key holder answered ${answer.kind} while opening`);
        }
      }
    };
    return {
      isWeak,
      openings: openings.bind(this),
      opened: () => opened,
      tally() {
        if (tally === undefined) throw new Error('the ballots are not all opened');
        return tally;
      },
    };
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
    if (next.value.kind === 'failed') throw new Error(`the key holder failed: ${next.value.reason}`);
    return next.value;
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

/** What the child says, until it ends. */
async function* answersOf(child: ChildProcess): AsyncGenerator<KeyHolderAnswer> {
  // `close: exit` ends the iteration when the child is gone; messages that came before are given first
  for await (const [message] of on(child, 'message', { close: ['exit', 'error'] }))
    yield message as KeyHolderAnswer;
}

const lockedKey = ({ keyFile, ...secret }: KeyAtHand): LockedKey =>
  'shares' in secret ? { keyFile, shares: secret.shares } : { keyFile, typed: utf8(secret.passphrase) };

const split = (openings: Bytes, nLen: number): readonly Bytes[] =>
  Array.from({ length: openings.length / nLen }, (_, i) => openings.subarray(i * nLen, (i + 1) * nLen));

import type { KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { type Bytes, concat } from '../bytes.ts';
import { type Outcome, accept, refuse } from '../outcome.ts';
import type { RsaPublicKey } from '../primitives.ts';
import { inRange } from '../rsa.ts';
import type { SigningTask } from './signing-worker.ts';
import { moduleBeside, startWorker } from './start-worker.ts';

interface Waiting {
  readonly privateKey: KeyObject;
  readonly key: RsaPublicKey;
  readonly blinded: Bytes;
  readonly resolve: (signature: Bytes) => void;
  readonly reject: (error: Error) => void;
}

/** Values handed over at once: a message costs a tenth of a signature, and no voter waits for more than these. */
const LARGEST_TASK = 8;

/** One worker thread with at most one task. It keeps nothing alive while it has none. */
class Lane {
  readonly #worker: Worker;
  #task: readonly Waiting[] = [];

  constructor(onFree: () => void, onEnd: (lane: Lane) => void) {
    this.#worker = startWorker(moduleBeside(import.meta.url, 'signing-worker'));
    this.#worker.unref();
    this.#worker.on('message', (signatures: Bytes) => {
      const task = this.#release();
      for (const [index, { key, resolve }] of task.entries()) {
        const nLen = key.modulus.length;
        resolve(signatures.slice(nLen * index, nLen * (index + 1)));
      }
      onFree();
    });
    const end = (error: Error): void => {
      for (const { reject } of this.#release()) reject(error);
      onEnd(this);
    };
    this.#worker.on('error', end);
    this.#worker.on('exit', () => end(new Error('a signing thread ended')));
  }

  get isFree(): boolean {
    return this.#task.length === 0;
  }

  sign(task: readonly [Waiting, ...Waiting[]]): void {
    this.#task = task;
    this.#worker.ref();
    const [{ privateKey, key }] = task;
    const blinded = concat(...task.map((waiting) => waiting.blinded));
    const message: SigningTask = { privateKey, modulus: key.modulus, blinded };
    this.#worker.postMessage(message, [blinded.buffer]);
  }

  #release(): readonly Waiting[] {
    const task = this.#task;
    this.#task = [];
    this.#worker.unref();
    return task;
  }
}

/**
 * BlindSign on threads of their own. The private operation takes longer than all else that a vote costs the server, and
 * node:crypto offers it as a blocking call only: the thread that answers requests would stand still meanwhile.
 */
export class SigningThreads {
  readonly #most: number;
  readonly #lanes: Lane[] = [];
  readonly #waiting: Waiting[] = [];

  /** Threads start when they are first needed; by default one processor stays for the requests. */
  constructor(most = Math.max(1, availableParallelism() - 1)) {
    this.#most = most;
  }

  /** `blindSign`, elsewhere. Rejects where it throws or its thread ends; the next call finds another thread. */
  async blindSign(
    privateKey: KeyObject,
    key: RsaPublicKey,
    blinded: Bytes,
  ): Promise<Outcome<Bytes, 'MALFORMED'>> {
    if (!inRange(key, blinded)) return refuse('MALFORMED');
    const signature = await new Promise<Bytes>((resolve, reject) => {
      this.#waiting.push({ privateKey, key, blinded, resolve, reject });
      this.#assign();
    });
    return accept(signature);
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const lane = this.#lanes.find(({ isFree }) => isFree) ?? this.#startLane();
      if (lane === undefined) return;
      const task = this.#nextTask();
      if (task !== undefined) lane.sign(task);
    }
  }

  /** The values that wait longest, as far as they are of one key. */
  #nextTask(): readonly [Waiting, ...Waiting[]] | undefined {
    const [first] = this.#waiting;
    if (first === undefined) return undefined;
    let count = 1;
    while (count < LARGEST_TASK && this.#waiting[count]?.privateKey === first.privateKey) count++;
    return [first, ...this.#waiting.splice(0, count).slice(1)];
  }

  #startLane(): Lane | undefined {
    if (this.#lanes.length === this.#most) return undefined;
    const lane = new Lane(
      () => this.#assign(),
      (ended) => this.#drop(ended),
    );
    this.#lanes.push(lane);
    return lane;
  }

  #drop(ended: Lane): void {
    const at = this.#lanes.indexOf(ended);
    if (at >= 0) this.#lanes.splice(at, 1);
    this.#assign();
  }
}

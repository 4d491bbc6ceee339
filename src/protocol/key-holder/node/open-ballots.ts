/** The opening engine of section 9: worker threads open batches in shared memory while the next batch is prepared. */
import type * as crypto from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Bytes } from '../../bytes.ts';
import { canonical } from '../../canonical-json.ts';
import { addTally, emptyTally, type Tally, tallyJson } from '../../count.ts';
import type { ElectionTerms } from '../../manifest.ts';
import { layoutOf } from '../../node/flat-ballots.ts';
import { moduleBeside, startWorker } from '../../node/start-worker.ts';
import {
  CLAIMED,
  createSlot,
  OPENED,
  type OpenWorkerData,
  type SharedSlot,
  type SlotCount,
} from './open-slots.ts';

/** Most ballots in one batch. */
export const BATCH = 4096;
/** While the workers are in one slot, the next is filled and the last one read out. */
const SLOTS = 2;

/**
 * Opens and counts all ballots of an election: create (while the passphrase is being stretched), `useKey`, `open` batch
 * after batch, `tally`, `close`. All accepted ballots or none (section 9): the caller publishes nothing of a run that
 * did not reach its tally.
 */
export class OpeningEngine {
  readonly #layout;
  readonly #slots: readonly SharedSlot[];
  readonly #workers: readonly Worker[];
  readonly #streaming: Tally;
  readonly #fromOpenings: Tally;
  /** Ends with an error as soon as any worker does. */
  readonly #failure: Promise<never>;
  /** Per slot: the workers still in it, and who waits for them. */
  readonly #waiting = new Map<number, { left: number; readonly resolve: () => void }>();
  #used = 0;
  #finished = 0;

  /** Starts the workers, as many as there are processors at hand. */
  constructor(terms: ElectionTerms, workers = availableParallelism()) {
    this.#layout = layoutOf(terms);
    this.#slots = Array.from({ length: SLOTS }, () => createSlot(this.#layout, BATCH));
    this.#streaming = emptyTally(terms.manifest);
    this.#fromOpenings = emptyTally(terms.manifest);
    const workerData: OpenWorkerData = { manifest: terms.text, slots: this.#slots };
    this.#workers = Array.from({ length: workers }, () =>
      startWorker(moduleBeside(import.meta.url, 'open-worker'), { workerData }),
    );
    this.#failure = new Promise((_, reject) => {
      for (const worker of this.#workers) {
        worker.on('error', reject);
        worker.on('exit', () => reject(new Error('an opening worker ended')));
      }
    });
    this.#failure.catch(() => undefined);
    for (const worker of this.#workers) worker.on('message', (count: SlotCount) => this.#receive(count));
  }

  /** Hands the key to every worker: a copy each, moved there and zeroed there. */
  useKey(privateKey: crypto.KeyObject): void {
    for (const worker of this.#workers) {
      const der = privateKey.export({ type: 'pkcs8', format: 'der' });
      const moved = new Uint8Array(der);
      der.fill(0);
      worker.postMessage(moved, [moved.buffer]);
    }
  }

  /**
   * Opens flat batches (see `flatten`) of up to 4,096 ballots each, and gives their openings in the same order, nLen
   * bytes a ballot. Two batches are under way at a time.
   */
  async *open(batches: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
    const underWay: { readonly slot: SharedSlot; readonly count: number; readonly done: Promise<void> }[] =
      [];
    const next = async (): Promise<Bytes> => {
      const { slot, count, done } = underWay.shift() as (typeof underWay)[number];
      await done;
      this.#finished += count;
      Atomics.store(slot.control, OPENED, 0);
      return new Uint8Array(slot.openings.subarray(0, count * this.#layout.c));
    };
    for await (const batch of batches) {
      if (underWay.length === SLOTS) yield await next();
      const index = this.#used++ % SLOTS;
      const slot = this.#slots[index] as SharedSlot;
      const count = batch.length / this.#layout.stride;
      if (!Number.isInteger(count) || count > BATCH) throw new RangeError('not a batch of this election');
      slot.ballots.set(batch);
      Atomics.store(slot.control, CLAIMED, 0);
      const done = this.#distribute(index, count);
      done.catch(() => undefined);
      underWay.push({ slot, count, done });
    }
    while (underWay.length > 0) yield await next();
  }

  /** Ballots opened so far: may be read at any time. */
  opened(): number {
    return this.#slots.reduce((sum, slot) => sum + Atomics.load(slot.control, OPENED), this.#finished);
  }

  /** The tally of everything opened. Throws where the two ways of counting differ: then nothing may be published. */
  tally(): Tally {
    if (canonical(tallyJson(this.#streaming)) !== canonical(tallyJson(this.#fromOpenings))) {
      throw new Error('the two counts differ');
    }
    return this.#streaming;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  /** Hands a filled slot to all workers; resolves when every one has nothing left to claim in it. */
  async #distribute(slot: number, count: number): Promise<void> {
    const done = new Promise<void>((resolve) => {
      this.#waiting.set(slot, { left: this.#workers.length, resolve });
    });
    for (const worker of this.#workers) worker.postMessage({ slot, count }, []);
    await Promise.race([done, this.#failure]);
  }

  #receive({ slot, streaming, fromOpenings }: SlotCount): void {
    addTally(this.#streaming, streaming);
    addTally(this.#fromOpenings, fromOpenings);
    const waiting = this.#waiting.get(slot);
    if (waiting !== undefined && --waiting.left === 0) waiting.resolve();
  }
}

/** A worker thread that opens ballots: claims chunks of a shared slot until none is left, then counts what it opened. */
import * as crypto from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { Bytes } from '../../bytes.ts';
import { type Tally, addBallot, emptyTally } from '../../count.ts';
import { type ElectionTerms, parseManifest } from '../../manifest.ts';
import { ballotAt, type BallotLayout, layoutOf } from '../../node/flat-ballots.ts';
import { nodePrimitives } from '../../node/primitives.ts';
import { inRange } from '../../rsa.ts';
import { isOpening, openBallot } from '../../sealed-ballot.ts';
import { Invertibility } from './invertibility.ts';
import {
  CHUNK,
  CLAIMED,
  OPENED,
  type OpenWorkerData,
  type SharedSlot,
  type SlotCount,
} from './open-slots.ts';
import { StreamingOpener } from './streaming-opener.ts';

class BallotWorker {
  readonly #terms: ElectionTerms;
  readonly #layout: BallotLayout;
  readonly #opener: StreamingOpener;

  constructor(terms: ElectionTerms, privateKey: crypto.KeyObject) {
    this.#terms = terms;
    this.#layout = layoutOf(terms);
    this.#opener = new StreamingOpener(privateKey, terms, this.#layout);
  }

  /**
   * Takes part in a slot of `count` ballots, and counts its share twice: as they were opened, and from the openings.
   * Step after step for the whole share, because after each private operation everything else finds cold caches.
   */
  async work(slot: SharedSlot, count: number): Promise<Omit<SlotCount, 'slot'>> {
    const claimed = this.#openChunks(slot, count);
    const lost = this.#notInvertible(slot, claimed);
    const streaming = emptyTally(this.#terms.manifest);
    for (const index of claimed) {
      const fate = this.#opener.fate(slot.ballots, index * this.#layout.stride, this.#openingOf(slot, index));
      addBallot(streaming, this.#terms.manifest, lost.has(index) ? { spoiled: 'NOT_INVERTIBLE' } : fate);
    }
    const fromOpenings = emptyTally(this.#terms.manifest);
    for (const index of claimed) await this.#recount(slot, index, lost.has(index), fromOpenings);
    return { streaming, fromOpenings };
  }

  /** Opens chunk after chunk; the ballots that fell to this worker. */
  #openChunks(slot: SharedSlot, count: number): readonly number[] {
    const claimed: number[] = [];
    for (;;) {
      const from = Atomics.add(slot.control, CLAIMED, CHUNK);
      if (from >= count) return claimed;
      const to = Math.min(from + CHUNK, count);
      for (let index = from; index < to; index++) {
        const { c } = ballotAt(this.#layout, slot.ballots, index);
        if (!inRange(this.#terms.electionKey, own(c))) throw new RangeError('a ballot with c out of range');
        const r = this.#opener.power(slot.ballots, index * this.#layout.stride);
        this.#openingOf(slot, index).set(r);
        Atomics.add(slot.control, OPENED, 1);
        claimed.push(index);
      }
    }
  }

  /** Ballots whose c shares a factor with n. */
  #notInvertible(slot: SharedSlot, claimed: readonly number[]): ReadonlySet<number> {
    const check = new Invertibility(this.#terms.electionKey.n);
    const cOf = (index: number) => ballotAt(this.#layout, slot.ballots, index).c;
    for (const index of claimed) check.add(cOf(index));
    return new Set(check.holds() ? [] : claimed.filter((index) => !check.isInvertible(cOf(index))));
  }

  #openingOf(slot: SharedSlot, index: number): Uint8Array<SharedArrayBuffer> {
    const { c: nLen } = this.#layout;
    return slot.openings.subarray(index * nLen, (index + 1) * nLen);
  }

  /** The second path: what anyone does who has only the ballot, its opening and the public key. */
  async #recount(slot: SharedSlot, index: number, isLost: boolean, tally: Tally): Promise<void> {
    const { manifest, electionKey } = this.#terms;
    const { stride } = this.#layout;
    const ballot = ballotAt(
      this.#layout,
      own(slot.ballots.subarray(index * stride, (index + 1) * stride)),
      0,
    );
    const r = own(this.#openingOf(slot, index));
    if (!(await isOpening(nodePrimitives, electionKey, ballot.c, r))) {
      throw new Error('a private operation failed its check');
    }
    if (isLost) return addBallot(tally, manifest, { spoiled: 'NOT_INVERTIBLE' });
    const plaintext = await openBallot(nodePrimitives, this.#terms, ballot, r);
    addBallot(tally, manifest, plaintext.ok ? { plaintext: plaintext.value } : { spoiled: plaintext.code });
  }
}

/** A copy outside the shared memory. */
const own = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);

/** Takes the key out of a buffer that was moved here, and zeroes it. */
function importKey(der: Uint8Array): crypto.KeyObject {
  const view = Buffer.from(der.buffer, der.byteOffset, der.length);
  const key = crypto.createPrivateKey({ key: view, format: 'der', type: 'pkcs8' });
  der.fill(0);
  return key;
}

async function start(port: NonNullable<typeof parentPort>): Promise<void> {
  const { manifest, slots } = workerData as OpenWorkerData;
  const terms = await parseManifest(nodePrimitives, manifest);
  if (!terms.ok) throw new TypeError('workers get a manifest that has been read');
  let worker: BallotWorker | undefined;
  let turn = Promise.resolve();
  port.on('message', (message: Uint8Array | { readonly slot: number; readonly count: number }) => {
    if (message instanceof Uint8Array) {
      worker = new BallotWorker(terms.value, importKey(message));
      return;
    }
    const slot = slots[message.slot];
    if (worker === undefined || slot === undefined) throw new Error('a slot before the key');
    const counting = worker;
    // slots one after another; a rejection ends the thread, which the engine hears as an error
    turn = turn.then(async () => {
      const counts = await counting.work(slot, message.count);
      port.postMessage({ slot: message.slot, ...counts } satisfies SlotCount);
    });
  });
}

if (parentPort !== null) await start(parentPort);

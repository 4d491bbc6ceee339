/** A worker thread that opens ballots: claims chunks of a shared slot until none is left, then counts what it opened. */
import * as crypto from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Bytes } from '../../bytes.ts';
import { type Tally, addBallot, emptyTally } from '../../count.ts';
import { type ElectionTerms, parseManifest } from '../../manifest.ts';
import { ballotAt, type BallotLayout, flatten, layoutOf } from '../../node/flat-ballots.ts';
import { nodePrimitives } from '../../node/primitives.ts';
import { inRange, randomElement } from '../../rsa.ts';
import { isOpening, openBallot, sealBallot } from '../../sealed-ballot.ts';
import { PLAINTEXT_VERSION, plaintextLength } from '../../selection.ts';
import { Invertibility } from './invertibility.ts';
import {
  CHUNK,
  CLAIMED,
  createSlot,
  OPENED,
  type OpenWorkerData,
  type SharedSlot,
  type SlotCount,
} from './open-slots.ts';
import { StreamingDecoder } from './streaming-decoder.ts';

/** Ballots of a rehearsal, and how often they are counted at most: about 2,500 until the code is fully compiled. */
const REHEARSED = 32;
const REHEARSALS = 80;

class BallotWorker {
  readonly #terms: ElectionTerms;
  readonly #layout: BallotLayout;
  readonly #decoder: StreamingDecoder;
  #key: { readonly key: crypto.KeyObject; readonly padding: number } | undefined;

  constructor(terms: ElectionTerms) {
    this.#terms = terms;
    this.#layout = layoutOf(terms);
    this.#decoder = new StreamingDecoder(terms, this.#layout);
  }

  hasKey(): boolean {
    return this.#key !== undefined;
  }

  /** Takes the key out of a buffer that was moved here, and zeroes it. */
  takeKey(der: Uint8Array): void {
    const view = Buffer.from(der.buffer, der.byteOffset, der.length);
    const key = crypto.createPrivateKey({ key: view, format: 'der', type: 'pkcs8' });
    der.fill(0);
    this.#key = { key, padding: crypto.constants.RSA_NO_PADDING };
  }

  /**
   * Counts ballots that nobody cast while the passphrase is still being stretched: code that is not yet compiled takes
   * three times as long, which a small election would pay for with a tenth of its time.
   */
  async rehearse(): Promise<void> {
    const { manifest, electionKey } = this.#terms;
    const slot = createSlot(this.#layout, REHEARSED);
    const all = Array.from({ length: REHEARSED }, (_, index) => index);
    for (const index of all) {
      const pk = nodePrimitives.random(32);
      const r = randomElement(nodePrimitives, electionKey);
      const plaintext = new Uint8Array(plaintextLength(manifest));
      plaintext[0] = PLAINTEXT_VERSION;
      const sealed = await sealBallot(nodePrimitives, this.#terms, pk, plaintext, r);
      slot.ballots.set(flatten(this.#layout, [{ pk, ...sealed }]), index * this.#layout.stride);
      this.#openingOf(slot, index).set(r);
    }
    for (let round = 0; round < REHEARSALS && !this.hasKey(); round++) {
      await this.#count(slot, all);
      await setImmediate();
    }
  }

  /**
   * Takes part in a slot of `count` ballots, and counts its share. Step after step for the whole share, because after
   * each private operation everything else finds cold caches.
   */
  async work(slot: SharedSlot, count: number): Promise<Omit<SlotCount, 'slot'>> {
    return this.#count(slot, this.#openChunks(slot, count));
  }

  /** Counts opened ballots twice: as they were opened, and from the openings. */
  async #count(slot: SharedSlot, claimed: readonly number[]): Promise<Omit<SlotCount, 'slot'>> {
    const lost = this.#notInvertible(slot, claimed);
    const streaming = emptyTally(this.#terms.manifest);
    for (const index of claimed) {
      const fate = this.#decoder.fate(
        slot.ballots,
        index * this.#layout.stride,
        this.#openingOf(slot, index),
      );
      addBallot(streaming, this.#terms.manifest, lost.has(index) ? { spoiled: 'NOT_INVERTIBLE' } : fate);
    }
    const fromOpenings = emptyTally(this.#terms.manifest);
    for (const index of claimed) await this.#recount(slot, index, lost.has(index), fromOpenings);
    return { streaming, fromOpenings };
  }

  /** Opens chunk after chunk; the ballots that fell to this worker. */
  #openChunks(slot: SharedSlot, count: number): readonly number[] {
    if (this.#key === undefined) throw new Error('a slot before the key');
    const claimed: number[] = [];
    for (;;) {
      const from = Atomics.add(slot.control, CLAIMED, CHUNK);
      if (from >= count) return claimed;
      const to = Math.min(from + CHUNK, count);
      for (let index = from; index < to; index++) {
        const { c } = ballotAt(this.#layout, slot.ballots, index);
        if (!inRange(this.#terms.electionKey, own(c))) throw new RangeError('a ballot with c out of range');
        this.#openingOf(slot, index).set(crypto.privateDecrypt(this.#key, c));
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

async function start(port: NonNullable<typeof parentPort>): Promise<void> {
  const { manifest, slots } = workerData as OpenWorkerData;
  const terms = await parseManifest(nodePrimitives, manifest);
  if (!terms.ok) throw new TypeError('workers get a manifest that has been read');
  const worker = new BallotWorker(terms.value);
  let turn = worker.rehearse();
  port.on('message', (message: Uint8Array | { readonly slot: number; readonly count: number }) => {
    if (message instanceof Uint8Array) return worker.takeKey(message);
    const slot = slots[message.slot];
    if (slot === undefined) throw new Error('no such slot');
    // slots one after another; a rejection ends the thread, which the engine hears as an error
    turn = turn.then(async () => {
      const counts = await worker.work(slot, message.count);
      port.postMessage({ slot: message.slot, ...counts } satisfies SlotCount);
    });
  });
}

if (parentPort !== null) await start(parentPort);

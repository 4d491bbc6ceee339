import type { Bytes } from '../bytes.ts';

/** Lines a batch: enough that a message to a worker, and a gcd for all openings, cost little beside the work. */
const LINES_A_BATCH = 128;
const LF = 0x0a;

/** Gathers lines into batches of bytes, each line with its LF; the batch is the receiver's own copy. */
export class LineBatch {
  #pieces: Uint8Array[] = [];
  #length = 0;

  get lines(): number {
    return this.#pieces.length;
  }

  get isFull(): boolean {
    return this.#pieces.length >= LINES_A_BATCH;
  }

  /** `line` without LF; copied. */
  add(line: Uint8Array): void {
    this.#pieces.push(line.slice());
    this.#length += line.length + 1;
  }

  take(): Bytes {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, at);
      at += piece.length;
      bytes[at++] = LF;
    }
    this.#pieces = [];
    this.#length = 0;
    return bytes;
  }
}

/**
 * Runs work on several batches at once and absorbs what comes of it in the order given. `start` waits while as many
 * as `lanes` allow are under way, so memory stays bounded.
 */
export class InOrder<Found> {
  readonly #most: number;
  readonly #absorb: (found: Found) => Promise<void>;
  readonly #underWay: (() => Promise<void>)[] = [];

  constructor(lanes: number, absorb: (found: Found) => Promise<void>) {
    // one more than the lanes, so that none of them waits for this side
    this.#most = lanes + 1;
    this.#absorb = absorb;
  }

  async start(work: Promise<Found>): Promise<void> {
    // a failure is reported where it is awaited; until then it must not count as unhandled
    work.catch(() => undefined);
    this.#underWay.push(async () => this.#absorb(await work));
    while (this.#underWay.length > this.#most) await this.#underWay.shift()?.();
  }

  async settle(): Promise<void> {
    while (this.#underWay.length > 0) await this.#underWay.shift()?.();
  }
}

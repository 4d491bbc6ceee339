import type { Bytes } from '../bytes.ts';
import type { Tally } from '../count.ts';
import { type BallotLayout, type ClosedBallot, flatten } from './flat-ballots.ts';
import type { FeedMessage, KeyHolderAnswer } from './key-holder-messages.ts';

/** The two directions of a key holder that has its key and waits for ballots. */
export interface KeyHolderChannel {
  next(): Promise<KeyHolderAnswer>;
  send(message: FeedMessage): void;
}

/** Ballots being opened by a key holder; all of them, or nothing may be published (section 9). */
export class OpeningRun {
  /** The key file derives its key with fewer than 600,000 iterations: worth a warning. */
  readonly isWeak: boolean;
  readonly #layout: BallotLayout;
  readonly #channel: KeyHolderChannel;
  #opened = 0;
  #tally: Tally | undefined;

  constructor(layout: BallotLayout, isWeak: boolean, channel: KeyHolderChannel) {
    this.#layout = layout;
    this.isWeak = isWeak;
    this.#channel = channel;
  }

  /** Ballots opened so far. */
  opened(): number {
    return this.#opened;
  }

  /** The tally, counted twice with the same result. Before the last openings were taken it throws. */
  tally(): Tally {
    if (this.#tally === undefined) throw new Error('the ballots are not all opened');
    return this.#tally;
  }

  /**
   * Opens batches of at most 4,096 ballots and gives their openings (nLen bytes each) batch by batch, in the same
   * order. The ballots are those of the whole urn, ascending by tracker. May be called once.
   */
  async *openings(batches: AsyncIterable<readonly ClosedBallot[]>): AsyncGenerator<readonly Bytes[]> {
    const source = batches[Symbol.asyncIterator]();
    try {
      while (this.#tally === undefined) {
        const answer = await this.#channel.next();
        const openings = answer.kind === 'more' ? await this.#feed(source) : this.#take(answer);
        if (openings !== undefined) yield openings;
      }
    } finally {
      await source.return?.();
    }
  }

  async #feed(source: AsyncIterator<readonly ClosedBallot[]>): Promise<undefined> {
    const next = await source.next();
    const isEnd = next.done === true;
    this.#channel.send(isEnd ? { kind: 'end' } : { kind: 'batch', flat: flatten(this.#layout, next.value) });
  }

  #take(answer: Exclude<KeyHolderAnswer, { readonly kind: 'more' }>): readonly Bytes[] | undefined {
    switch (answer.kind) {
      case 'openings':
        return split(answer.openings, this.#layout.c);
      case 'progress':
        this.#opened = answer.opened;
        return undefined;
      case 'counted':
        this.#tally = answer.tally;
        return undefined;
      default:
        throw new Error(`the key holder answered ${answer.kind} while opening`);
    }
  }
}

const split = (openings: Bytes, nLen: number): readonly Bytes[] =>
  Array.from({ length: openings.length / nLen }, (_, i) => openings.subarray(i * nLen, (i + 1) * nLen));

/** The memory that the opening engine shares with its workers. */
import type { Tally } from '../../count.ts';
import type { BallotLayout } from '../../node/flat-ballots.ts';

/** Ballots a worker claims at once. */
export const CHUNK = 8;

/** Places in `control`: ballots claimed, and ballots opened. */
export const CLAIMED = 0;
export const OPENED = 1;

/** One batch of ballots with room for its openings. */
export interface SharedSlot {
  readonly ballots: Uint8Array<SharedArrayBuffer>;
  /** nLen bytes a ballot, in the order of the ballots. */
  readonly openings: Uint8Array<SharedArrayBuffer>;
  readonly control: Int32Array<SharedArrayBuffer>;
}

/** What a worker starts with: no secret, copies of workerData stay in memory. The key comes as a moved buffer. */
export interface OpenWorkerData {
  /** Canonical text. */
  readonly manifest: string;
  readonly slots: readonly SharedSlot[];
}

/** A worker's share of a slot, counted twice. */
export interface SlotCount {
  readonly slot: number;
  readonly streaming: Tally;
  readonly fromOpenings: Tally;
}

/** Room for `capacity` ballots. */
export const createSlot = (layout: BallotLayout, capacity: number): SharedSlot => ({
  ballots: new Uint8Array(new SharedArrayBuffer(capacity * layout.stride)),
  openings: new Uint8Array(new SharedArrayBuffer(capacity * layout.c)),
  control: new Int32Array(new SharedArrayBuffer(8)),
});

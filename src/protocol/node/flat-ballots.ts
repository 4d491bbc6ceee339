/** Ballots in one flat buffer with a fixed stride, as processes and threads hand them on: no object per ballot. */
import type { Bytes } from '../bytes.ts';
import type { ElectionTerms } from '../manifest.ts';
import { COMMITMENT_LENGTH, type Sealed, TAG_LENGTH } from '../sealed-ballot.ts';
import { plaintextLength } from '../selection.ts';

const PK_LENGTH = 32;

/** What of a ballot is needed to open it. */
export interface ClosedBallot extends Sealed {
  readonly pk: Bytes;
}

/** Where the parts of one ballot stand, in bytes from its start: pk, c, kc, sealed. */
export interface BallotLayout {
  readonly stride: number;
  /** nLen. */
  readonly c: number;
  /** Plaintext and tag. */
  readonly sealed: number;
}

/** The layout of an election: every ballot of it has the same lengths. */
export function layoutOf(terms: ElectionTerms): BallotLayout {
  const c = terms.electionKey.modulus.length;
  const sealed = plaintextLength(terms.manifest) + TAG_LENGTH;
  return { stride: PK_LENGTH + c + COMMITMENT_LENGTH + sealed, c, sealed };
}

/** Writes ballots one after another; another length of any part throws RangeError. */
export function flatten(layout: BallotLayout, ballots: readonly ClosedBallot[]): Bytes {
  const flat = new Uint8Array(ballots.length * layout.stride);
  for (const [i, { pk, c, kc, sealed }] of ballots.entries()) {
    const isOfLayout =
      pk.length === PK_LENGTH &&
      c.length === layout.c &&
      kc.length === COMMITMENT_LENGTH &&
      sealed.length === layout.sealed;
    if (!isOfLayout) throw new RangeError('a ballot of other lengths than its election has');
    const at = i * layout.stride;
    flat.set(pk, at);
    flat.set(c, at + PK_LENGTH);
    flat.set(kc, at + PK_LENGTH + layout.c);
    flat.set(sealed, at + PK_LENGTH + layout.c + COMMITMENT_LENGTH);
  }
  return flat;
}

/** The i-th ballot of a flat buffer, as views. */
export function ballotAt<Buffer extends ArrayBufferLike>(
  layout: BallotLayout,
  flat: Uint8Array<Buffer>,
  i: number,
): Readonly<Record<'pk' | 'c' | 'kc' | 'sealed', Uint8Array<Buffer>>> {
  const start = i * layout.stride;
  const c = start + PK_LENGTH;
  const kc = c + layout.c;
  const sealed = kc + COMMITMENT_LENGTH;
  return {
    pk: flat.subarray(start, c),
    c: flat.subarray(c, kc),
    kc: flat.subarray(kc, sealed),
    sealed: flat.subarray(sealed, start + layout.stride),
  };
}

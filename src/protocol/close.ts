import { type Bytes, toBase64url, utf8 } from './bytes.ts';
import { type Json, canonical } from './canonical-json.ts';
import { bytes, exact, instant, integer } from './fields.ts';
import { hash } from './hash.ts';
import type { ElectionTerms } from './manifest.ts';
import type { Awaitable, Primitives } from './primitives.ts';
import { StreamingHash } from './streaming-hash.ts';

/** What the close line states about urn, roll and events (sections 7 and 10). */
export interface Close {
  /** Ballots in the urn. */
  readonly count: number;
  /** `trackerRoot`, 32 bytes. */
  readonly root: Bytes;
  /** Voters on the roll, and the root of their lines (`voterRoot`, 32 bytes). */
  readonly voters: number;
  readonly voterRoot: Bytes;
  /** Credentials issued, which is voters marked. */
  readonly issued: number;
  /** Ballots that the server sealed for voters without JavaScript. */
  readonly serverSealed: number;
  readonly events: number;
  /** 32 bytes. */
  readonly eventsDigest: Bytes;
  /** Instant. */
  readonly closedAt: string;
}

/** The signed objects of the record. */
export type SignedType = 'event' | 'close' | 'result';

/** The urn key's private half, wherever it is kept: answers a 64-byte Ed25519 signature. */
export type UrnSigner = (message: Bytes) => Awaitable<Bytes>;

/** `H("votix/1/" || type, M, canonical(object))`: what the urn key signs. `manifestDigest` is M. */
export async function signedObjectMessage(
  primitives: Primitives,
  type: SignedType,
  manifestDigest: Bytes,
  object: Json,
): Promise<Bytes> {
  return hash(primitives, `votix/1/${type}`, manifestDigest, utf8(canonical(object)));
}

/** Whether the urn key of the manifest signed this object (64-byte signature). */
export async function verifySignedObject(
  primitives: Primitives,
  terms: ElectionTerms,
  type: SignedType,
  object: Json,
  signature: Bytes,
): Promise<boolean> {
  const message = await signedObjectMessage(primitives, type, terms.digest, object);
  return primitives.verifyEd25519(terms.urnKey, message, signature);
}

const readClose = exact({
  count: integer(),
  root: bytes(32),
  voters: integer(),
  voterRoot: bytes(32),
  issued: integer(),
  serverSealed: integer(),
  events: integer(),
  eventsDigest: bytes(32),
  closedAt: instant,
});

/** The close of a close line; undefined where members, lengths or values are anything else. */
export const parseClose = (json: Json): Close | undefined => readClose(json);

/** The signed object of the close line. */
export const closeJson = (close: Close): Json => ({
  ...close,
  root: toBase64url(close.root),
  voterRoot: toBase64url(close.voterRoot),
  eventsDigest: toBase64url(close.eventsDigest),
});

/** `H("votix/1/close", M, canonical(close))`, 32 bytes: what the urn key signs, and what the result refers to. */
export const closeDigest = (primitives: Primitives, manifestDigest: Bytes, close: Close): Promise<Bytes> =>
  signedObjectMessage(primitives, 'close', manifestDigest, closeJson(close));

/** `voter = H("votix/1/voter", M, link)`: the ASCII of the voting link's secret part, as valid at the close. */
export async function voterLine(primitives: Primitives, manifestDigest: Bytes, link: string): Promise<Bytes> {
  return hash(primitives, 'votix/1/voter', manifestDigest, utf8(link));
}

/** `H("votix/1/openings", root, r_1, ..., r_n)` in tracker order; parts arrive one by one. */
export class OpeningsDigest {
  readonly #hash = new StreamingHash('votix/1/openings');

  /** `root`: of the trackers, 32 bytes. */
  constructor(root: Bytes) {
    this.#hash.part(root);
  }

  /** `r`: nLen bytes. */
  add(r: Uint8Array): void {
    this.#hash.part(r);
  }

  /** 32 bytes; nothing may follow it. */
  digest(): Bytes {
    return this.#hash.digest();
  }
}

/** `openingsDigest` over openings that are all at hand. */
export function openingsDigest(root: Bytes, openings: Iterable<Uint8Array>): Bytes {
  const digest = new OpeningsDigest(root);
  for (const r of openings) digest.add(r);
  return digest.digest();
}

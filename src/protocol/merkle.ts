import { type Bytes, concat } from './bytes.ts';
import type { Primitives } from './primitives.ts';

const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);
const MARK = { true: Uint8Array.of(0x01), false: Uint8Array.of(0x00) } as const;

/**
 * Merkle tree hash of RFC 9162 section 2.1.1 over leaves that arrive one by one: leaf `SHA-256(0x00 || leaf)`, node
 * `SHA-256(0x01 || left || right)`, empty tree `SHA-256("")`. Keeps one node per level only.
 */
export class MerkleTree {
  readonly #primitives: Primitives;
  /** Roots of the complete subtrees so far, largest first: one for each bit of the number of leaves. */
  readonly #complete: Bytes[] = [];
  #leaves = 0;

  constructor(primitives: Primitives) {
    this.#primitives = primitives;
  }

  /** Must have settled before the next call. */
  async add(leaf: Bytes): Promise<void> {
    let node = await this.#primitives.sha256(concat(LEAF, leaf));
    for (let left = this.#leaves; left % 2 === 1; left = (left - 1) / 2) {
      node = await this.#join(this.#complete.pop(), node);
    }
    this.#complete.push(node);
    this.#leaves++;
  }

  /** The root of what was added so far: 32 bytes. */
  async root(): Promise<Bytes> {
    let root = this.#complete.at(-1);
    if (root === undefined) return this.#primitives.sha256(new Uint8Array());
    for (const left of this.#complete.slice(0, -1).toReversed()) root = await this.#join(left, root);
    return root;
  }

  async #join(left: Bytes | undefined, right: Bytes): Promise<Bytes> {
    if (left === undefined) throw new Error('a Merkle node without its left half');
    return this.#primitives.sha256(concat(NODE, left, right));
  }
}

/** The Merkle tree hash over leaves in the order given. */
export async function merkleRoot(
  primitives: Primitives,
  leaves: Iterable<Bytes> | AsyncIterable<Bytes>,
): Promise<Bytes> {
  const tree = new MerkleTree(primitives);
  for await (const leaf of leaves) await tree.add(leaf);
  return tree.root();
}

/** `root` of section 7: the tree over the trackers, which the caller gives strictly ascending. */
export const trackerRoot = merkleRoot;

/** One line of the roll as it is published: 32 bytes that only the holder of a link recognises, and the mark. */
export interface VoterMark {
  readonly voter: Bytes;
  readonly marked: boolean;
}

/** The leaf of a voter line: `voter || 0x00 or 0x01`. */
export const voterLeaf = ({ voter, marked }: VoterMark): Bytes => concat(voter, MARK[`${marked}`]);

/** `voterRoot` of section 7: the tree over the voter lines, which the caller gives strictly ascending. */
export async function voterRoot(
  primitives: Primitives,
  lines: Iterable<VoterMark> | AsyncIterable<VoterMark>,
): Promise<Bytes> {
  const tree = new MerkleTree(primitives);
  for await (const line of lines) await tree.add(voterLeaf(line));
  return tree.root();
}

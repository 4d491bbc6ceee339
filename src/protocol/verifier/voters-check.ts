import { type Bytes, compareBytes, equalBytes } from '../bytes.ts';
import { MerkleTree, type VoterMark, voterLeaf } from '../merkle.ts';
import type { Primitives } from '../primitives.ts';
import type { Findings } from './verdict.ts';

/** The order of the voter lines, and the figures and root for V5. */
export class VotersCheck {
  readonly #findings: Findings;
  readonly #tree: MerkleTree;
  readonly #wanted: Bytes | undefined;
  #previous: Bytes | undefined;
  count = 0;
  marked = 0;
  /** The mark of the line wanted, once found. */
  wantedMark: boolean | undefined;

  /** `wanted`: `voterLine` of the link given. */
  constructor(primitives: Primitives, findings: Findings, wanted: Bytes | undefined) {
    this.#findings = findings;
    this.#tree = new MerkleTree(primitives);
    this.#wanted = wanted;
  }

  async add(number: number, line: VoterMark): Promise<void> {
    const { voter, marked } = line;
    if (this.#previous !== undefined && compareBytes(this.#previous, voter) >= 0) {
      this.#findings.fail('V5', 'VOTERS_NOT_ASCENDING', { line: number });
    }
    this.#previous = voter;
    this.count++;
    if (marked) this.marked++;
    if (this.#wanted !== undefined && equalBytes(this.#wanted, voter)) this.wantedMark = marked;
    await this.#tree.add(voterLeaf(line));
  }

  root(): Promise<Bytes> {
    return this.#tree.root();
  }
}

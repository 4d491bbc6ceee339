import { type Bytes, compareBytes, equalBytes } from '../bytes.ts';
import { MerkleTree } from '../merkle.ts';
import type { Primitives } from '../primitives.ts';
import { type BallotChecker, type CheckedBallots, FINDING } from './ballot-checker.ts';
import { InOrder, LineBatch } from './line-batches.ts';
import { SpentKeys } from './spent-keys.ts';
import type { Findings } from './verdict.ts';

/** V2 and V3, and the count and root for V4, over the ballot lines in their order. */
export class BallotsCheck {
  readonly #findings: Findings;
  readonly #checker: BallotChecker;
  readonly #tree: MerkleTree;
  readonly #spent: SpentKeys;
  readonly #wanted: Bytes | undefined;
  readonly #batches: InOrder<{ firstLine: number; checked: CheckedBallots }>;
  readonly #batch = new LineBatch();
  #firstLine = 0;
  #previous: Bytes | undefined;
  /** Ballot lines, malformed ones included. */
  count = 0;
  /** Whether the tracker of the receipt given was among them. */
  includesWanted = false;

  /** `wanted`: the tracker of a receipt. */
  constructor(primitives: Primitives, findings: Findings, checker: BallotChecker, wanted: Bytes | undefined) {
    this.#findings = findings;
    this.#checker = checker;
    this.#tree = new MerkleTree(primitives);
    this.#spent = new SpentKeys(primitives);
    this.#wanted = wanted;
    this.#batches = new InOrder(checker.lanes, ({ firstLine, checked }) => this.#absorb(firstLine, checked));
  }

  /** The next ballot line, without LF. */
  async add(number: number, line: Uint8Array): Promise<void> {
    if (this.#batch.lines === 0) this.#firstLine = number;
    this.#batch.add(line);
    this.count++;
    if (this.#batch.isFull) await this.#send();
  }

  /** The Merkle root over all ballots that could be read; call it once, when no ballot follows. */
  async finish(): Promise<Bytes> {
    if (this.#batch.lines > 0) await this.#send();
    await this.#batches.settle();
    return this.#tree.root();
  }

  async #send(): Promise<void> {
    const firstLine = this.#firstLine;
    const work = this.#checker.checkBallots(this.#batch.take());
    await this.#batches.start(work.then((checked) => ({ firstLine, checked })));
  }

  async #absorb(firstLine: number, { findings, trackers, keys }: CheckedBallots): Promise<void> {
    for (const [index, finding] of findings.entries()) {
      const line = firstLine + index;
      if (finding === FINDING.malformed) {
        this.#findings.fail('V11', 'LINE_MALFORMED', { line });
        continue;
      }
      if (finding === FINDING.outOfRange) this.#findings.fail('V3', 'CIPHERTEXT_RANGE', { line });
      if (finding === FINDING.credential) this.#findings.fail('V2', 'CREDENTIAL', { line });
      const tracker = trackers.slice(32 * index, 32 * index + 32);
      if (this.#previous !== undefined && compareBytes(this.#previous, tracker) >= 0) {
        this.#findings.fail('V3', 'BALLOTS_NOT_ASCENDING', { line });
      }
      this.#previous = tracker;
      if (!this.#spent.add(keys.subarray(32 * index, 32 * index + 32))) {
        this.#findings.fail('V3', 'KEY_TWICE', { line });
      }
      if (this.#wanted !== undefined && equalBytes(this.#wanted, tracker)) this.includesWanted = true;
      await this.#tree.add(tracker);
    }
  }
}

import { equalBytes } from '../../protocol/bytes.ts';
import { parseCanonical } from '../../protocol/canonical-json.ts';
import { type Close, parseClose } from '../../protocol/close.ts';
import { MerkleTree } from '../../protocol/merkle.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { trackerPages } from '../../store/closing.ts';
import { findCloseLine } from '../../store/record.ts';
import { rollFigures } from '../../store/roll-figures.ts';
import type { Reader } from '../../store/store.ts';

/** One condition of section 9 that must hold before a key may be used. */
export interface Check {
  readonly name: 'closed' | 'marks' | 'urn';
  readonly holds: boolean;
}

export interface Preconditions {
  readonly checks: readonly Check[];
  /** The close line, where voting is closed. */
  readonly close: Close | undefined;
}

/**
 * Closed; roll marks = credentials issued >= ballots; number and root of the urn as the close line states them, read
 * from the ballots as they lie there now.
 */
export async function checkPreconditions(reader: Reader, electionId: string): Promise<Preconditions> {
  const row = await findCloseLine(reader, electionId);
  const json = row && parseCanonical(row.content);
  const close = json === undefined ? undefined : parseClose(json);
  if (close === undefined) {
    return { checks: [{ name: 'closed', holds: false }], close };
  }
  const { marked } = await rollFigures(reader, electionId);
  const tree = new MerkleTree(nodePrimitives);
  let count = 0;
  for await (const page of trackerPages(reader, electionId)) {
    for (const tracker of page) await tree.add(tracker);
    count += page.length;
  }
  const root = await tree.root();
  return {
    checks: [
      { name: 'closed', holds: true },
      { name: 'marks', holds: marked === close.issued && close.count <= close.issued },
      { name: 'urn', holds: count === close.count && equalBytes(root, close.root) },
    ],
    close,
  };
}

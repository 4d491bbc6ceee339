import type { Bytes } from '../bytes.ts';
import { OpeningsDigest } from '../close.ts';
import { type Tally, addTally, emptyTally } from '../count.ts';
import type { ElectionTerms } from '../manifest.ts';
import { type RawLine, type RecordSource, readLines } from '../record-reader.ts';
import { type BallotChecker, type CheckedOpenings, FINDING, type OpeningForm } from './ballot-checker.ts';
import { InOrder, LineBatch } from './line-batches.ts';
import type { Findings } from './verdict.ts';

/** Consecutive lines of a file. */
export interface Stretch {
  readonly source: RecordSource;
  /** Offset and number of the first line. */
  readonly start: number;
  readonly line: number;
  /** Undefined: to the end of the file. */
  readonly lines?: number;
}

export interface Recount {
  readonly tally: Tally;
  /** `openingsDigest`, 32 bytes. */
  readonly digest: Bytes;
}

export interface SecondPass {
  readonly terms: ElectionTerms;
  readonly findings: Findings;
  readonly checker: BallotChecker;
  readonly ballots: Stretch & { readonly lines: number };
  readonly openings: Stretch;
  /** `any` for a file of its own, whose lines stand outside the record. */
  readonly form: OpeningForm;
  /** The root over the ballots, 32 bytes. */
  readonly root: Bytes;
  readonly onBallots?: (done: number) => void;
}

/**
 * V6, and the recount for V7 and V8: walks ballots and openings side by side. Undefined where an opening is missing,
 * superfluous or wrong, so that there is no count to compare with.
 */
export async function recount(pass: SecondPass): Promise<Recount | undefined> {
  const { terms, findings, checker, form } = pass;
  const tally = emptyTally(terms.manifest);
  const digest = new OpeningsDigest(pass.root);
  const nLen = terms.electionKey.modulus.length;
  let complete = true;

  const absorb = ({ firstLine, checked }: { firstLine: number; checked: CheckedOpenings }): Promise<void> => {
    for (const [index, finding] of checked.findings.entries()) {
      const line = firstLine + index;
      if (finding !== FINDING.ok) complete = false;
      if (finding === FINDING.opening) findings.fail('V6', 'OPENING', { line });
      if (finding === FINDING.malformed) {
        if (form === 'canonical') findings.fail('V11', 'LINE_MALFORMED', { line });
        else findings.fail('V6', 'OPENING_MALFORMED', { line });
      }
      digest.add(checked.openings.subarray(nLen * index, nLen * (index + 1)));
    }
    addTally(tally, checked.tally);
    pass.onBallots?.(firstLine - pass.openings.line + checked.findings.length);
    return Promise.resolve();
  };

  const batches = new InOrder<{ firstLine: number; checked: CheckedOpenings }>(checker.lanes, absorb);
  const ballotBatch = new LineBatch();
  const openingBatch = new LineBatch();
  let firstLine = pass.openings.line;
  let pairs = 0;
  const send = async (): Promise<void> => {
    const from = firstLine;
    firstLine += openingBatch.lines;
    const work = checker.checkOpenings(ballotBatch.take(), openingBatch.take(), form);
    await batches.start(work.then((checked) => ({ firstLine: from, checked })));
  };

  const ballots = linesOf(pass.ballots);
  const openings = linesOf(pass.openings);
  try {
    for (;;) {
      const opening = await openings.next();
      if (opening.done === true) break;
      if (pairs === pass.ballots.lines) {
        pairs++;
        break;
      }
      const ballot = await ballots.next();
      if (ballot.done === true) break;
      ballotBatch.add(ballot.value.bytes);
      openingBatch.add(opening.value.bytes);
      pairs++;
      if (openingBatch.isFull) await send();
    }
    if (openingBatch.lines > 0) await send();
    await batches.settle();
  } finally {
    await Promise.all([ballots.return(), openings.return()]);
  }
  if (pairs !== pass.ballots.lines) {
    // within the record, V11 has counted the opening lines already
    if (form === 'any') findings.fail('V6', 'OPENING_COUNT', { detail: { expected: pass.ballots.lines } });
    return undefined;
  }
  return complete ? { tally, digest: digest.digest() } : undefined;
}

async function* linesOf({ source, start, line, lines }: Stretch): AsyncGenerator<RawLine, void, undefined> {
  let left = lines ?? Number.POSITIVE_INFINITY;
  if (left === 0) return;
  for await (const raw of readLines(source.open(start), start, line)) {
    yield raw;
    left--;
    if (left === 0) return;
  }
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import { loadTerms } from './election-terms.ts';
import { trackerOf } from './protocol/ballot.ts';
import { type Bytes, equalBytes } from './protocol/bytes.ts';
import { parseCanonical } from './protocol/canonical-json.ts';
import { parseClose } from './protocol/close.ts';
import type { ElectionTerms } from './protocol/manifest.ts';
import { MerkleTree } from './protocol/merkle.ts';
import { nodePrimitives } from './protocol/node/primitives.ts';
import { repeatedly } from './repeatedly.ts';
import type { Runtime } from './runtime.ts';
import { trackerPages } from './store/closing.ts';
import { listElections } from './store/elections.ts';
import { ballotsAfter, findCloseLine } from './store/record.ts';
import { rollFigures } from './store/roll-figures.ts';
import type { Reader, Store } from './store/store.ts';
import { countBallots } from './store/urn-check.ts';

/** What the last checks of an urn found; `unknown` before the first one. Deliberately no number: it would be a count. */
export type UrnLight = 'ok' | 'wrong' | 'unknown';

const EVERY_MS = 60_000;
/** Ballots looked at in one check, and how many of them before other requests get their turn. */
const ROUND = 2_000;
const SLICE = 100;

interface Watch {
  light: UrnLight;
  /** Most ballots ever seen by this process: an urn never loses one. */
  most: number;
  /** The last tracker looked at; the next check goes on behind it. */
  after: Bytes;
}

const watches = new WeakMap<Store, Map<string, Watch>>();

function watchOf(store: Store, electionId: string): Watch {
  const known = watches.get(store) ?? new Map<string, Watch>();
  watches.set(store, known);
  const watch = known.get(electionId) ?? { light: 'unknown', most: 0, after: new Uint8Array() };
  known.set(electionId, watch);
  return watch;
}

export const urnLight = (runtime: Runtime, electionId: string): UrnLight =>
  watches.get(runtime.store)?.get(electionId)?.light ?? 'unknown';

/**
 * Compares the urn with what must hold of it: no more ballots than marks, none gone, each of the next 2,000 ballots under
 * the tracker that it hashes to, and after the close the number and root of the close line. A check that failed once
 * stays failed until the server starts again.
 */
export async function checkUrn(runtime: Runtime, electionId: string): Promise<'ok' | 'wrong'> {
  const { read } = runtime.store;
  const watch = watchOf(runtime.store, electionId);
  const terms = await loadTerms(runtime, electionId);
  // the ballots before the marks: whoever votes in between is marked first
  const ballots = await countBallots(read, electionId);
  const { marked } = await rollFigures(read, electionId);
  const holds =
    ballots <= marked &&
    ballots >= watch.most &&
    (terms === undefined || (await trackersHold(read, terms, electionId, watch))) &&
    (await closeHolds(read, electionId, ballots));
  watch.most = Math.max(watch.most, ballots);
  watch.light = holds && watch.light !== 'wrong' ? 'ok' : 'wrong';
  return watch.light;
}

async function trackersHold(
  read: Reader,
  terms: ElectionTerms,
  electionId: string,
  watch: Watch,
): Promise<boolean> {
  for (let seen = 0; seen < ROUND; seen += SLICE) {
    const ballots = await ballotsAfter(read, electionId, watch.after, SLICE);
    for (const ballot of ballots) {
      if (!equalBytes(await trackerOf(nodePrimitives, terms, ballot), ballot.tracker)) return false;
    }
    watch.after = ballots.length < SLICE ? new Uint8Array() : (ballots.at(-1)?.tracker ?? watch.after);
    if (ballots.length < SLICE) return true;
    await nextTurn();
  }
  return true;
}

async function closeHolds(read: Reader, electionId: string, ballots: number): Promise<boolean> {
  const line = await findCloseLine(read, electionId);
  if (line === undefined) return true;
  const close = parseClose(parseCanonical(line.content) ?? false);
  if (close?.count !== ballots) return false;
  const tree = new MerkleTree(nodePrimitives);
  for await (const page of trackerPages(read, electionId)) {
    for (const tracker of page) await tree.add(tracker);
    await nextTurn();
  }
  return equalBytes(await tree.root(), close.root);
}

/** Checks each minute the urns that are in use: from opening until the ballots have been counted. */
export function startUrnCheck(runtime: Runtime): () => Promise<void> {
  const look = async (): Promise<void> => {
    for (const { id, state } of await listElections(runtime.store.read)) {
      if (state !== 'open' && state !== 'closed') continue;
      const before = urnLight(runtime, id);
      const found = await checkUrn(runtime, id);
      if (found === 'wrong' && before !== 'wrong')
        runtime.log.votix.error({ election: id }, 'urn check failed');
    }
  };
  return repeatedly(EVERY_MS, look, (error) =>
    runtime.log.votix.error({ err: error }, 'the urn could not be checked'),
  );
}

import type { RefusalCode } from '../../domain/refusals.ts';
import { openUrnSigner } from '../../election-keys.ts';
import { loadTerms } from '../../election-terms.ts';
import type { Bytes } from '../../protocol/bytes.ts';
import { canonical } from '../../protocol/canonical-json.ts';
import { type Close, OpeningsDigest, closeDigest, signedObjectMessage } from '../../protocol/close.ts';
import { instantOf } from '../../protocol/fields.ts';
import type { ElectionTerms } from '../../protocol/manifest.ts';
import { type KeyAtHand, type OpeningRun, startKeyHolder } from '../../protocol/node/key-holder-process.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import { resultJson } from '../../protocol/result.ts';
import type { Runtime } from '../../runtime.ts';
import { requireApproval } from '../../store/approvals.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { lockForAct } from '../../store/elections.ts';
import { ballotPages } from '../../store/record.ts';
import { checkPreconditions } from './preconditions.ts';
import { recordResult } from './record-result.ts';

/** Ballots handed to the key holder at a time. */
const BATCH = 4_096;
const PROGRESS_EVERY_MS = 200;

export interface DeliberationRequest {
  readonly electionId: string;
  readonly actor: Actor;
  readonly key: KeyAtHand;
  /** The key file has opened; from here on the count runs by itself. */
  readonly onStart?: (total: number) => void;
  readonly onProgress?: (opened: number, total: number) => void;
}

export interface Deliberated {
  readonly count: number;
  /** r of every ballot in tracker order, nLen bytes each. Where only totals are published nobody else has them. */
  readonly openings: readonly Bytes[];
}

/**
 * DELIBERATE: opens every ballot of the closed urn in a child process that ends with the count, or none (section 9).
 * The result is stored with the proof that binds it to close line and openings; the key is not.
 */
export async function deliberate(
  runtime: Runtime,
  request: DeliberationRequest,
): Promise<Outcome<Deliberated, RefusalCode>> {
  const { electionId, actor } = request;
  const started = await startedDeliberation(runtime, electionId, actor);
  if (!started.ok) return started;
  const counted = await openAndCount(runtime, request);
  if (!counted.ok) {
    const fields = { code: counted.code };
    await runtime.store.inTransaction(async (trx) => {
      const at = runtime.clock.now();
      await appendAudit(trx, { at, actor, electionId, kind: 'deliberation-failed', fields });
      return accept(true);
    });
  }
  return counted;
}

async function startedDeliberation(
  runtime: Runtime,
  electionId: string,
  actor: Actor,
): Promise<Outcome<true, RefusalCode>> {
  return runtime.store.inTransaction(async (trx) => {
    const at = runtime.clock.now();
    const act = await lockForAct(trx, electionId, 'deliberate', at);
    if (!act.ok) return act;
    const approved = await requireApproval(trx, { electionId, act: 'deliberate', actor, now: at });
    if (!approved.ok) return approved;
    await appendAudit(trx, { at, actor, electionId, kind: 'deliberation-started' });
    return accept(true as const);
  });
}

async function openAndCount(
  runtime: Runtime,
  request: DeliberationRequest,
): Promise<Outcome<Deliberated, RefusalCode>> {
  const { electionId, actor, key } = request;
  const { checks, close } = await checkPreconditions(runtime.store.read, electionId);
  const failed = checks.find(({ holds }) => !holds);
  if (failed?.name === 'closed' || close === undefined) return refuse('NOT_CLOSED');
  if (failed !== undefined) return refuse('INTEGRITY', { reason: failed.name });
  const terms = await loadTerms(runtime, electionId);
  if (terms === undefined) throw new Error(`election ${electionId} is closed without a manifest`);

  const holder = startKeyHolder();
  try {
    const run = await holder.open({ ...key, terms });
    if (!run.ok) return run;
    request.onStart?.(close.count);
    const { openings, trackers } = await openAll(runtime, request, run.value, close);
    const result = await signResult(runtime, terms, close, run.value, openings);
    const recorded = await recordResult(runtime, { electionId, actor, terms, result, trackers, openings });
    return recorded.ok ? accept({ count: close.count, openings }) : recorded;
  } finally {
    holder.close();
  }
}

/** Every opening, in tracker order. Ballots come page by page; only trackers and openings stay in memory. */
async function openAll(
  runtime: Runtime,
  { electionId, onProgress }: DeliberationRequest,
  run: OpeningRun,
  close: Close,
): Promise<{ readonly openings: readonly Bytes[]; readonly trackers: readonly Bytes[] }> {
  const openings: Bytes[] = [];
  const trackers: Bytes[] = [];
  async function* batches() {
    for await (const page of ballotPages(runtime.store.read, electionId, BATCH)) {
      trackers.push(...page.map(({ tracker }) => tracker));
      yield page;
    }
  }
  const ticker = setInterval(() => onProgress?.(run.opened(), close.count), PROGRESS_EVERY_MS);
  try {
    for await (const batch of run.openings(batches())) openings.push(...batch.map((r) => new Uint8Array(r)));
  } finally {
    clearInterval(ticker);
  }
  if (openings.length !== close.count) throw new Error('the key holder did not open every ballot');
  onProgress?.(close.count, close.count);
  return { openings, trackers };
}

/** The result line of section 10: canonical text and the urn key's signature. */
async function signResult(
  runtime: Runtime,
  terms: ElectionTerms,
  close: Close,
  run: OpeningRun,
  openings: readonly Bytes[],
): Promise<{ readonly content: string; readonly signature: Bytes }> {
  const digest = new OpeningsDigest(close.root);
  for (const r of openings) digest.add(r);
  const closedAt = Date.parse(close.closedAt);
  const json = resultJson({
    close: await closeDigest(nodePrimitives, terms.digest, close),
    tally: run.tally(),
    openings: digest.digest(),
    // a clock that stepped back must not date the count before the close (V9)
    countedAt: instantOf(new Date(Math.max(runtime.clock.now(), closedAt))),
  });
  const sign = await openUrnSigner(runtime, terms.manifest.election);
  const signature = await sign(await signedObjectMessage(nodePrimitives, 'result', terms.digest, json));
  return { content: canonical(json), signature };
}

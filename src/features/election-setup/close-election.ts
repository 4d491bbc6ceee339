import { setImmediate } from 'node:timers/promises';
import type { RefusalCode } from '../../domain/refusals.ts';
import { forgetCredentialKey, urnSignerOf } from '../../election-keys.ts';
import { loadTerms } from '../../election-terms.ts';
import { type Bytes, toBase64url } from '../../protocol/bytes.ts';
import { canonical } from '../../protocol/canonical-json.ts';
import { type Close, closeDigest, closeJson, voterLine } from '../../protocol/close.ts';
import { eventsDigest } from '../../protocol/events.ts';
import { instantOf } from '../../protocol/fields.ts';
import type { ElectionTerms } from '../../protocol/manifest.ts';
import { MerkleTree, voterLeaf } from '../../protocol/merkle.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import {
  type RollLine,
  insertCloseLine,
  insertVoterLines,
  rollLinePages,
  serverSealedOf,
  trackerPages,
} from '../../store/closing.ts';
import { findElection, lockForAct, updateElection } from '../../store/elections.ts';
import { eventOfRow } from '../../store/public-events.ts';
import { findCloseLine, listEvents, voterLinePages } from '../../store/record.ts';
import type { Reader } from '../../store/store.ts';
import { linkOf } from '../../voter-secrets.ts';

export interface CloseRequest {
  readonly electionId: string;
  readonly actor: Actor;
}

/**
 * Closes an election whose last instant has passed (protocol.md section 7). Two steps, so that nothing can be in flight
 * when the urn is read; a close that was cut off between them is finished by calling this again.
 */
export async function closeElection(
  runtime: Runtime,
  request: CloseRequest,
): Promise<Outcome<true, RefusalCode>> {
  const stopped = await stopVoting(runtime, request);
  if (!stopped.ok) return stopped;
  await publishClose(runtime, request);
  return accept(true);
}

/** First step: the state, in a transaction of its own. Whatever casts after it on the one writer sees it and is refused. */
export async function stopVoting(
  runtime: Runtime,
  { electionId }: CloseRequest,
): Promise<Outcome<true, RefusalCode>> {
  return runtime.store.inTransaction(async (trx) => {
    const election = await findElection(trx, electionId);
    if (election === undefined) return refuse('NOT_FOUND');
    if (election.state === 'closed' && (await findCloseLine(trx, electionId)) === undefined) {
      return accept(true);
    }
    const locked = await lockForAct(trx, electionId, 'close', runtime.clock.now());
    if (!locked.ok) return locked;
    await updateElection(trx, electionId, { state: locked.value.next });
    return accept(true);
  });
}

/** Second step: reads urn, roll and events, signs and keeps the close line, destroys the credential key. */
async function publishClose(runtime: Runtime, { electionId, actor }: CloseRequest): Promise<void> {
  const terms = await loadTerms(runtime, electionId);
  if (terms === undefined) throw new Error('a closed election has a manifest');
  await keepVoterLines(runtime, terms);
  const close = await drawUpClose(runtime.store.read, terms, runtime.clock.now());
  const sign = await urnSignerOf(runtime, terms);
  const signature = await sign(await closeDigest(nodePrimitives, terms.digest, close));
  await runtime.store.inTransaction(async (trx) => {
    const line = { content: canonical(closeJson(close)), signature };
    if (await insertCloseLine(trx, electionId, line)) {
      const fields = { count: close.count, root: toBase64url(close.root) };
      await appendAudit(trx, { at: runtime.clock.now(), actor, electionId, kind: 'closed', fields });
    }
    return accept(true);
  });
  await forgetCredentialKey(runtime, electionId);
  runtime.log.votix.info({ election: electionId, count: close.count }, 'closed');
}

/** What the close line states. `closedAt` is never before the closing time or the last event, whatever the clock does. */
async function drawUpClose(reader: Reader, terms: ElectionTerms, now: number): Promise<Close> {
  const electionId = terms.manifest.election;
  const election = await findElection(reader, electionId);
  if (election === undefined) throw new Error('the election has vanished');

  const urn = new MerkleTree(nodePrimitives);
  let count = 0;
  for await (const trackers of trackerPages(reader, electionId)) {
    for (const tracker of trackers) await urn.add(tracker);
    count += trackers.length;
    await setImmediate();
  }
  const roll = new MerkleTree(nodePrimitives);
  let voters = 0;
  let issued = 0;
  for await (const lines of voterLinePages(reader, electionId)) {
    for (const line of lines) await roll.add(voterLeaf(line));
    voters += lines.length;
    issued += lines.filter(({ marked }) => marked).length;
    await setImmediate();
  }
  const rows = await listEvents(reader, electionId);
  const events = rows.map(({ content }) => eventOfRow(content));
  const lastEvent = Date.parse(events.at(-1)?.at ?? '') || 0;
  return {
    count,
    root: await urn.root(),
    voters,
    voterRoot: await roll.root(),
    issued,
    serverSealed: await serverSealedOf(reader, electionId),
    events: events.length,
    eventsDigest: eventsDigest(events),
    closedAt: instantOf(new Date(Math.max(now, election.closes_at, lastEvent))),
  };
}

/** Keeps the voter lines as they will be published; the links are valid as of now, since a closed roll does not change. */
async function keepVoterLines(runtime: Runtime, terms: ElectionTerms): Promise<void> {
  const electionId = terms.manifest.election;
  for await (const page of rollLinePages(runtime.store.read, electionId)) {
    const lines = await Promise.all(page.map((voter) => published(runtime, terms.digest, voter)));
    await runtime.store.inTransaction(async (trx) => {
      await insertVoterLines(trx, electionId, lines);
      return accept(true);
    });
    await setImmediate();
  }
}

const published = async (runtime: Runtime, manifestDigest: Bytes, voter: RollLine) => ({
  voter: await voterLine(nodePrimitives, manifestDigest, linkOf(runtime.secret, voter)),
  marked: voter.is_marked === 1,
});

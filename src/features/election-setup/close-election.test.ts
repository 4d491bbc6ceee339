import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { castJson } from '../../protocol/ballot.ts';
import { compareBytes, toBase64url } from '../../protocol/bytes.ts';
import { parseCanonical } from '../../protocol/canonical-json.ts';
import { closeJson, parseClose, verifySignedObject, voterLine } from '../../protocol/close.ts';
import { trackerRoot, voterRoot } from '../../protocol/merkle.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { accept } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { trackerPages } from '../../store/closing.ts';
import { findElection } from '../../store/elections.ts';
import { findCloseLine, voterLinePages } from '../../store/record.ts';
import { type BuiltElection, armedElection } from '../../testing/election.ts';
import { type TestRuntime, temporaryRuntime } from '../../testing/runtime.ts';
import { finishBallot, prepareVote, requestCredential, voteOverHttp } from '../../testing/voter-client.ts';
import { closeEarly } from './close-early.ts';
import { closeElection, stopVoting } from './close-election.ts';
import { extendElection } from './extend-election.ts';
import { runDueLifecycle } from './scheduler.ts';

let test: TestRuntime;
let runtime: Runtime;

beforeEach(async () => {
  test = await temporaryRuntime();
  ({ runtime } = test);
});
afterEach(() => test.dispose());

const actor = 'olive@school.example';
const send = (path: string, init?: RequestInit) => createApp(runtime).request(path, init);
const firstChoice = ({ terms }: BuiltElection) => [[terms.manifest.contests[0]?.candidates[0]?.id ?? '']];

async function vote(election: BuiltElection, count: number): Promise<void> {
  for (const voter of election.voters.slice(0, count)) {
    await voteOverHttp(send, election.terms, voter, firstChoice(election));
  }
}

async function closeOf({ id, terms }: BuiltElection) {
  const line = await findCloseLine(runtime.store.read, id);
  if (line === undefined) return undefined;
  const close = parseClose(parseCanonical(line.content) ?? '');
  if (close === undefined) throw new Error('the close line is not in its form');
  expect(await verifySignedObject(nodePrimitives, terms, 'close', closeJson(close), line.signature)).toBe(
    true,
  );
  return close;
}

const stateOf = async ({ id }: BuiltElection) => (await findElection(runtime.store.read, id))?.state;
const pastTheEnd = (election: BuiltElection) => {
  const { closesAt, graceSeconds } = election.terms.manifest;
  test.clock.set(Date.parse(closesAt) + graceSeconds * 1_000);
};

async function rootsOf({ id, terms, voters }: BuiltElection) {
  const trackers: Uint8Array<ArrayBuffer>[] = [];
  for await (const page of trackerPages(runtime.store.read, id)) trackers.push(...page);
  const marked = new Set<string>();
  for await (const page of voterLinePages(runtime.store.read, id)) {
    for (const line of page) if (line.marked) marked.add(toBase64url(line.voter));
  }
  const lines = await Promise.all(
    voters.map(async ({ link }) => {
      const voter = await voterLine(nodePrimitives, terms.digest, link);
      return { voter, marked: marked.has(toBase64url(voter)) };
    }),
  );
  lines.sort((a, b) => compareBytes(a.voter, b.voter));
  trackers.sort(compareBytes);
  return {
    root: await trackerRoot(nodePrimitives, trackers),
    voterRoot: await voterRoot(nodePrimitives, lines),
    marked: marked.size,
  };
}

describe('closing', () => {
  it('waits for closing time and grace, then states urn, roll and events', async () => {
    const election = await armedElection(runtime, { voters: 5, graceSeconds: 60 });
    await vote(election, 3);
    expect(await closeElection(runtime, { electionId: election.id, actor })).toMatchObject({
      code: 'NOT_CLOSED',
    });
    pastTheEnd(election);
    expect(await closeElection(runtime, { electionId: election.id, actor })).toMatchObject({ ok: true });
    const expected = await rootsOf(election);
    const closed = { count: 3, voters: 5, issued: 3, serverSealed: 0 };
    expect(await closeOf(election)).toMatchObject({
      ...closed,
      root: expected.root,
      voterRoot: expected.voterRoot,
    });
    expect(expected.marked).toBe(3);
    expect(await stateOf(election)).toBe('closed');
  });

  it('destroys the credential key, keeps the urn key, and happens once', async () => {
    const election = await armedElection(runtime);
    pastTheEnd(election);
    await closeElection(runtime, { electionId: election.id, actor });
    const keys = await runtime.store.read.selectFrom('server_key').selectAll().executeTakeFirstOrThrow();
    expect(keys.sealed_credential_key).toBeNull();
    expect(keys.sealed_urn_key.length).toBeGreaterThan(0);
    expect(await closeElection(runtime, { electionId: election.id, actor })).toMatchObject({
      code: 'CLOSED',
    });
  });

  it('closes an election that nobody came to', async () => {
    const election = await armedElection(runtime, { state: 'armed' });
    pastTheEnd(election);
    await runDueLifecycle(runtime);
    expect(await closeOf(election)).toMatchObject({ count: 0, issued: 0, voters: 3 });
  });

  it('is finished after a kill between its steps', async () => {
    const election = await armedElection(runtime, { voters: 4 });
    await vote(election, 2);
    pastTheEnd(election);
    await stopVoting(runtime, { electionId: election.id, actor });
    runtime = await test.restart();
    expect(await stateOf(election)).toBe('closed');
    expect(await closeOf(election)).toBeUndefined();
    await expect(vote(election, 4)).rejects.toThrow('CLOSED');
    await runDueLifecycle(runtime);
    expect(await closeOf(election)).toMatchObject({ count: 2, voters: 4, issued: 2 });
  });

  it('is finished after a kill amid the voter lines', async () => {
    const election = await armedElection(runtime, { voters: 4 });
    await vote(election, 1);
    pastTheEnd(election);
    await closeElection(runtime, { electionId: election.id, actor });
    const whole = await closeOf(election);
    // as if the process had died after half of the lines
    await runtime.store.inTransaction(async (trx) => {
      await trx.deleteFrom('close_line').execute();
      const line = await trx.selectFrom('voter_line').select('voter').executeTakeFirstOrThrow();
      await trx.deleteFrom('voter_line').where('voter', '=', line.voter).execute();
      return accept(true);
    });
    runtime = await test.restart();
    await runDueLifecycle(runtime);
    expect(await closeOf(election)).toEqual(whole);
  });

  it('gives one close line to two that close at once', async () => {
    const election = await armedElection(runtime, { voters: 4 });
    await vote(election, 2);
    pastTheEnd(election);
    const request = { electionId: election.id, actor };
    await Promise.all([closeElection(runtime, request), closeElection(runtime, request)]);
    const entries = await runtime.store.read
      .selectFrom('audit_entry')
      .select('kind')
      .where('kind', '=', 'closed')
      .execute();
    expect(entries).toHaveLength(1);
    expect(await closeOf(election)).toMatchObject({ count: 2 });
  });
});

describe('moving the closing time', () => {
  it('extends with a signed public event that the close counts', async () => {
    const election = await armedElection(runtime);
    const before = Date.parse(election.terms.manifest.closesAt);
    const later = new Date(before + 3_600_000).toISOString();
    const request = { electionId: election.id, actor, reason: 'The bus was late' };
    const extended = await extendElection(runtime, { ...request, closesAt: later });
    expect(extended).toEqual(accept(before + 3_600_000));
    const row = await runtime.store.read.selectFrom('public_event').selectAll().executeTakeFirstOrThrow();
    const event = parseCanonical(row.content);
    expect(event).toMatchObject({
      seq: 1,
      kind: 'extended',
      data: { closesAt: later.replace('.000Z', 'Z') },
    });
    const { terms } = election;
    const signature = new Uint8Array(row.signature);
    expect(await verifySignedObject(nodePrimitives, terms, 'event', event ?? '', signature)).toBe(true);
    pastTheEnd(election);
    await runDueLifecycle(runtime);
    expect(await stateOf(election)).toBe('open');
    test.clock.step(3_600_000);
    await runDueLifecycle(runtime);
    expect(await closeOf(election)).toMatchObject({ events: 1 });
  });

  it('never shortens, and asks for a reason', async () => {
    const election = await armedElection(runtime);
    const { closesAt } = election.terms.manifest;
    const request = { electionId: election.id, actor, reason: 'Why not' };
    expect(await extendElection(runtime, { ...request, closesAt })).toMatchObject({ code: 'NOT_LATER' });
    expect(await extendElection(runtime, { ...request, closesAt: 'soon' })).toMatchObject({
      code: 'INVALID_INPUT',
      detail: { closesAt: 'NOT_A_TIME' },
    });
    expect(
      await extendElection(runtime, { ...request, closesAt: '2099-01-01T10:00', reason: ' ' }),
    ).toMatchObject({
      code: 'INVALID_INPUT',
      detail: { reason: 'REQUIRED' },
    });
    expect(await closeEarly(runtime, { ...request, reason: '' })).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('closes early: no credential from now on, ballots until the grace has passed', async () => {
    const election = await armedElection(runtime, { graceSeconds: 120 });
    const [vera, victor] = election.voters;
    if (vera === undefined || victor === undefined) throw new Error('two voters are on the roll');
    const prepared = await prepareVote(election.terms, firstChoice(election));
    const signature = await requestCredential(send, vera.link, prepared, vera.code);
    test.clock.step(10_400);
    const closed = await closeEarly(runtime, {
      electionId: election.id,
      actor,
      reason: 'Everyone has voted',
    });
    expect(closed.ok && closed.value).toBe(Math.floor(test.clock.now() / 1000) * 1000 + 120_000);
    await expect(voteOverHttp(send, election.terms, victor, firstChoice(election))).rejects.toThrow('CLOSED');
    const { ballot } = await finishBallot(election.terms, prepared, signature);
    const cast = await send(`/elections/${election.id}/ballots`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(castJson(election.terms, ballot)),
    });
    expect(cast.status).toBe(201);
    test.clock.step(120_000);
    await runDueLifecycle(runtime);
    expect(await closeOf(election)).toMatchObject({ count: 1, issued: 1, events: 1 });
  });

  it('numbers events without a gap, and never back in time', async () => {
    const election = await armedElection(runtime);
    const request = { electionId: election.id, actor, reason: 'Snow' };
    const closesAt = Date.parse(election.terms.manifest.closesAt);
    for (const hour of [1, 2, 3]) {
      const later = new Date(closesAt + hour * 3_600_000).toISOString();
      await extendElection(runtime, { ...request, closesAt: later });
      test.clock.step(-60_000);
    }
    const rows = await runtime.store.read.selectFrom('public_event').selectAll().orderBy('seq').execute();
    const events = rows.map(({ content }) => parseCanonical(content) as { seq: number; at: string });
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(new Set(events.map(({ at }) => at)).size).toBe(1);
  });
});

describe('the clock', () => {
  it('opens at the hour, and a step back neither reopens nor shortens anything', async () => {
    const opensAt = test.clock.now() + 3_600_000;
    const closesAt = opensAt + 3_600_000;
    const election = await armedElection(runtime, { state: 'armed', opensAt, closesAt, graceSeconds: 0 });
    await runDueLifecycle(runtime);
    expect(await stateOf(election)).toBe('armed');
    test.clock.set(opensAt);
    await runDueLifecycle(runtime);
    expect(await stateOf(election)).toBe('open');
    test.clock.set(closesAt);
    await runDueLifecycle(runtime);
    expect(await stateOf(election)).toBe('closed');
    test.clock.set(opensAt + 1);
    await runDueLifecycle(runtime);
    expect(await stateOf(election)).toBe('closed');
    await expect(vote(election, 1)).rejects.toThrow('CLOSED');
    expect(Date.parse((await closeOf(election))?.closedAt ?? '')).toBeGreaterThanOrEqual(closesAt);
  });

  it('keeps closedAt at or behind the closing time where the clock stepped back between the two steps', async () => {
    const election = await armedElection(runtime, { graceSeconds: 0 });
    pastTheEnd(election);
    await stopVoting(runtime, { electionId: election.id, actor });
    test.clock.step(-7_000_000);
    await runDueLifecycle(runtime);
    expect((await closeOf(election))?.closedAt).toBe(election.terms.manifest.closesAt);
  });

  it('goes on with the others where one election fails', async () => {
    const broken = await armedElection(runtime, { graceSeconds: 0 });
    const sound = await armedElection(runtime, { graceSeconds: 0 });
    await runtime.store.inTransaction(async (trx) => {
      await trx.deleteFrom('manifest').where('election_id', '=', broken.id).execute();
      return accept(true);
    });
    pastTheEnd(sound);
    await runDueLifecycle(runtime);
    expect(await closeOf(sound)).toMatchObject({ count: 0 });
  });
});

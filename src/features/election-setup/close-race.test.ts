import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { castJson } from '../../protocol/ballot.ts';
import { compareBytes, fromBase64url, toBase64url } from '../../protocol/bytes.ts';
import { parseCanonical } from '../../protocol/canonical-json.ts';
import { parseClose } from '../../protocol/close.ts';
import { trackerRoot } from '../../protocol/merkle.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { findCloseLine } from '../../store/record.ts';
import { armedElection } from '../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { finishBallot, prepareVote, requestCredential } from '../../testing/voter-client.ts';
import { closeEarly } from './close-early.ts';
import { closeElection } from './close-election.ts';

let runtime: OpenedRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.cleanup());

const actor = 'olive@school.example';

describe('casts that straddle the close (C4)', () => {
  it('counts what it acknowledged, and tells everyone else', async () => {
    const election = await armedElection(runtime, { voters: 60, graceSeconds: 0 });
    const app = createApp(runtime);
    const choice = [[election.terms.manifest.contests[0]?.candidates[0]?.id ?? '']];
    const ballots = await Promise.all(
      election.voters.map(async (voter) => {
        const prepared = await prepareVote(election.terms, choice);
        const signature = await requestCredential(
          (path, init) => app.request(path, init),
          voter.link,
          prepared,
          voter.code,
        );
        return finishBallot(election.terms, prepared, signature);
      }),
    );
    const casts = ballots.map(async ({ ballot, tracker }, i) => {
      await new Promise((resolve) => setTimeout(resolve, i));
      const answer = await app.request(`/elections/${election.id}/ballots`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(castJson(election.terms, ballot)),
      });
      return { status: answer.status, text: await answer.text(), tracker: toBase64url(tracker) };
    });
    const close = (async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      await closeEarly(runtime, { electionId: election.id, actor, reason: 'Race' });
      return closeElection(runtime, { electionId: election.id, actor });
    })();
    const answers = await Promise.all(casts);
    expect(await close).toMatchObject({ ok: true });
    const accepted = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.every(({ status, text }) => status === 409 && text.includes('"CLOSED"'))).toBe(true);
    expect(accepted.length).toBeGreaterThan(0);
    expect(refused.length).toBeGreaterThan(0);
    const trackers = accepted.map(({ tracker }) => fromBase64url(tracker, 32) ?? new Uint8Array());
    trackers.sort(compareBytes);
    const line = await findCloseLine(runtime.store.read, election.id);
    expect(parseClose(parseCanonical(line?.content ?? '') ?? '')).toMatchObject({
      count: accepted.length,
      issued: 60,
      root: await trackerRoot(nodePrimitives, trackers),
    });
  });
});

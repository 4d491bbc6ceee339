import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { castJson } from '../../protocol/ballot.ts';
import { toBase64url } from '../../protocol/bytes.ts';
import { type BuiltElection, armedElection } from '../../testing/election.ts';
import { type TestRuntime, temporaryRuntime } from '../../testing/runtime.ts';
import {
  type Send,
  finishBallot,
  prepareVote,
  requestCredential,
  sendBallot,
  voteOverHttp,
} from '../../testing/voter-client.ts';
import { votingApiRoutes } from './api-routes.ts';

let test: TestRuntime;
let send: Send;

beforeAll(async () => {
  test = await temporaryRuntime();
  const app = createApp(test.runtime, votingApiRoutes(test.runtime));
  send = (path, init) => app.request(path, init);
});
afterAll(() => test.dispose());

describe('at the same moment', () => {
  it('C1: 200 voters posting twice in parallel give 200 ballots, each with one receipt', async () => {
    const crowd = await armedElection(test.runtime, { voters: 200 });
    const [first] = crowd.terms.manifest.contests[0]?.candidates ?? [];
    const both = await Promise.all(
      crowd.voters.map(async (voter) => {
        const prepared = await prepareVote(crowd.terms, [[first?.id ?? '']]);
        const once = async () => {
          const signature = await requestCredential(send, voter.link, prepared, voter.code);
          const { ballot } = await finishBallot(crowd.terms, prepared, signature);
          return sendBallot(send, crowd.terms, ballot);
        };
        return Promise.all([once(), once()]);
      }),
    );
    for (const [one, two] of both) expect(toBase64url(one.signature)).toBe(toBase64url(two.signature));
    expect(new Set(both.map(([{ tracker }]) => toBase64url(tracker))).size).toBe(200);
    expect(await ballotsOf(crowd)).toBe(200);
    expect(await marksOf(crowd)).toBe(200);
  }, 120_000);

  it('C2: 200 posts by one voter with different choices give one ballot and no fault', async () => {
    const crowd = await armedElection(test.runtime, { voters: 1 });
    const [voter] = crowd.voters;
    const ids = crowd.terms.manifest.contests[0]?.candidates.map(({ id }) => id) ?? [];
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        try {
          await voteOverHttp(send, crowd.terms, voter ?? { link: '', code: '' }, [[ids[index % 3] ?? '']]);
          return 'recorded';
        } catch (error) {
          return String(error).slice(7, 10);
        }
      }),
    );
    expect(outcomes.filter((outcome) => outcome === 'recorded')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === '409')).toHaveLength(199);
    expect(await ballotsOf(crowd)).toBe(1);
  }, 120_000);

  it('C4: casts around the last instant are taken or refused, and each voter is told which', async () => {
    const crowd = await armedElection(test.runtime, { voters: 40, graceSeconds: 0 });
    const ready = await Promise.all(
      crowd.voters.map(async (voter) => {
        const prepared = await prepareVote(crowd.terms, [[]]);
        const signature = await requestCredential(send, voter.link, prepared, voter.code);
        return finishBallot(crowd.terms, prepared, signature);
      }),
    );
    const end = test.clock.now() + 2 * 3_600_000;
    test.clock.set(end - 1);
    const told = await Promise.all(
      ready.map(async ({ ballot }, index) => {
        if (index === 20) test.clock.set(end);
        const response = await send(`/elections/${crowd.id}/ballots`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(castJson(crowd.terms, ballot)),
        });
        return response.status;
      }),
    );
    test.clock.set(end - 2 * 3_600_000);
    expect(told.every((status) => status === 201 || status === 409)).toBe(true);
    expect(await ballotsOf(crowd)).toBe(told.filter((status) => status === 201).length);
  }, 120_000);

  const ballotsOf = async ({ id }: BuiltElection): Promise<number> =>
    (await test.runtime.store.read.selectFrom('ballot').select('pk').where('election_id', '=', id).execute())
      .length;
  const marksOf = async ({ id }: BuiltElection): Promise<number> =>
    (
      await test.runtime.store.read
        .selectFrom('voter')
        .select('id')
        .where('election_id', '=', id)
        .where('is_marked', '=', 1)
        .execute()
    ).length;
});

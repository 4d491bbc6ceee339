import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { equalBytes } from '../../protocol/bytes.ts';
import { instantOf } from '../../protocol/fields.ts';
import { inRange } from '../../protocol/rsa.ts';
import { accept } from '../../protocol/outcome.ts';
import { findElection, updateElection } from '../../store/elections.ts';
import { unlockVoter } from '../../store/code-tries.ts';
import type { ElectionState } from '../../domain/election.ts';
import {
  type BuiltElection,
  type BuiltVoter,
  type ElectionPlan,
  armedElection,
} from '../../testing/election.ts';
import { type TestRuntime, temporaryRuntime } from '../../testing/runtime.ts';
import { type Prepared, prepareVote } from '../../testing/voter-client.ts';
import { type IssueRequest, issueCredential } from './issue-credential.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const WRONG = (code: string): string => (code.startsWith('1') ? '2' : '1') + code.slice(1);
const UNKNOWN_LINK = 'A'.repeat(32);

let test: TestRuntime;
/** One election with a voter for each test: making keys takes longer than anything tested here. */
let shared: BuiltElection;
let nextVoter = 0;
beforeAll(async () => {
  test = await temporaryRuntime();
  shared = await armedElection(test.runtime, { voters: 20, closesAt: test.clock.now() + 365 * DAY });
});
afterAll(() => test.dispose());

const blank = [[]];
const prepare = (election: BuiltElection): Promise<Prepared> => prepareVote(election.terms, blank);

async function stage(plan?: ElectionPlan) {
  const election = plan === undefined ? shared : await armedElection(test.runtime, { voters: 1, ...plan });
  const voter = plan === undefined ? shared.voters[nextVoter++] : election.voters[0];
  if (voter === undefined) throw new Error('no voter');
  const prepared = await prepare(election);
  const ask = (request: Partial<IssueRequest> = {}) =>
    issueCredential(test.runtime, {
      link: voter.link,
      code: voter.code,
      blinded: prepared.pending.blinded,
      ...request,
    });
  return { election, voter, prepared, ask };
}

const setState = (id: string, state: ElectionState) =>
  test.runtime.store.inTransaction(async (trx) => {
    await updateElection(trx, id, { state });
    return accept(true);
  });

const isMarked = async ({ id }: BuiltVoter): Promise<boolean> => {
  const row = await test.runtime.store.read
    .selectFrom('voter')
    .select('is_marked')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.is_marked === 1;
};

describe('the decisions of section 4, in their order', () => {
  it('answers a blind signature that the voter can finish', async () => {
    const { election, voter, prepared, ask } = await stage();
    const answer = await ask();
    expect(answer.ok && inRange(election.terms.credentialKey, answer.value)).toBe(true);
    expect(await isMarked(voter)).toBe(true);
    expect(prepared.pending.blinded).toHaveLength(256);
  });

  it('gives the same answer again without the code, while open and in grace, and never after', async () => {
    const { prepared, ask } = await stage({});
    const first = await ask();
    const again = await ask({ code: undefined });
    const withWrongCode = await ask({ code: '000000' });
    if (!first.ok || !again.ok || !withWrongCode.ok) throw new Error('refused');
    expect(equalBytes(first.value, again.value)).toBe(true);
    expect(equalBytes(first.value, withWrongCode.value)).toBe(true);
    const start = test.clock.now();
    test.clock.step(120 * MINUTE + 299_000);
    expect((await ask({ code: undefined })).ok).toBe(true);
    test.clock.step(1_000);
    expect(await ask({ code: undefined })).toMatchObject({ ok: false, code: 'CLOSED' });
    test.clock.set(start);
    expect(prepared.pending.prefix).toHaveLength(32);
  });

  it.each<[string, number, string]>([
    ['before the opening', -1, 'NOT_OPEN'],
    ['at the opening', 0, 'accepted'],
    ['in the last millisecond', 60 * MINUTE - 1, 'accepted'],
    ['at the closing time, grace or not', 60 * MINUTE, 'CLOSED'],
  ])('issues by the clock: %s', async (_, offset, expected) => {
    const opensAt = test.clock.now() + 10 * MINUTE;
    const { ask } = await stage({ state: 'armed', opensAt, closesAt: opensAt + 60 * MINUTE });
    test.clock.set(opensAt + offset);
    const answer = await ask();
    expect(answer.ok ? 'accepted' : answer.code).toBe(expected);
  });

  it('opens an armed election whose hour has come, once, and says so in the audit log', async () => {
    const opensAt = test.clock.now() + MINUTE;
    const { election, ask } = await stage({ state: 'armed', opensAt });
    test.clock.set(opensAt);
    await Promise.all([ask(), ask({ code: '000000' })]);
    expect((await findElection(test.runtime.store.read, election.id))?.state).toBe('open');
    const entries = await test.runtime.store.read
      .selectFrom('audit_entry')
      .select(['kind', 'actor'])
      .where('election_id', '=', election.id)
      .execute();
    expect(entries.filter(({ kind }) => kind === 'opened')).toEqual([{ kind: 'opened', actor: 'clock' }]);
  });

  it.each<[string, ElectionState, string]>([
    ['a draft', 'draft', 'NOT_OPEN'],
    ['an unproven key', 'arming', 'NOT_OPEN'],
    ['a closed election', 'closed', 'CLOSED'],
    ['a counted election', 'tallied', 'CLOSED'],
    ['a published election', 'published', 'CLOSED'],
  ])('refuses in the state of %s', async (_, state, code) => {
    const { election, voter, ask } = await stage();
    await setState(election.id, state);
    expect(await ask()).toMatchObject({ ok: false, code });
    await setState(election.id, 'open');
    expect(await isMarked(voter)).toBe(false);
  });

  it('puts the form first, then the link, the window, the mark, the lock, the code', async () => {
    const { election, ask } = await stage();
    const short = new Uint8Array(256).fill(1);
    // out of range for this key, whatever the link's state
    expect(await ask({ blinded: new Uint8Array(256) })).toMatchObject({ code: 'MALFORMED' });
    expect(await ask({ blinded: election.terms.credentialKey.modulus })).toMatchObject({ code: 'MALFORMED' });
    expect(await ask({ blinded: new Uint8Array(384).fill(1) })).toMatchObject({ code: 'MALFORMED' });
    for (const link of [UNKNOWN_LINK, '', 'x'.repeat(10_000), 'é']) {
      expect(await ask({ link, blinded: short })).toMatchObject({ code: 'UNKNOWN_LINK' });
    }
    expect(await ask({ code: undefined })).toMatchObject({ code: 'MALFORMED' });
    expect((await ask()).ok).toBe(true);
    const other = await prepare(election);
    expect(await ask({ blinded: other.pending.blinded })).toMatchObject({ code: 'ALREADY_VOTED' });
    expect(await ask({ blinded: other.pending.blinded, code: '000000' })).toMatchObject({
      code: 'ALREADY_VOTED',
    });
  });

  it('does not know a link that was replaced', async () => {
    const { voter, ask } = await stage();
    await test.runtime.store.inTransaction(async (trx) => {
      await trx
        .updateTable('voter')
        .set({ link_version: 2, link_digest: new Uint8Array(32).fill(7) })
        .where('id', '=', voter.id)
        .execute();
      return accept(true);
    });
    expect(await ask()).toMatchObject({ code: 'UNKNOWN_LINK' });
  });
});

describe('code tries (S1)', () => {
  it('locks after 5 wrong within 15 minutes, counts down, and takes the right code afterwards', async () => {
    const { voter, ask } = await stage();
    const wrong = WRONG(voter.code);
    for (const left of [4, 3, 2, 1, 0]) {
      expect(await ask({ code: wrong })).toEqual({
        ok: false,
        code: 'WRONG_CODE',
        detail: { triesLeft: left },
      });
    }
    const until = instantOf(new Date(Math.ceil((test.clock.now() + 15 * MINUTE) / 1000) * 1000));
    // the right code too, and no code at all; none of them counts
    for (const code of [wrong, voter.code, undefined]) {
      expect(await ask({ code })).toEqual({ ok: false, code: 'LOCKED', detail: { until } });
    }
    test.clock.step(15 * MINUTE - 1);
    expect(await ask()).toMatchObject({ code: 'LOCKED' });
    test.clock.step(1);
    expect(await ask({ code: wrong })).toMatchObject({ detail: { triesLeft: 4 } });
    expect((await ask()).ok).toBe(true);
    const rows = await test.runtime.store.read
      .selectFrom('code_tries')
      .selectAll()
      .where('voter_id', '=', voter.id)
      .execute();
    expect(rows).toEqual([]);
  });

  it('takes a code of another length for a wrong one', async () => {
    const { voter, ask } = await stage();
    expect(await ask({ code: voter.code.slice(0, 5) })).toMatchObject({ detail: { triesLeft: 4 } });
    expect(await ask({ code: `${voter.code}0` })).toMatchObject({ detail: { triesLeft: 3 } });
  });

  it('never looks at more than 5 in any 15 minutes: the window slides', async () => {
    const { voter, ask } = await stage();
    const wrong = WRONG(voter.code);
    await ask({ code: wrong });
    test.clock.step(14 * MINUTE);
    for (const left of [3, 2, 1]) {
      expect(await ask({ code: wrong })).toMatchObject({ detail: { triesLeft: left } });
    }
    test.clock.step(MINUTE);
    // the first one is 15 minutes old and no longer counts; the three others do
    expect(await ask({ code: wrong })).toMatchObject({ detail: { triesLeft: 1 } });
    expect(await ask({ code: wrong })).toMatchObject({ code: 'WRONG_CODE', detail: { triesLeft: 0 } });
    expect(await ask({ code: wrong })).toMatchObject({ code: 'LOCKED' });
  });

  it('locks for good after 20 in all, until staff unlock', async () => {
    const { election, voter, ask } = await stage();
    const wrong = WRONG(voter.code);
    let evaluated = 0;
    for (let i = 0; i < 60; i++) {
      const answer = await ask({ code: wrong });
      if (!answer.ok && answer.code === 'WRONG_CODE') evaluated += 1;
      test.clock.step(4 * MINUTE);
    }
    expect(evaluated).toBe(20);
    // no `until`: only staff can unlock
    expect(await ask()).toEqual({ ok: false, code: 'LOCKED', detail: {} });
    const act = {
      electionId: election.id,
      voterId: voter.id,
      actor: 'olive@example.org',
      at: test.clock.now(),
    };
    expect(await test.runtime.store.inTransaction((trx) => unlockVoter(trx, act))).toEqual(accept(true));
    expect((await ask()).ok).toBe(true);
  });

  it('looks at no more than 5 of 200 sent at once, nor after a restart', async () => {
    const { voter, ask } = await stage();
    const wrong = WRONG(voter.code);
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask({ code: wrong })));
    const codes = answers.map((answer) => (answer.ok ? 'accepted' : answer.code));
    expect(codes.filter((code) => code === 'WRONG_CODE')).toHaveLength(5);
    expect(codes.filter((code) => code === 'LOCKED')).toHaveLength(195);
    await test.restart();
    expect(await ask()).toMatchObject({ code: 'LOCKED' });
  });

  it('keeps the tries of one voter apart from those of 500 others', async () => {
    const election = await armedElection(test.runtime, { voters: 500 });
    const prepared = await prepare(election);
    const answers = await Promise.all(
      election.voters.map(({ link, code }, index) => {
        const blinded = prepared.pending.blinded.slice();
        blinded[200] = index & 0xff;
        return issueCredential(test.runtime, { link, code, blinded });
      }),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
  });
});

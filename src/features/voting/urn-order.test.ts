import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { castJson } from '../../protocol/ballot.ts';
import { type Bytes, compareBytes } from '../../protocol/bytes.ts';
import { plain } from '../../store/record.ts';
import { type BuiltElection, armedElection } from '../../testing/election.ts';
import { type TestRuntime, temporaryRuntime } from '../../testing/runtime.ts';
import { finishBallot, prepareVote } from '../../testing/voter-client.ts';
import { castBallot } from './cast-ballot.ts';
import { issueCredential } from './issue-credential.ts';

/** Twice a thousand: chance alone then reaches a rho of 0.1 once in 100,000 runs. */
const CASTS = 2_000;
/** Casts under way at once: the order within a group is as the server takes them. */
const AT_ONCE = 20;

let test: TestRuntime;
let election: BuiltElection;
/** Trackers in the order of casting, with the address of the voter. */
const cast: { tracker: Bytes; email: string }[] = [];

beforeAll(async () => {
  test = await temporaryRuntime();
  election = await armedElection(test.runtime, { voters: CASTS });
  const candidates = election.terms.manifest.contests[0]?.candidates ?? [];
  for (let at = 0; at < CASTS; at += AT_ONCE) {
    await Promise.all(
      election.voters.slice(at, at + AT_ONCE).map(async ({ link, code, email }, index) => {
        const choice = candidates[index % candidates.length]?.id;
        const prepared = await prepareVote(election.terms, [choice === undefined ? [] : [choice]]);
        const issued = await issueCredential(test.runtime, {
          link,
          code,
          blinded: prepared.pending.blinded,
        });
        if (!issued.ok) throw new Error(issued.code);
        const { ballot, tracker } = await finishBallot(election.terms, prepared, issued.value);
        const answer = await castBallot(test.runtime, election.id, castJson(election.terms, ballot));
        if (!answer.ok) throw new Error(answer.code);
        cast.push({ tracker, email });
      }),
    );
  }
}, 240_000);
afterAll(() => test.dispose());

/** Spearman's rho between the places in two orders of the same things. */
function spearman(order: readonly number[]): number {
  const n = order.length;
  const squares = order.reduce((sum, place, index) => sum + (place - index) ** 2, 0);
  return 1 - (6 * squares) / (n * (n * n - 1));
}

/** For each cast in its order, its rank among `places`. */
function ranks(places: readonly number[]): number[] {
  const sorted = [...places].sort((a, b) => a - b);
  const rankOf = new Map(sorted.map((place, rank) => [place, rank]));
  return places.map((place) => rankOf.get(place) ?? -1);
}

describe('P2: the order of casting', () => {
  it('is not the order of the database file', async () => {
    // closing writes everything into the main file
    await test.restart();
    const file = readFileSync(join(test.folder, 'votix.sqlite'));
    const first = cast.map(({ tracker }) => file.indexOf(tracker));
    const last = cast.map(({ tracker }) => file.lastIndexOf(tracker));
    expect(Math.min(...first)).toBeGreaterThan(0);
    for (const places of [first, last]) expect(Math.abs(spearman(ranks(places)))).toBeLessThan(0.1);
  });

  it.each(['tracker', 'pk', undefined] as const)('is not the order of the urn by %s', async (column) => {
    const { read } = test.runtime.store;
    const query = read.selectFrom('ballot').select('tracker').where('election_id', '=', election.id);
    const rows = await (column === undefined ? query : query.orderBy(column)).execute();
    const places = cast.map(({ tracker }) =>
      rows.findIndex((row) => compareBytes(plain(row.tracker), tracker) === 0),
    );
    expect(Math.abs(spearman(ranks(places)))).toBeLessThan(0.1);
  });

  it('keeps no time, no address, and nothing of a voter beside a ballot', async () => {
    const row = await test.runtime.store.read
      .selectFrom('ballot')
      .selectAll()
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(Object.keys(row).sort()).toEqual(
      ['c', 'credential', 'election_id', 'kc', 'pk', 'prefix', 'proof', 'sealed', 'tracker'].sort(),
    );
    const tries = await test.runtime.store.read.selectFrom('code_tries').selectAll().execute();
    expect(tries).toEqual([]);
  });

  it('P1: no value of the roll stands in the urn, as it is or hashed', async () => {
    const { read } = test.runtime.store;
    const voters = await read.selectFrom('voter').selectAll().execute();
    const ballots = await read.selectFrom('ballot').selectAll().execute();
    const hex = (value: unknown): string =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value);
    const ofRoll = new Set(
      voters.flatMap((voter) => [voter.id, voter.link_digest, voter.blinded_digest].map(hex)),
    );
    const ofUrn = ballots.flatMap((ballot) => Object.values(ballot).map(hex));
    expect(ofUrn.filter((value) => ofRoll.has(value))).toEqual([]);
  });

  it('P3: gives every ballot one length', async () => {
    const ballots = await test.runtime.store.read.selectFrom('ballot').selectAll().execute();
    const lengths = new Set(
      ballots.map(({ c, kc, sealed, prefix, credential, proof }) =>
        [c, kc, sealed, prefix, credential, proof].map((part) => part.length).join(),
      ),
    );
    expect(lengths.size).toBe(1);
  });
});

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { ballotJson, castJson } from '../../protocol/ballot.ts';
import { type Bytes, fromInteger, toBase64url, toInteger } from '../../protocol/bytes.ts';
import { accept } from '../../protocol/outcome.ts';
import { updateElection } from '../../store/elections.ts';
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
let election: BuiltElection;
let send: Send;
let nextVoter = 0;
const nextOf = () => {
  const voter = election.voters[nextVoter++];
  if (voter === undefined) throw new Error('no voter left');
  return voter;
};

beforeAll(async () => {
  test = await temporaryRuntime();
  election = await armedElection(test.runtime, { voters: 60 });
  const app = createApp(test.runtime, votingApiRoutes(test.runtime));
  send = (path, init) => app.request(path, init);
});
afterAll(() => test.dispose());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  send(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const refusal = async (response: Response): Promise<string> => {
  const { error } = (await response.json()) as { error: { code: string } };
  return `${response.status} ${error.code}`;
};

const choiceOf = (index: number): string[][] => {
  const candidates = election.terms.manifest.contests[0]?.candidates ?? [];
  return [[candidates[index % candidates.length]?.id ?? '']];
};

/** A voter who holds a credential and has not cast yet. */
async function readyToCast(index = 0) {
  const prepared = await prepareVote(election.terms, choiceOf(index));
  const voter = nextOf();
  const signature = await requestCredential(send, voter.link, prepared, voter.code);
  return finishBallot(election.terms, prepared, signature);
}

const countBallots = async (): Promise<number> =>
  (await test.runtime.store.read.selectFrom('ballot').select('tracker').execute()).length;

describe('the calls of section 12', () => {
  it('answer the manifest in canonical form, by election and by digest', async () => {
    const byElection = await send(`/elections/${election.id}/manifest`);
    const byDigest = await send(`/manifests/${toBase64url(election.terms.digest)}`);
    const text = await byElection.text();
    expect(text.startsWith(`{"manifest":${election.terms.text},"signature":"`)).toBe(true);
    expect(await byDigest.text()).toBe(text);
    expect(byElection.headers.get('access-control-allow-origin')).toBe('*');
    expect(await refusal(await send(`/manifests/${'A'.repeat(43)}`))).toBe('404 NOT_FOUND');
    expect(await refusal(await send(`/elections/${election.voters[0]?.id}/manifest`))).toBe('404 NOT_FOUND');
  });

  it('issue a credential, take a ballot, and answer the same receipt when asked again', async () => {
    const { ballot } = await readyToCast();
    const first = await sendBallot(send, election.terms, ballot);
    const again = await post(`/elections/${election.id}/ballots`, castJson(election.terms, ballot));
    expect(again.status).toBe(200);
    expect(((await again.json()) as { signature: string }).signature).toBe(toBase64url(first.signature));
    expect(again.headers.get('set-cookie')).toBeNull();
  });

  it.each<[string, unknown, Record<string, string>?]>([
    ['no JSON', 'hello'],
    ['null', 'null'],
    ['a key twice', `{"blinded":"${'B'.repeat(342)}","blinded":"${'B'.repeat(342)}"}`],
    ['an unknown member', { blinded: 'B'.repeat(342), extra: 1 }],
    ['no blinded value', { code: '123456' }],
    ['a blinded value of another length', { blinded: 'BBBB', code: '123456' }],
    ['a code of letters', { blinded: 'B'.repeat(342), code: 'abcdef' }],
    ['a code of other digits', { blinded: 'B'.repeat(342), code: '١٢٣٤٥٦' }],
    ['a code with spaces', { blinded: 'B'.repeat(342), code: '123 456' }],
    ['a code that is a number', { blinded: 'B'.repeat(342), code: 123456 }],
    ['a code of three digits', { blinded: 'B'.repeat(342), code: '123' }],
    ['a code of nine digits', { blinded: 'B'.repeat(342), code: '123456789' }],
    ['another content type', '{}', { 'Content-Type': 'text/plain' }],
  ])('refuse a request for a credential: %s', async (_, body, headers) => {
    const voter = election.voters[59];
    expect(await refusal(await post(`/vote/${voter?.link}/credential`, body, headers))).toBe('400 MALFORMED');
    // the form is looked at before the link
    expect(await refusal(await post(`/vote/${'A'.repeat(32)}/credential`, body, headers))).toBe(
      '400 MALFORMED',
    );
    const tries = await test.runtime.store.read.selectFrom('code_tries').selectAll().execute();
    expect(tries.filter(({ voter_id }) => voter_id === voter?.id)).toEqual([]);
  });

  it('answer a wrong code, a used link and an unknown one with their codes', async () => {
    const { pending } = await prepareVote(election.terms, choiceOf(0));
    const blinded = toBase64url(pending.blinded);
    const voter = nextOf();
    const wrong = await post(`/vote/${voter.link}/credential`, {
      code: voter.code === '111111' ? '222222' : '111111',
      blinded,
    });
    expect(wrong.status).toBe(403);
    expect(await wrong.json()).toEqual({
      error: { code: 'WRONG_CODE', message: 'This code is not the right one.', triesLeft: 4 },
    });
    await voteOverHttp(send, election.terms, voter, choiceOf(0));
    const used = await post(`/vote/${voter.link}/credential`, { code: voter.code, blinded });
    expect(await refusal(used)).toBe('409 ALREADY_VOTED');
    expect(await refusal(await post(`/vote/${'A'.repeat(32)}/credential`, { blinded }))).toBe(
      '404 UNKNOWN_LINK',
    );
  });

  it('refuse 64 KiB and more', async () => {
    const body = JSON.stringify({ manifest: 'A'.repeat(70_000) });
    const response = await post(`/elections/${election.id}/ballots`, body, {
      'Content-Length': String(body.length),
    });
    expect(await refusal(response)).toBe('413 TOO_LARGE');
  });
});

describe('the order of section 6', () => {
  const cast = async (body: unknown): Promise<string> => {
    const response = await post(`/elections/${election.id}/ballots`, body);
    return response.status < 300 ? String(response.status) : refusal(response);
  };
  const M = () => toBase64url(election.terms.digest);
  const bytesOf = (length: number, fill: number): string => toBase64url(new Uint8Array(length).fill(fill));
  const flip = (bytes: Bytes): Bytes => {
    const other = bytes.slice();
    other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
    return other;
  };

  it('looks at the members, then at the manifest, then at the lengths', async () => {
    const { ballot } = await readyToCast();
    const json = ballotJson(ballot);
    const { proof: _, ...withoutProof } = json;
    const otherM = bytesOf(32, 9);
    expect(await cast({ manifest: otherM, ballot: withoutProof })).toBe('400 MALFORMED');
    expect(await cast({ manifest: otherM, ballot: { ...json, extra: '' } })).toBe('400 MALFORMED');
    expect(await cast({ manifest: 'AA', ballot: json })).toBe('400 MALFORMED');
    expect(await cast({ ballot: json })).toBe('400 MALFORMED');
    expect(await cast({ manifest: otherM, ballot: { ...json, pk: 'AA' } })).toBe('400 WRONG_MANIFEST');
    expect(await cast({ manifest: M(), ballot: { ...json, pk: 'AA' } })).toBe('400 MALFORMED');
    expect(await cast({ manifest: M(), ballot: { ...json, sealed: `${json.sealed}AAAA` } })).toBe(
      '400 MALFORMED',
    );
    expect(await cast(castJson(election.terms, ballot))).toBe('201');
  });

  it('refuses every c that is out of range', async () => {
    const { ballot } = await readyToCast();
    const { n, modulus } = election.terms.electionKey;
    const length = modulus.length;
    for (const c of [0n, 1n, n - 1n, n]) {
      const body = castJson(election.terms, { ...ballot, c: fromInteger(c, length) });
      expect(await cast(body)).toBe('400 MALFORMED');
    }
    expect(await cast(castJson(election.terms, { ...ballot, c: ballot.c.slice(1) }))).toBe('400 MALFORMED');
  });

  it('refuses whatever is not under the credential and the proof', async () => {
    const { ballot } = await readyToCast();
    const mauled = fromInteger(
      (toInteger(ballot.c) * 4n) % election.terms.electionKey.n,
      election.terms.electionKey.modulus.length,
    );
    const identity = new Uint8Array(32);
    identity[0] = 1;
    for (const change of [
      { c: mauled },
      { kc: flip(ballot.kc) },
      { sealed: flip(ballot.sealed) },
      { prefix: flip(ballot.prefix) },
      { credential: flip(ballot.credential) },
      { proof: flip(ballot.proof) },
      { pk: flip(ballot.pk) },
      { pk: identity },
    ]) {
      expect(await cast(castJson(election.terms, { ...ballot, ...change }))).toBe('400 CREDENTIAL_INVALID');
    }
    const before = await countBallots();
    expect(await cast(castJson(election.terms, ballot))).toBe('201');
    expect(await countBallots()).toBe(before + 1);
  });

  it('takes one ballot for a credential', async () => {
    const prepared = await prepareVote(election.terms, choiceOf(0));
    const voter = nextOf();
    const signature = await requestCredential(send, voter.link, prepared, voter.code);
    const first = await finishBallot(election.terms, prepared, signature);
    const other = await prepareVote(election.terms, choiceOf(1));
    const second = await finishBallot(election.terms, { ...prepared, sealed: other.sealed }, signature);
    expect(await cast(castJson(election.terms, first.ballot))).toBe('201');
    expect(await cast(castJson(election.terms, second.ballot))).toBe('409 CREDENTIAL_SPENT');
    // a repeat with a spoiled proof names the same ballot: the tracker does not cover the proof
    const repeated = { ...first.ballot, proof: flip(first.ballot.proof) };
    expect(await cast(castJson(election.terms, repeated))).toBe('200');
  });

  it('takes ballots in the grace period and not after it, and repeats receipts for ever', async () => {
    const inGrace = await readyToCast();
    const late = await readyToCast(1);
    const start = test.clock.now();
    test.clock.set(start + 2 * 3_600_000 + 299_999);
    expect(await cast(castJson(election.terms, inGrace.ballot))).toBe('201');
    test.clock.step(1);
    expect(await cast(castJson(election.terms, late.ballot))).toBe('409 CLOSED');
    expect(await cast(castJson(election.terms, inGrace.ballot))).toBe('200');
    test.clock.set(start);
    await setState('closed');
    expect(await cast(castJson(election.terms, late.ballot))).toBe('409 CLOSED');
    expect(await cast(castJson(election.terms, inGrace.ballot))).toBe('200');
    await setState('armed');
    test.clock.set(start - 1);
    expect(await cast(castJson(election.terms, late.ballot))).toBe('409 NOT_OPEN');
    test.clock.set(start);
    await setState('open');
  });

  it('knows no other election', async () => {
    const { ballot } = await readyToCast();
    const response = await post(
      '/elections/00000000-0000-4000-8000-000000000000/ballots',
      castJson(election.terms, ballot),
    );
    expect(await refusal(response)).toBe('404 NOT_FOUND');
  });

  const setState = (state: 'armed' | 'open' | 'closed') =>
    test.runtime.store.inTransaction(async (trx) => {
      await updateElection(trx, election.id, { state });
      return accept(true);
    });
});

describe('what the urn keeps', () => {
  it('P3: every choice gives one length of ciphertext', async () => {
    const lengths = new Set<string>();
    for (const selections of [[[]], choiceOf(0), choiceOf(1), choiceOf(2)]) {
      const { sealed } = await prepareVote(election.terms, selections);
      lengths.add([sealed.c.length, sealed.kc.length, sealed.sealed.length].join());
    }
    expect(lengths.size).toBe(1);
  });

  it('S16: GET and HEAD on every path of a voter change nothing', async () => {
    const voter = election.voters[58];
    const digest = async () => {
      const rows = await test.runtime.store.read.selectFrom('voter').selectAll().execute();
      const tries = await test.runtime.store.read.selectFrom('code_tries').selectAll().execute();
      return createHash('sha256')
        .update(JSON.stringify([rows, tries, await countBallots()]))
        .digest('hex');
    };
    const before = await digest();
    for (const path of [
      `/vote/${voter?.link}`,
      `/vote/${voter?.link}/credential`,
      `/vote/${voter?.link}/cast`,
    ]) {
      for (let i = 0; i < 50; i++) await send(path, { method: i % 2 === 0 ? 'GET' : 'HEAD' });
    }
    expect(await digest()).toBe(before);
  });
});

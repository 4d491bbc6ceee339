import { beforeAll, describe, expect, test } from 'vitest';
import type { Bytes } from '../bytes.ts';
import { type Challenge, challengeJson, makeChallenge, parseChallenge } from '../challenge.ts';
import { generateRsaKey, rawPrivate, type RsaKeyPair } from '../node/credential-key.ts';
import { nodePrimitives } from '../node/primitives.ts';
import { answerChallenge } from './answer-challenge.ts';

let mine: RsaKeyPair;
let challenge: Challenge;
let secret: Bytes;

beforeAll(async () => {
  mine = await generateRsaKey(2048);
  ({ challenge, secret } = await makeChallenge(nodePrimitives, mine.key));
});

/** A copy with another last byte. */
const lastByte = (bytes: Bytes, change: (byte: number) => number): Bytes =>
  bytes.map((byte, i) => (i === bytes.length - 1 ? change(byte) : byte));

const answer = (given: Challenge, pair = mine) =>
  answerChallenge(nodePrimitives, (x) => rawPrivate(pair.privateKey, x), pair.key, given);

test('the holder of the key finds the secret', async () => {
  expect(await answer(challenge)).toEqual({ ok: true, value: secret });
});

test('two challenges share nothing', async () => {
  const next = await makeChallenge(nodePrimitives, mine.key);
  expect(next.secret).not.toEqual(secret);
  expect(next.challenge.nonce).not.toEqual(challenge.nonce);
  expect(next.challenge.c).not.toEqual(challenge.c);
});

describe('a changed challenge is not answered', () => {
  test.each(['nonce', 'c', 'kc', 'sealed'] as const)('%s', async (member) => {
    const changed = { ...challenge, [member]: lastByte(challenge[member], (byte) => byte ^ 2) };
    expect(await answer(changed)).toEqual({ ok: false, code: 'WRONG_PROOF', detail: {} });
  });

  test('one for another key', async () => {
    const other = await generateRsaKey(2048);
    const theirs = await makeChallenge(nodePrimitives, other.key);
    const c = theirs.challenge.c.with(0, 0);
    expect(await answer({ ...theirs.challenge, c })).toMatchObject({ code: 'WRONG_PROOF' });
  });
});

describe('reading', () => {
  test('what was written is read', () => {
    expect(parseChallenge(mine.key, challengeJson(challenge))).toEqual({ ok: true, value: challenge });
  });

  test.each(['nonce', 'c', 'kc', 'sealed'] as const)('%s of another length is refused', (member) => {
    const short = { ...challenge, [member]: challenge[member].slice(1) };
    expect(parseChallenge(mine.key, challengeJson(short)).ok).toBe(false);
  });

  test('c out of range is refused', () => {
    for (const c of [new Uint8Array(256), mine.key.modulus, lastByte(mine.key.modulus, (byte) => byte - 1)]) {
      expect(parseChallenge(mine.key, challengeJson({ ...challenge, c })).ok).toBe(false);
    }
  });
});

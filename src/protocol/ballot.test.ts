import { assert, asyncProperty, constantFrom, integer, nat } from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { seededPrimitives } from '../testing/seeded-primitives.ts';
import { manifestOf, termsOf } from '../testing/vectors/elections.ts';
import { vectorKey } from '../testing/vectors/keys.ts';
import {
  type Ballot,
  ballotJson,
  castJson,
  checkBallot,
  completeBallot,
  hasSoundCiphertext,
  parseBallot,
  parseCast,
  trackerOf,
  trackerText,
} from './ballot.ts';
import { type Bytes, equalBytes, fromInteger, toInteger } from './bytes.ts';
import { canonical } from './canonical-json.ts';
import { beginCredential, finalizeCredential } from './credential.ts';
import type { ElectionTerms } from './manifest.ts';
import { blindSign, rawPrivate } from './node/credential-key.ts';
import { nodePrimitives } from './node/primitives.ts';
import { isOpening, openBallot, sealBallot } from './sealed-ballot.ts';
import { encodePlaintext } from './selection.ts';
import { webPrimitives } from './web-primitives.ts';

const FIELDS = ['pk', 'c', 'kc', 'sealed', 'prefix', 'credential', 'proof'] as const;
const { privateKey: electionKey } = vectorKey('election-2048');
const { privateKey: credentialPrivate, key: credentialKey } = vectorKey('credential-2048');

let terms: ElectionTerms;
let other: ElectionTerms;
let mine: Cast;
let victim: Cast;

interface Cast {
  readonly ballot: Ballot;
  readonly tracker: Bytes;
  readonly plaintext: Bytes;
}

async function cast(
  primitives = nodePrimitives as typeof nodePrimitives | typeof webPrimitives,
): Promise<Cast> {
  const plaintext = encodePlaintext(terms.manifest, [['ada'], ['a', 'b']]);
  const pending = await beginCredential(primitives, terms);
  const sealed = await sealBallot(primitives, terms, pending.keys.publicKey, plaintext);
  const answer = blindSign(credentialPrivate, credentialKey, pending.blinded);
  if (!answer.ok) throw new Error(answer.code);
  const credential = await finalizeCredential(primitives, terms, pending, answer.value);
  if (!credential.ok) throw new Error(credential.code);
  return { ...(await completeBallot(primitives, terms, pending, sealed, credential.value)), plaintext };
}

/** As the counter does: `r = c^d`, checked, then opened. */
async function open(under: ElectionTerms, ballot: Ballot) {
  const r = rawPrivate(electionKey, ballot.c);
  expect(await isOpening(nodePrimitives, under.electionKey, ballot.c, r)).toBe(true);
  return openBallot(nodePrimitives, under, ballot, r);
}

beforeAll(async () => {
  const manifest = await manifestOf('election-2048', 'credential-2048');
  terms = await termsOf(manifest);
  other = await termsOf({ ...manifest, election: '00000000-0000-4000-8000-000000000000' });
  mine = await cast();
  victim = await cast(webPrimitives);
});

describe('a ballot', () => {
  test('is accepted, comes back from JSON and opens, whichever side made it', async () => {
    for (const { ballot, tracker, plaintext } of [mine, victim]) {
      for (const primitives of [nodePrimitives, webPrimitives]) {
        expect(await trackerOf(primitives, terms, ballot)).toEqual(tracker);
        expect(await checkBallot(primitives, terms, ballot, tracker)).toMatchObject({ ok: true });
      }
      expect(parseBallot(terms, ballotJson(ballot))).toEqual({ ok: true, value: ballot });
      const body = parseCast(castJson(terms, ballot));
      expect(body.ok && canonical(body.value.ballot)).toBe(canonical(ballotJson(ballot)));
      expect(await open(terms, ballot)).toEqual({ ok: true, value: plaintext });
      expect(trackerText(tracker)).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
    }
  });

  test('has another tracker or is refused when any bit of any field is turned', () =>
    assert(
      asyncProperty(
        constantFrom(...FIELDS),
        nat(),
        integer({ min: 0, max: 7 }),
        async (field, position, bit) => {
          const value = mine.ballot[field].slice();
          const at = position % value.length;
          value[at] = (value[at] ?? 0) ^ (1 << bit);
          const changed = { ...mine.ballot, [field]: value };
          const tracker = await trackerOf(nodePrimitives, terms, changed);
          // The tracker does not cover the proof, which is made over it.
          expect(equalBytes(tracker, mine.tracker)).toBe(field === 'proof');
          expect((await checkBallot(nodePrimitives, terms, changed, tracker)).ok).toBe(false);
          const c = toInteger(changed.c);
          expect(hasSoundCiphertext(terms, changed)).toBe(c > 1n && c < terms.electionKey.n - 1n);
        },
      ),
    ));

  test('is refused under another election', async () => {
    const tracker = await trackerOf(nodePrimitives, other, mine.ballot);
    expect(await checkBallot(nodePrimitives, other, mine.ballot, tracker)).toMatchObject({
      code: 'CREDENTIAL_INVALID',
    });
  });
});

describe('a ciphertext', () => {
  test('copied under another key pair does not open', async () => {
    const { c, kc, sealed } = victim.ballot;
    const copied = { ...mine.ballot, c, kc, sealed };
    expect(await open(terms, copied)).toMatchObject({ code: 'COMMITMENT_MISMATCH' });
  });

  test('moved to another election does not open', async () => {
    expect(await open(other, victim.ballot)).toMatchObject({ code: 'COMMITMENT_MISMATCH' });
  });

  test('mauled by a factor that the attacker knows does not open', () =>
    assert(
      asyncProperty(integer({ min: 2, max: 2 ** 31 - 1 }), async (s) => {
        const { n, modulus } = terms.electionKey;
        const factor = toInteger(
          nodePrimitives.rsaPublic(terms.electionKey, fromInteger(BigInt(s), modulus.length)),
        );
        const c = fromInteger((toInteger(victim.ballot.c) * factor) % n, modulus.length);
        const mauled = { ...victim.ballot, c };
        expect(await open(terms, mauled)).toMatchObject({ code: 'COMMITMENT_MISMATCH' });
      }),
      { numRuns: 20 },
    ));

  test('with any bit of the box turned does not open', () =>
    assert(
      asyncProperty(nat(), integer({ min: 0, max: 7 }), async (position, bit) => {
        const sealed = victim.ballot.sealed.slice();
        const at = position % sealed.length;
        sealed[at] = (sealed[at] ?? 0) ^ (1 << bit);
        expect(await open(terms, { ...victim.ballot, sealed })).toMatchObject({
          code: 'AUTHENTICATION_FAILED',
        });
      }),
      { numRuns: 30 },
    ));
});

test('every ballot of an election has one length', async () => {
  const primitives = seededPrimitives('lengths');
  const pk = primitives.random(32);
  const lengths = new Set<number>();
  for (const selections of [
    [['ada'], ['a', 'b', 'c']],
    [[], ['d', 'e']],
  ]) {
    const sealed = await sealBallot(primitives, terms, pk, encodePlaintext(terms.manifest, selections));
    lengths.add(sealed.c.length + sealed.kc.length + sealed.sealed.length);
  }
  expect(lengths.size).toBe(1);
});

test('a wrong answer to a credential is refused', async () => {
  const pending = await beginCredential(nodePrimitives, terms);
  const another = await beginCredential(nodePrimitives, terms);
  const answer = blindSign(credentialPrivate, credentialKey, another.blinded);
  expect(answer.ok && (await finalizeCredential(nodePrimitives, terms, pending, answer.value))).toMatchObject(
    {
      code: 'CREDENTIAL_INVALID',
    },
  );
});

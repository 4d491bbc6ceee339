import { type KeyObject } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type Bytes, equalBytes, fromInteger, toBase64url, utf8 } from '../../bytes.ts';
import { type BallotFate, addBallot, emptyTally } from '../../count.ts';
import { type ElectionTerms, type Manifest, manifestText, parseManifest } from '../../manifest.ts';
import { generateRsaKey, rawPrivate } from '../../node/credential-key.ts';
import { type ClosedBallot, flatten, layoutOf } from '../../node/flat-ballots.ts';
import { startKeyHolder } from '../../node/key-holder-process.ts';
import { nodePrimitives } from '../../node/primitives.ts';
import { multiply } from '../../rsa.ts';
import { isOpening, openBallot, sealBallot } from '../../sealed-ballot.ts';
import { passphraseBytes } from '../passphrase.ts';
import { protectKey } from './key-file.ts';
import { BATCH, OpeningEngine } from './open-ballots.ts';

// workers and processes start from source
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const WORDS = 'legal winner thank year wave sausage worth useful able';

let terms: ElectionTerms;
let privateKey: KeyObject;

/** An election of two contests under this key. */
async function electionUnder(modulus: Bytes): Promise<ElectionTerms> {
  const credential = await generateRsaKey(2048);
  const urn = nodePrimitives.generateEd25519();
  const key = (n: Bytes) => ({ kty: 'RSA', n: toBase64url(n), e: 'AQAB' }) as const;
  const proof = (n: Bytes) => Array<string>(9).fill(toBase64url(new Uint8Array(n.length)));
  const manifest: Manifest = {
    protocol: 'votix/1',
    election: '00000000-0000-4000-8000-000000000001',
    title: 'Council',
    organiser: 'Works',
    opensAt: '2030-01-01T08:00:00Z',
    closesAt: '2030-01-02T08:00:00Z',
    graceSeconds: 60,
    timeZone: 'Europe/Paris',
    rollSize: 100,
    contests: [
      {
        id: 'chair',
        title: 'Chair',
        method: 'plurality',
        min: 1,
        max: 1,
        blank: true,
        candidates: ['a', 'b', 'c'].map((id) => ({ id, name: id })),
      },
      {
        id: 'board',
        title: 'Board',
        method: 'approval',
        min: 1,
        max: 2,
        blank: false,
        candidates: ['d', 'e', 'f'].map((id) => ({ id, name: id })),
      },
    ],
    electionKey: key(modulus),
    electionKeyProof: proof(modulus),
    credentialKey: key(credential.key.modulus),
    credentialKeyProof: proof(credential.key.modulus),
    urnKey: { kty: 'OKP', crv: 'Ed25519', x: toBase64url(urn.publicKey) },
    publication: 'totals',
    custody: { holders: 1, threshold: 1 },
  };
  const read = await parseManifest(nodePrimitives, manifestText(manifest));
  if (!read.ok) throw new Error(read.code);
  return read.value;
}

const random32 = () => nodePrimitives.random(32);

/** A plaintext of the election by its bytes behind the version. */
const plaintext = (...bytes: readonly number[]) => Uint8Array.of(1, ...bytes);
const FIRST = plaintext(0, 1, 0, 0, 0, 1, 1, 0);

async function sealed(content: Bytes): Promise<ClosedBallot> {
  const pk = random32();
  return { pk, ...(await sealBallot(nodePrimitives, terms, pk, content)) };
}

beforeAll(async () => {
  const pair = await generateRsaKey(2048);
  privateKey = pair.privateKey;
  terms = await electionUnder(pair.key.modulus);
});

/** Valid, blank and spoiled ballots of every kind, each with what must become of it. */
async function everyKind(): Promise<readonly (readonly [ClosedBallot, BallotFate])[]> {
  const kinds: [ClosedBallot, BallotFate][] = [];
  const contents = [
    FIRST,
    plaintext(1, 0, 0, 0, 0, 0, 0, 1),
    plaintext(0, 1, 1, 0, 0, 1, 1, 1),
    plaintext(0, 0, 0, 0, 1, 0, 0, 0),
    plaintext(7, 0, 0, 0, 0, 2, 0, 0),
    FIRST.with(0, 2),
  ];
  for (const content of contents) kinds.push([await sealed(content), { plaintext: content }]);
  const whole = await sealed(FIRST);
  const flip = (bytes: Bytes, at: number) => bytes.with(at, (bytes.at(at) ?? 0) ^ 1);
  const mismatch = { spoiled: 'COMMITMENT_MISMATCH' } as const;
  kinds.push([{ ...whole, pk: random32() }, mismatch]);
  for (const at of [0, 19, 20, 31]) kinds.push([{ ...whole, kc: flip(whole.kc, at) }, mismatch]);
  const factor = nodePrimitives.rsaPublic(terms.electionKey, fromInteger(2n, 256));
  kinds.push([{ ...whole, c: multiply(terms.electionKey, whole.c, factor) }, mismatch]);
  for (const at of [0, -1]) {
    kinds.push([{ ...whole, sealed: flip(whole.sealed, at) }, { spoiled: 'AUTHENTICATION_FAILED' }]);
  }
  const p = Buffer.from(privateKey.export({ format: 'jwk' }).p ?? '', 'base64url');
  const c = new Uint8Array(256);
  c.set(p, 256 - p.length);
  kinds.push([{ ...whole, c }, { spoiled: 'NOT_INVERTIBLE' }]);
  return kinds;
}

const expectedTally = (fates: readonly BallotFate[]) => {
  const tally = emptyTally(terms.manifest);
  for (const fate of fates) addBallot(tally, terms.manifest, fate);
  return tally;
};

async function* inBatches<T>(items: readonly T[], size: number): AsyncGenerator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

async function opened(ballots: readonly ClosedBallot[], size: number) {
  const engine = new OpeningEngine(terms, 2);
  try {
    engine.useKey(privateKey);
    const layout = layoutOf(terms);
    const flat = async function* () {
      for await (const batch of inBatches(ballots, size)) yield flatten(layout, batch);
    };
    const parts: Bytes[] = [];
    for await (const part of engine.open(flat())) parts.push(part);
    return { openings: Buffer.concat(parts), tally: engine.tally(), count: engine.opened() };
  } finally {
    await engine.close();
  }
}

describe('the opening engine', () => {
  test('opens and counts every kind of ballot, whatever the batches', async () => {
    const kinds = await everyKind();
    const ballots = kinds.map(([ballot]) => ballot);
    const expected = expectedTally(kinds.map(([, fate]) => fate));
    for (const size of [1, 7, 100]) {
      const { openings, tally, count } = await opened(ballots, size);
      expect(tally).toEqual(expected);
      expect(count).toBe(ballots.length);
      for (const [i, { c }] of ballots.entries()) {
        const r = new Uint8Array(openings.subarray(i * 256, (i + 1) * 256));
        expect(equalBytes(r, rawPrivate(privateKey, c))).toBe(true);
        expect(await isOpening(nodePrimitives, terms.electionKey, c, r)).toBe(true);
      }
    }
  });

  test('gives openings that others can open with', async () => {
    const ballot = await sealed(FIRST);
    const { openings } = await opened([ballot], 1);
    const r = new Uint8Array(openings);
    expect(await openBallot(nodePrimitives, terms, ballot, r)).toEqual({ ok: true, value: FIRST });
  });

  test('an empty urn has an empty tally', async () => {
    expect(await opened([], 1)).toMatchObject({ count: 0, tally: emptyTally(terms.manifest) });
  });

  test('a key that is not that of the election stops the count', async () => {
    const other = await generateRsaKey(2048);
    const engine = new OpeningEngine(terms, 1);
    engine.useKey(other.privateKey);
    const ballot = { ...(await sealed(FIRST)), c: fromInteger(12345n, 256) };
    const once = async function* () {
      yield flatten(layoutOf(terms), [ballot]);
    };
    await expect(engine.open(once()).next()).rejects.toThrow('a private operation failed its check');
    await engine.close();
  });

  test('a ciphertext out of range, a ballot of other lengths and a batch too large stop the count', async () => {
    const ballot = await sealed(FIRST);
    await expect(opened([{ ...ballot, c: terms.electionKey.modulus }], 1)).rejects.toThrow('out of range');
    await expect(opened([{ ...ballot, sealed: ballot.sealed.slice(1) }], 1)).rejects.toThrow(RangeError);
    const many = Array<ClosedBallot>(BATCH + 1).fill(ballot);
    await expect(opened(many, many.length)).rejects.toThrow('not a batch');
  });
});

describe('through the child process', () => {
  test('batches go in, openings and the tally come out', async () => {
    const kinds = await everyKind();
    const ballots = kinds.map(([ballot]) => ballot);
    const words = passphraseBytes(WORDS.split(' '));
    const keyFile = utf8(await protectKey(nodePrimitives, privateKey, terms.electionKey, words, []));
    const holder = startKeyHolder();
    try {
      const run = await holder.open({ keyFile, passphrase: WORDS, terms });
      if (!run.ok) throw new Error(run.code);
      const openings: Bytes[] = [];
      expect(() => run.value.tally()).toThrow('not all opened');
      for await (const batch of run.value.openings(inBatches(ballots, 4))) openings.push(...batch);
      expect(run.value.tally()).toEqual(expectedTally(kinds.map(([, fate]) => fate)));
      expect(run.value.opened()).toBe(ballots.length);
      expect(run.value.isWeak).toBe(false);
      expect(openings.map((r) => Buffer.from(r))).toEqual(
        ballots.map(({ c }) => Buffer.from(rawPrivate(privateKey, c))),
      );
      await holder.ended;
    } finally {
      holder.close();
    }
  });

  test('a wrong passphrase is refused before any ballot is asked for', async () => {
    const words = passphraseBytes(WORDS.split(' '));
    const keyFile = utf8(await protectKey(nodePrimitives, privateKey, terms.electionKey, words, []));
    const holder = startKeyHolder();
    try {
      const run = await holder.open({ keyFile, passphrase: WORDS.replace('able', 'zoo'), terms });
      expect(run).toMatchObject({ ok: false, code: 'WRONG_PASSPHRASE' });
    } finally {
      holder.close();
    }
  });
});

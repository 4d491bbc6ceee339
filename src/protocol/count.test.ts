import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CONTEST_SPOILS,
  type Tally,
  addBallot,
  addTally,
  emptyTally,
  tallyJson,
  totalSpoiled,
} from './count.ts';
import { canonical } from './canonical-json.ts';
import type { Manifest, ManifestContest } from './manifest.ts';
import { plaintextLength } from './selection.ts';

const candidates = (size: number) =>
  Array.from({ length: size }, (_, id) => ({ id: `${id}`, name: `${id}` }));
const contest = (given: Partial<ManifestContest>): ManifestContest => ({
  id: 'contest',
  title: 'Contest',
  method: 'approval',
  min: 1,
  max: 1,
  blank: true,
  candidates: candidates(3),
  ...given,
});

/** The counting rules read nothing but the contests. */
const manifestOf = (...contests: readonly ManifestContest[]): Manifest => ({
  protocol: 'votix/1',
  election: '00000000-0000-4000-8000-000000000000',
  title: '',
  organiser: '',
  opensAt: '2030-01-01T00:00:00Z',
  closesAt: '2030-01-02T00:00:00Z',
  graceSeconds: 0,
  timeZone: 'Europe/Paris',
  rollSize: 0,
  contests,
  electionKey: { kty: 'RSA', n: '', e: 'AQAB' },
  electionKeyProof: [],
  credentialKey: { kty: 'RSA', n: '', e: 'AQAB' },
  credentialKeyProof: [],
  urnKey: { kty: 'OKP', crv: 'Ed25519', x: '' },
  publication: 'totals',
  custody: { holders: 1, threshold: 1 },
});

function counted(manifest: Manifest, ...plaintexts: readonly (readonly number[])[]): Tally {
  const tally = emptyTally(manifest);
  for (const plaintext of plaintexts) addBallot(tally, manifest, { plaintext: Uint8Array.from(plaintext) });
  return tally;
}

/** The fate of one ballot's contest: what became 1. */
function fateOf(rules: Partial<ManifestContest>, ...bytes: readonly number[]): string {
  const [one] = counted(manifestOf(contest(rules)), [1, ...bytes]).contests;
  if (one === undefined) throw new Error('no contest');
  const spoils = CONTEST_SPOILS.filter((reason) => one.spoiled[reason] === 1);
  return [one.valid === 1 ? 'valid' : '', one.blank === 1 ? 'blank' : '', ...spoils].filter(Boolean).join();
}

describe('one contest', () => {
  const approval = { min: 2, max: 2 };
  test.each([
    ['a mark', {}, [0, 0, 1, 0], 'valid'],
    ['an explicit blank', {}, [1, 0, 0, 0], 'blank'],
    ['a blank where none is allowed', { blank: false }, [1, 0, 0, 0], 'BAD_MARK'],
    ['a mark beside the blank flag', {}, [1, 0, 1, 0], 'BAD_MARK'],
    ['an unknown status', {}, [2, 0, 1, 0], 'BAD_MARK'],
    ['a status of 255', {}, [255, 0, 0, 0], 'BAD_MARK'],
    ['an unknown mark', {}, [0, 0, 2, 0], 'BAD_MARK'],
    ['an unknown mark before an overvote', {}, [0, 1, 1, 3], 'BAD_MARK'],
    ['an unknown mark beside the blank flag', {}, [1, 0, 0, 255], 'BAD_MARK'],
    ['two marks of one', {}, [0, 1, 1, 0], 'OVERVOTE'],
    ['no mark without the blank flag', {}, [0, 0, 0, 0], 'UNDERVOTE'],
    ['no mark where blank is not allowed', { blank: false }, [0, 0, 0, 0], 'UNDERVOTE'],
    ['one mark of at least two', approval, [0, 0, 1, 0], 'UNDERVOTE'],
    ['exactly min and max marks', approval, [0, 1, 0, 1], 'valid'],
    ['three marks of at most two', approval, [0, 1, 1, 1], 'OVERVOTE'],
    ['blank below the minimum of marks', approval, [1, 0, 0, 0], 'blank'],
  ])('%s', (_, rules, bytes, fate) => {
    expect(fateOf(rules, ...bytes)).toBe(fate);
  });
});

describe('a whole ballot', () => {
  const manifest = manifestOf(contest({ id: 'a' }), contest({ id: 'b', candidates: candidates(2) }));

  test('one contest may be spoiled while another counts', () => {
    const tally = counted(manifest, [1, 0, 1, 1, 0, 0, 0, 1]);
    expect(tally.contests.map(({ valid, spoiled }) => ({ valid, spoiled }))).toEqual([
      { valid: 0, spoiled: { OVERVOTE: 1 } },
      { valid: 1, spoiled: {} },
    ]);
  });

  test.each([
    ['another first byte', [0, 0, 1, 0, 0, 0, 0, 1]],
    ['version 2', [2, 0, 1, 0, 0, 0, 0, 1]],
    ['a byte missing', [1, 0, 1, 0, 0, 0, 0]],
    ['a byte too many', [1, 0, 1, 0, 0, 0, 0, 1, 0]],
    ['nothing', []],
  ])('%s is BAD_VERSION as a whole', (_, plaintext) => {
    const tally = counted(manifest, plaintext);
    expect(tally.spoiled).toEqual({ BAD_VERSION: 1 });
    expect(tally.contests.map(({ valid, blank, spoiled }) => valid + blank + totalSpoiled(spoiled))).toEqual([
      0, 0,
    ]);
  });

  test('the reasons of the opening are counted by name, and only reasons that occur are written', () => {
    const tally = emptyTally(manifest);
    addBallot(tally, manifest, { spoiled: 'NOT_INVERTIBLE' });
    addBallot(tally, manifest, { spoiled: 'COMMITMENT_MISMATCH' });
    addBallot(tally, manifest, { spoiled: 'COMMITMENT_MISMATCH' });
    addBallot(tally, manifest, { spoiled: 'AUTHENTICATION_FAILED' });
    expect(canonical(tallyJson(tally))).toBe(
      '{"contests":[{"blank":0,"id":"a","spoiled":{},"valid":0,"votes":[0,0,0]},' +
        '{"blank":0,"id":"b","spoiled":{},"valid":0,"votes":[0,0]}],' +
        '"spoiled":{"AUTHENTICATION_FAILED":1,"COMMITMENT_MISMATCH":2,"NOT_INVERTIBLE":1}}',
    );
  });
});

describe('properties', () => {
  const contests = fc.array(
    fc
      .record({ size: fc.integer({ min: 1, max: 5 }), max: fc.nat(4), min: fc.nat(4), blank: fc.boolean() })
      .map(({ size, max, min, blank }) => {
        const most = 1 + (max % size);
        return contest({ candidates: candidates(size), max: most, min: 1 + (min % most), blank });
      }),
    { minLength: 1, maxLength: 3 },
  );
  /** Any bytes, and bytes that are nearly a plaintext. */
  const plaintexts = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc
        .array(fc.integer({ min: 0, max: 2 }), { minLength: 20, maxLength: 20 })
        .map((bytes) => [1, ...bytes]),
    ),
    { maxLength: 12 },
  );

  test('ballots = spoiled ballots + valid + blank + its spoiled, for any plaintext bytes', () => {
    fc.assert(
      fc.property(contests, plaintexts, (given, bytes) => {
        const manifest = manifestOf(...given);
        const length = plaintextLength(manifest);
        // half of them cut to the length that decodes
        const ballots = bytes.map((plaintext, index) =>
          index % 2 === 0 ? plaintext : plaintext.slice(0, length),
        );
        const tally = counted(manifest, ...ballots.map((ballot) => [...ballot]));
        for (const [index, one] of tally.contests.entries()) {
          const rules = given[index];
          const votes = one.votes.reduce((sum, times) => sum + times, 0);
          expect(totalSpoiled(tally.spoiled) + one.valid + one.blank + totalSpoiled(one.spoiled)).toBe(
            ballots.length,
          );
          expect(votes).toBeGreaterThanOrEqual(one.valid * (rules?.min ?? 0));
          expect(votes).toBeLessThanOrEqual(one.valid * (rules?.max ?? 0));
        }
      }),
    );
  });

  test('counting in parts and adding gives the count of the whole', () => {
    fc.assert(
      fc.property(contests, plaintexts, fc.nat(12), (given, bytes, cut) => {
        const manifest = manifestOf(...given);
        const length = plaintextLength(manifest);
        const ballots = bytes.map((plaintext) => [...plaintext].slice(0, length));
        const sum = counted(manifest, ...ballots.slice(0, cut));
        addTally(sum, counted(manifest, ...ballots.slice(cut)));
        expect(canonical(tallyJson(sum))).toBe(canonical(tallyJson(counted(manifest, ...ballots))));
      }),
    );
  });

  test('tallies of different manifests do not add', () => {
    const [one, two] = [manifestOf(contest({})), manifestOf(contest({}), contest({ id: 'b' }))];
    expect(() => addTally(emptyTally(one), emptyTally(two))).toThrow('another manifest');
    expect(() => addTally(emptyTally(one), emptyTally(manifestOf(contest({ id: 'x' }))))).toThrow(
      'another manifest',
    );
  });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Bytes } from '../bytes.ts';
import { generateRsaKey } from '../node/credential-key.ts';
import { nodePrimitives } from '../node/primitives.ts';
import type { RsaPublicKey } from '../primitives.ts';
import { combineShares, readShare, shareText, splitSecret } from './shares.ts';

const SECRET = new Uint8Array(32).map((_, i) => 251 * i + 3);

let key: RsaPublicKey;
let otherKey: RsaPublicKey;
let shares: readonly string[];

const splitting = (of: RsaPublicKey, holders: number, threshold: number, secret: Bytes = SECRET) =>
  splitSecret(nodePrimitives, of, secret, { holders, threshold });
const combined = (texts: readonly string[], of = key) => combineShares(nodePrimitives, of, texts);

/** The texts at these places. */
const pick = (texts: readonly string[], ...places: readonly number[]) => places.map((i) => texts[i] ?? '');

beforeAll(async () => {
  [{ key }, { key: otherKey }] = await Promise.all([generateRsaKey(2048), generateRsaKey(2048)]);
  shares = await splitting(key, 3, 2);
});

test('a share is 84 characters in groups of five behind VTX1', () => {
  for (const share of shares)
    expect(share).toMatch(/^VTX1(?:-[0-9A-HJKMNP-TV-Z]{5}){16}-[0-9A-HJKMNP-TV-Z]{4}$/);
});

test('any two of three rebuild the secret, and so do all three', async () => {
  for (const places of [
    [0, 1],
    [1, 0],
    [0, 2],
    [1, 2],
    [2, 1, 0],
  ]) {
    expect(await combined(pick(shares, ...places))).toEqual({ ok: true, value: SECRET });
  }
});

test('any threshold of any number of holders works', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 255 }), fc.nat(), async (holders, choice) => {
      const threshold = 2 + (choice % (holders - 1));
      const texts = await splitting(key, holders, threshold);
      expect(await combined(texts.slice(-threshold))).toEqual({ ok: true, value: SECRET });
      const few = await combined(texts.slice(1, threshold));
      const detail = { have: threshold - 1, need: threshold };
      expect(few).toEqual({ ok: false, code: 'TOO_FEW_SHARES', detail });
    }),
    { numRuns: 10 },
  );
});

test('shares are read as people type them', async () => {
  const typed = shares.map((share) => ` ${share.toLowerCase().replaceAll('-', ' ').replaceAll('1', 'l')}\n`);
  expect(await combined(typed)).toEqual({ ok: true, value: SECRET });
  const zeros = shares.map((share) => share.replaceAll('0', 'O').replaceAll('-', ''));
  expect(await combined(zeros)).toEqual({ ok: true, value: SECRET });
});

describe('what is wrong is told apart', () => {
  test.each(['', 'Dear Tess', 'VTX2-00000', '-----BEGIN ENCRYPTED PRIVATE KEY-----', 'legal winner'])(
    'not a share: %j',
    async (text) => {
      const outcome = await combined([...pick(shares, 0), text]);
      expect(outcome).toEqual({ ok: false, code: 'NOT_A_SHARE', detail: { share: 2 } });
    },
  );

  test('one wrong character is found in its group', async () => {
    const [share = ''] = shares;
    for (const at of [5, 9, 11, 57, share.length - 1]) {
      const wrong = share[at] === '7' ? '8' : '7';
      const outcome = await readShare(nodePrimitives, share.slice(0, at) + wrong + share.slice(at + 1));
      expect(outcome).toEqual({
        ok: false,
        code: 'SHARE_TYPO',
        detail: { group: Math.floor((at - 5) / 6) + 1 },
      });
    }
  });

  test('a missing, an extra and a foreign character', async () => {
    const [share = ''] = shares;
    for (const typed of [share.slice(0, -1), `${share}0`, `${share.slice(0, 20)}U${share.slice(21)}`]) {
      expect(await readShare(nodePrimitives, typed)).toEqual({ ok: false, code: 'SHARE_TYPO', detail: {} });
    }
  });

  test('stray bits in the last character', async () => {
    const [share = ''] = shares;
    const stray = share.slice(0, -1) + (share.endsWith('0') ? '1' : 'H');
    expect(await readShare(nodePrimitives, stray)).toMatchObject({
      code: 'SHARE_TYPO',
      detail: { group: 17 },
    });
  });

  test('a share of another key, whoever is asked', async () => {
    const theirs = await splitting(otherKey, 3, 2);
    const mixed = [...pick(shares, 0), ...pick(theirs, 1)];
    expect(await combined(mixed)).toEqual({ ok: false, code: 'FOREIGN_SHARE', detail: { share: 2 } });
    expect(await combined(mixed, otherKey)).toEqual({
      ok: false,
      code: 'FOREIGN_SHARE',
      detail: { share: 1 },
    });
  });

  test('a share of another splitting of the same key: the minority is foreign', async () => {
    const again = await splitting(key, 3, 2, SECRET.toReversed());
    const outcome = await combined([...pick(again, 0), ...pick(shares, 0, 1)]);
    expect(outcome).toEqual({ ok: false, code: 'FOREIGN_SHARE', detail: { share: 1 } });
  });

  test('the same share twice', async () => {
    const outcome = await combined(pick(shares, 0, 1, 0));
    expect(outcome).toEqual({ ok: false, code: 'DUPLICATE_SHARE', detail: { share: 3, same: 1 } });
  });

  test('too few', async () => {
    const outcome = await combined(pick(shares, 2));
    expect(outcome).toEqual({ ok: false, code: 'TOO_FEW_SHARES', detail: { have: 1, need: 2 } });
    expect(await combined([])).toEqual({ ok: false, code: 'TOO_FEW_SHARES', detail: { have: 0 } });
  });

  test('a share with right checksums and wrong values', async () => {
    const read = await readShare(nodePrimitives, shares[0] ?? '');
    if (!read.ok) throw new Error(read.code);
    const forged = await shareText(nodePrimitives, { ...read.value, y: read.value.y.with(7, 0) });
    const expected = { ok: false, code: 'WRONG_SHARES', detail: {} };
    expect(await combined([forged, ...pick(shares, 1)])).toEqual(expected);
    expect(await combined([forged, ...pick(shares, 0, 1)])).toEqual(expected);
  });

  test('impossible numbers', async () => {
    const read = await readShare(nodePrimitives, shares[0] ?? '');
    if (!read.ok) throw new Error(read.code);
    for (const change of [{ x: 0 }, { threshold: 1 }, { threshold: 4 }, { holders: 1 }]) {
      const text = await shareText(nodePrimitives, { ...read.value, ...change });
      expect(await readShare(nodePrimitives, text)).toMatchObject({ code: 'NOT_A_SHARE' });
    }
  });
});

test('no text throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      expect((await readShare(nodePrimitives, text)).ok).toBe(false);
      expect((await readShare(nodePrimitives, `VTX1-${text}`)).ok).toBe(false);
    }),
  );
});

import { describe, expect, test } from 'vitest';
import { manifestOf } from '../testing/vectors/elections.ts';
import { encodePlaintext, plaintextLength } from './selection.ts';

describe('plaintext', async () => {
  const manifest = await manifestOf('election-2048', 'credential-2048');

  test('has one length, whatever is chosen', () => {
    for (const selections of [
      [['ada'], ['a', 'b']],
      [[], ['a', 'b', 'c']],
      [['chandra'], ['d', 'e']],
    ]) {
      expect(encodePlaintext(manifest, selections)).toHaveLength(plaintextLength(manifest));
    }
    expect(plaintextLength(manifest)).toBe(1 + (1 + 3) + (1 + 5));
  });

  test('follows the manifest, not the order of the clicks', () => {
    expect([...encodePlaintext(manifest, [['blaise'], ['e', 'a']])]).toEqual([
      1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1,
    ]);
    expect([...encodePlaintext(manifest, [[], ['b', 'c']])]).toEqual([1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0]);
  });

  test('of a selection that the count would spoil is a bug', () => {
    for (const selections of [
      [['ada']],
      [
        ['ada', 'blaise'],
        ['a', 'b'],
      ],
      [['ada'], []],
      [['eve'], ['a', 'b']],
    ]) {
      expect(() => encodePlaintext(manifest, selections)).toThrow(RangeError);
    }
  });
});

import { assert, bigInt, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededPrimitives } from '../testing/seeded-primitives.ts';
import { vectorKey } from '../testing/vectors/keys.ts';
import { fromInteger, toInteger } from './bytes.ts';
import { gcd, inRange, inverse, multiply, randomElement } from './rsa.ts';

const { key } = vectorKey('election-2048');
const { n } = key;

describe('1 < x < n-1', () => {
  test('at the edges', () => {
    for (const value of [2n, 255n, 256n, n - 2n, n - 256n]) {
      expect(inRange(key, fromInteger(value, 256))).toBe(true);
    }
    for (const value of [0n, 1n, n - 1n, n, n + 1n, n + 255n, 2n ** 2048n - 1n]) {
      expect(inRange(key, fromInteger(value, 256))).toBe(false);
    }
  });

  test('as the integers say', () => {
    const near = bigInt({ min: -300n, max: 300n });
    assert(
      property(bigInt({ min: 0n, max: 2n ** 2048n - 1n }), near, (value, distance) => {
        for (const x of [value, n + distance, distance < 0n ? -distance : distance]) {
          expect(inRange(key, fromInteger(x, 256))).toBe(x > 1n && x < n - 1n);
        }
      }),
    );
  });

  test('native raw RSA takes short inputs: the length is checked here', () => {
    expect(inRange(key, fromInteger(2n, 255))).toBe(false);
    expect(inRange(key, fromInteger(2n, 257))).toBe(false);
    expect(inRange(key, new Uint8Array(0))).toBe(false);
  });
});

test('random elements are in range, and a candidate out of range is drawn again, not reduced', () => {
  const primitives = seededPrimitives('random elements');
  for (let i = 0; i < 50; i++) expect(inRange(key, randomElement(primitives, key))).toBe(true);

  const drawn = [n, n - 1n, 1n, 0n, 7n].map((value) => fromInteger(value, 256));
  let draws = 0;
  const random = () => drawn[draws++] ?? new Uint8Array(0);
  expect(toInteger(randomElement({ ...primitives, random }, key))).toBe(7n);
  expect(draws).toBe(5);
});

test('inverse and gcd', () => {
  assert(
    property(bigInt({ min: 1n, max: 10_000n }), bigInt({ min: 2n, max: 10_000n }), (a, modulus) => {
      const inverted = inverse(a, modulus);
      expect(inverted === undefined).toBe(gcd(a, modulus) !== 1n);
      expect(inverted === undefined || (a * inverted) % modulus === 1n).toBe(true);
      expect(inverted === undefined || (inverted > 0n && inverted < modulus)).toBe(true);
    }),
  );
  expect(toInteger(multiply(key, fromInteger(n - 2n, 256), fromInteger(3n, 256)))).toBe(n - 6n);
});

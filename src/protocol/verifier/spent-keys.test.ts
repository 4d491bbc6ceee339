import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodePrimitives } from '../node/primitives.ts';
import { SpentKeys } from './spent-keys.ts';

test('tells repeated keys like a set does', () => {
  const keys = fc.array(fc.tuple(fc.nat(3), fc.nat(31), fc.nat(3)), { maxLength: 60 });
  fc.assert(
    fc.property(keys, (given) => {
      const spent = new SpentKeys(nodePrimitives);
      const known = new Set<string>();
      for (const [fill, at, value] of given) {
        const key = new Uint8Array(32).fill(fill).with(at, value);
        expect(spent.add(key)).toBe(!known.has(key.join()));
        known.add(key.join());
      }
    }),
  );
});

test('stays right while it grows beyond a chunk', () => {
  const spent = new SpentKeys(nodePrimitives);
  const keyOf = (index: number): Uint8Array => {
    const key = new Uint8Array(32);
    new DataView(key.buffer).setUint32(28, index);
    return key;
  };
  let isRight = true;
  for (let index = 0; index < 70_000; index++) isRight &&= spent.add(keyOf(index));
  for (let index = 0; index < 70_000; index += 97) isRight &&= !spent.add(keyOf(index));
  expect(isRight).toBe(true);
});

import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bytes, utf8 } from './bytes.ts';
import { merkleRoot, trackerRoot, voterRoot } from './merkle.ts';
import { nodePrimitives } from './node/primitives.ts';

const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest();

/** RFC 9162 section 2.1.1, word for word: split at the largest power of two below n. */
function recursive(leaves: readonly Bytes[]): Buffer {
  const [first] = leaves;
  if (first === undefined) return sha256();
  if (leaves.length === 1) return sha256(Uint8Array.of(0), first);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Uint8Array.of(1), recursive(leaves.slice(0, split)), recursive(leaves.slice(split)));
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('the streaming tree is the recursive one of RFC 9162, for every size', async () => {
  const leaves = Array.from({ length: 70 }, (_, index) => utf8(`leaf ${index}`));
  for (let size = 0; size <= leaves.length; size++) {
    const some = leaves.slice(0, size);
    expect(hex(await merkleRoot(nodePrimitives, some))).toBe(hex(recursive(some)));
  }
});

test('the roots that Certificate Transparency implementations publish', async () => {
  // inputs and roots of the reference test data of certificate-transparency (merkletree, TestVectors)
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const leaves = inputs.map((input) => Uint8Array.from(Buffer.from(input, 'hex')));
  expect(hex(await merkleRoot(nodePrimitives, []))).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
  expect(hex(await merkleRoot(nodePrimitives, leaves.slice(0, 1)))).toBe(
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  );
  expect(hex(await merkleRoot(nodePrimitives, leaves))).toBe(
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  );
});

test('another order, a dropped or a repeated leaf gives another root', async () => {
  const distinct = fc.uniqueArray(fc.uint8Array({ minLength: 32, maxLength: 32 }), {
    minLength: 2,
    maxLength: 20,
    selector: hex,
  });
  await fc.assert(
    fc.asyncProperty(distinct, fc.nat(), async (given, at) => {
      const leaves = given.map((leaf) => Uint8Array.from(leaf));
      const root = hex(await trackerRoot(nodePrimitives, leaves));
      const index = at % (leaves.length - 1);
      const swapped = leaves.toSpliced(index, 2, ...leaves.slice(index, index + 2).toReversed());
      const dropped = leaves.toSpliced(index, 1);
      const repeated = leaves.toSpliced(index, 0, ...leaves.slice(index, index + 1));
      for (const other of [swapped, dropped, repeated]) {
        expect(hex(await trackerRoot(nodePrimitives, other))).not.toBe(root);
      }
    }),
  );
});

test('a moved mark gives another voter root', async () => {
  const [a, b] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const marks = (first: boolean) => [
    { voter: a, marked: first },
    { voter: b, marked: !first },
  ];
  const leaf = Buffer.from([...a, 1]);
  expect(hex(await voterRoot(nodePrimitives, [{ voter: a, marked: true }]))).toBe(
    hex(sha256(Uint8Array.of(0), leaf)),
  );
  expect(hex(await voterRoot(nodePrimitives, marks(true)))).not.toBe(
    hex(await voterRoot(nodePrimitives, marks(false))),
  );
});

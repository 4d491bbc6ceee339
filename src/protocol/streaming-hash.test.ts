import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { framed } from './hash.ts';
import { StreamingHash } from './streaming-hash.ts';

const oneShot = (label: string, parts: readonly Uint8Array[]): string =>
  createHash('sha256').update(framed(label, parts)).digest('hex');

test('parts one by one hash as the framed message does in one piece', () => {
  const parts = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9/]*$/), parts, (label, given) => {
      const streaming = new StreamingHash(label);
      for (const part of given) streaming.part(part);
      expect(Buffer.from(streaming.digest()).toString('hex')).toBe(oneShot(label, given));
    }),
  );
});

test('every length around the padding boundary', () => {
  for (let length = 0; length < 200; length++) {
    const part = new Uint8Array(length).fill(length);
    const streaming = new StreamingHash('');
    streaming.part(part);
    expect(Buffer.from(streaming.digest()).toString('hex')).toBe(oneShot('', [part]));
  }
});

test('a part of several megabytes', () => {
  const part = new Uint8Array(5_000_001).map((_, index) => index * 31);
  const streaming = new StreamingHash('votix/1/openings');
  streaming.part(part);
  expect(Buffer.from(streaming.digest()).toString('hex')).toBe(oneShot('votix/1/openings', [part]));
});

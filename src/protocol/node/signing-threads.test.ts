import { expect, test } from 'vitest';
import { vectorKey } from '../../testing/vectors/keys.ts';
import { randomElement } from '../rsa.ts';
import { blindSign } from './credential-key.ts';
import { nodePrimitives } from './primitives.ts';
import { SigningThreads } from './signing-threads.ts';

const small = vectorKey('credential-2048');
const large = vectorKey('credential-3072');

test('signs as blindSign does, many at once and under several keys', async () => {
  const threads = new SigningThreads(2);
  const values = Array.from({ length: 40 }, (_, index) => {
    const { privateKey, key } = index % 5 === 0 ? large : small;
    return { privateKey, key, blinded: randomElement(nodePrimitives, key) };
  });
  const signed = await Promise.all(
    values.map(({ privateKey, key, blinded }) => threads.blindSign(privateKey, key, blinded)),
  );
  expect(signed).toEqual(values.map(({ privateKey, key, blinded }) => blindSign(privateKey, key, blinded)));
});

test('refuses what is out of range, and hands nothing on', async () => {
  const threads = new SigningThreads(1);
  const { privateKey, key } = small;
  for (const blinded of [new Uint8Array(256), key.modulus, new Uint8Array(255).fill(1)]) {
    expect(await threads.blindSign(privateKey, key, blinded)).toMatchObject({ code: 'MALFORMED' });
  }
});

test('rejects what does not undo the public operation, and signs again afterwards', async () => {
  const threads = new SigningThreads(1);
  const blinded = nodePrimitives.random(256).with(0, 1);
  const mixed = threads.blindSign(vectorKey('election-2048').privateKey, small.key, blinded);
  await expect(mixed).rejects.toThrow('check');
  expect(await threads.blindSign(small.privateKey, small.key, blinded)).toEqual(
    blindSign(small.privateKey, small.key, blinded),
  );
});

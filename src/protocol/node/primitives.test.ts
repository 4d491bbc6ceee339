import { assert, asyncProperty, integer, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { vectorKey } from '../../testing/vectors/keys.ts';
import { randomElement } from '../rsa.ts';
import { webPrimitives } from '../web-primitives.ts';
import { nodePrimitives } from './primitives.ts';

const message = uint8Array({ maxLength: 300 });
const exactly = (length: number) => uint8Array({ minLength: length, maxLength: length });
const both = [
  ['node', nodePrimitives, webPrimitives],
  ['web', webPrimitives, nodePrimitives],
] as const;

describe('both implementations give the same bytes', () => {
  test('hashes', () =>
    assert(
      asyncProperty(message, async (value) => {
        expect(await webPrimitives.sha256(value)).toEqual(nodePrimitives.sha256(value));
        expect(await webPrimitives.sha384(value)).toEqual(nodePrimitives.sha384(value));
      }),
    ));

  test('HKDF, of every length', () =>
    assert(
      asyncProperty(
        message,
        message,
        message,
        integer({ min: 1, max: 130 }),
        async (ikm, salt, info, length) => {
          const derived = nodePrimitives.hkdf(ikm, salt, info, length);
          expect(await webPrimitives.hkdf(ikm, salt, info, length)).toEqual(derived);
        },
      ),
    ));

  test('AES-256-GCM, opened by the other', () =>
    assert(
      asyncProperty(exactly(32), exactly(12), message, message, async (key, nonce, plaintext, aad) => {
        const sealed = nodePrimitives.encrypt(key, nonce, plaintext, aad);
        expect(await webPrimitives.encrypt(key, nonce, plaintext, aad)).toEqual(sealed);
        expect(await webPrimitives.decrypt(key, nonce, sealed, aad)).toEqual(plaintext);
        expect(nodePrimitives.decrypt(key, nonce, sealed, aad)).toEqual(plaintext);
      }),
    ));

  test('the public RSA operation', async () => {
    for (const name of ['election-2048', 'election-3072', 'election-4096'] as const) {
      const { key } = vectorKey(name);
      for (let i = 0; i < 20; i++) {
        const x = randomElement(nodePrimitives, key);
        expect(webPrimitives.rsaPublic(key, x)).toEqual(nodePrimitives.rsaPublic(key, x));
      }
    }
  });
});

describe.each(both)('%s', (_, own, other) => {
  test('signs with fresh Ed25519 keys what the other verifies', async () => {
    const keys = await own.generateEd25519();
    const text = own.random(32);
    const signature = await own.signEd25519(keys, text);
    expect(await other.signEd25519(keys, text)).toEqual(signature);
    expect(await other.verifyEd25519(keys.publicKey, text, signature)).toBe(true);
    expect(await own.verifyEd25519(keys.publicKey, own.random(32), signature)).toBe(false);
  });

  test('draws fresh bytes over their own buffer', () => {
    for (const length of [0, 1, 32, 70_000]) expect(own.random(length).buffer.byteLength).toBe(length);
    for (const length of [32, 70_000]) expect(own.random(length)).not.toEqual(own.random(length));
  });
});

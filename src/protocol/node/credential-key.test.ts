import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { appendix } from '../../testing/vectors/credentials.ts';
import { vectorKey } from '../../testing/vectors/keys.ts';
import { fromBase64url, fromInteger, toBase64url } from '../bytes.ts';
import { blindSign, generateRsaKey, publicKeyOf } from './credential-key.ts';
import { nodePrimitives } from './primitives.ts';

const bytes = (text: string) => fromBase64url(text) ?? new Uint8Array(0);

describe('BlindSign', () => {
  const { privateKey, key } = vectorKey('rfc9474');
  const { n } = key;

  test.each(appendix)('gives the blind signature of RFC 9474, $name', ({ blinded, blindSignature }) => {
    const answer = blindSign(privateKey, key, bytes(blinded));
    expect(answer.ok && toBase64url(answer.value)).toBe(blindSignature);
  });

  test('refuses what has another length or is out of range', () => {
    const values = [0n, 1n, n - 1n, n].map((value) => fromInteger(value, 512));
    for (const blinded of [...values, fromInteger(2n, 511), fromInteger(2n, 513), new Uint8Array(0)]) {
      expect(blindSign(privateKey, key, blinded)).toMatchObject({ ok: false, code: 'MALFORMED' });
    }
  });

  test('sends nothing that does not give the blinded message back', () => {
    // As after a fault in the private operation: the answer belongs to another modulus.
    const other = vectorKey('credential-2048').privateKey;
    const own = vectorKey('election-2048').key;
    const least = own.n < vectorKey('credential-2048').key.n ? own.n : vectorKey('credential-2048').key.n;
    expect(() => blindSign(other, own, fromInteger(least / 3n, 256))).toThrow('check');
  });
});

test('fresh keys have the size that was asked for, exponent 65537 and their own public half', async () => {
  const { privateKey, key } = await generateRsaKey(2048);
  expect(key.modulus).toHaveLength(256);
  expect(publicKeyOf(createPublicKey(privateKey))).toEqual(key);
  const signed = blindSign(privateKey, key, fromInteger(key.n / 2n, 256));
  expect(signed.ok && nodePrimitives.rsaPublic(key, signed.value)).toEqual(fromInteger(key.n / 2n, 256));
});

test('a key of another kind, size or exponent is none of ours', () => {
  for (const { publicKey } of [
    generateKeyPairSync('ed25519'),
    generateKeyPairSync('rsa', { modulusLength: 1024 }),
    generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }),
  ]) {
    expect(() => publicKeyOf(publicKey)).toThrow(TypeError);
  }
});

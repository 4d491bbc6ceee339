import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { createPrivateKey, createPublicKey, verify, constants } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { appendix } from '../testing/vectors/credentials.ts';
import { vectorKey } from '../testing/vectors/keys.ts';
import { blind, finalize } from './blind-rsa.ts';
import { type Bytes, concat, fromBase64url, toBase64url } from './bytes.ts';
import { blindSign } from './node/credential-key.ts';
import { nodePrimitives } from './node/primitives.ts';
import { randomElement } from './rsa.ts';
import { webPrimitives } from './web-primitives.ts';

const bytes = (text: string) => fromBase64url(text) ?? new Uint8Array(0);
const both = [
  ['node', nodePrimitives],
  ['web', webPrimitives],
] as const;

describe.each(both)('RFC 9474, appendix A, %s', (_, primitives) => {
  const { key } = vectorKey('rfc9474');

  test.each(appendix)('$name', async (vector) => {
    const prepared = concat(bytes(vector.prefix), bytes(vector.message));
    const salt = bytes(vector.salt);
    const blinding = await blind(primitives, key, prepared, salt, bytes(vector.r));
    expect(toBase64url(blinding?.blinded ?? salt)).toBe(vector.blinded);
    expect(toBase64url(blinding?.inv ?? salt)).toBe(vector.inv);
    const blindSignature = bytes(vector.blindSignature);
    const signature = await finalize(
      primitives,
      key,
      prepared,
      blindSignature,
      bytes(vector.inv),
      salt.length,
    );
    expect(toBase64url(signature ?? salt)).toBe(vector.signature);
  });
});

describe('with another implementation', async () => {
  const { privateKey, key } = vectorKey('credential-2048');
  const suite = RSABSSA.SHA384.PSS.Randomized();
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' };
  const jwk = privateKey.export({ format: 'jwk' });
  const theirPrivate = await crypto.subtle.importKey('jwk', jwk as JsonWebKey, algorithm, true, ['sign']);
  const { n = '', e = '' } = jwk;
  const theirPublic = await crypto.subtle.importKey('jwk', { kty: 'RSA', n, e }, algorithm, true, ['verify']);
  const message = nodePrimitives.random(110);

  test.each(both)('it signs what we blind, %s', async (_, primitives) => {
    const prepared = suite.prepare(message) as Bytes;
    const r = randomElement(primitives, key);
    const blinding = await blind(primitives, key, prepared, primitives.random(48), r);
    if (blinding === undefined) throw new Error('not invertible');
    const answer = new Uint8Array(await suite.blindSign(theirPrivate, blinding.blinded));
    const signature = await finalize(primitives, key, prepared, answer, blinding.inv);
    expect(signature).toHaveLength(256);
    expect(await suite.verify(theirPublic, signature ?? answer, prepared)).toBe(true);
  });

  test('we sign what it blinds', async () => {
    const prepared = suite.prepare(message);
    const { blindedMsg, inv } = await suite.blind(theirPublic, prepared);
    const answer = blindSign(privateKey, key, new Uint8Array(blindedMsg));
    if (!answer.ok) throw new Error('refused');
    const signature = await suite.finalize(theirPublic, prepared, answer.value, inv);
    const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
    const publicKey = createPublicKey(createPrivateKey({ key: jwk, format: 'jwk' }));
    expect(verify('sha384', prepared, { key: publicKey, ...pss }, signature)).toBe(true);
  });
});

test('a message or an r without inverse is told, for it means a broken key', async () => {
  const { key } = vectorKey('rfc9474');
  const prime = bytes(vectorKey('rfc9474').privateKey.export({ format: 'jwk' }).p ?? '');
  const r = concat(new Uint8Array(512 - prime.length), prime);
  expect(await blind(nodePrimitives, key, new Uint8Array(32), new Uint8Array(48), r)).toBeUndefined();
});

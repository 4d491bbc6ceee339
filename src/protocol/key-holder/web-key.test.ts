import { beforeAll, describe, expect, test } from 'vitest';
import { utf8 } from '../bytes.ts';
import { makeChallenge } from '../challenge.ts';
import { generateRsaKey, rawPrivate, type RsaKeyPair } from '../node/credential-key.ts';
import { randomElement } from '../rsa.ts';
import { webPrimitives } from '../web-primitives.ts';
import { answerChallenge } from './answer-challenge.ts';
import { protectKey } from './node/key-file.ts';
import { generatePassphrase } from './passphrase.ts';
import { openKeyFileInBrowser } from './web-key.ts';

describe.each([2048, 3072, 4096] as const)('a key of %i bits, written by the server', (bits) => {
  const passphrase = generatePassphrase(webPrimitives);
  let pair: RsaKeyPair;
  let file: string;
  beforeAll(async () => {
    pair = await generateRsaKey(bits);
    file = await protectKey(webPrimitives, pair.privateKey, pair.key, passphrase, ['Council']);
  });

  test('opens with WebCrypto, does the same private operation and answers a challenge', async () => {
    const opened = await openKeyFileInBrowser(webPrimitives, utf8(file), passphrase, pair.key);
    if (!opened.ok) throw new Error(opened.code);
    const { key: power } = opened.value;
    for (let i = 0; i < 3; i++) {
      const x = randomElement(webPrimitives, pair.key);
      expect(await power(x)).toEqual(rawPrivate(pair.privateKey, x));
    }
    const { challenge, secret } = await makeChallenge(webPrimitives, pair.key);
    expect(await answerChallenge(webPrimitives, power, pair.key, challenge)).toEqual({
      ok: true,
      value: secret,
    });
  });

  test('does not open with another passphrase', async () => {
    const outcome = await openKeyFileInBrowser(
      webPrimitives,
      utf8(file),
      generatePassphrase(webPrimitives),
      pair.key,
    );
    expect(outcome).toEqual({ ok: false, code: 'WRONG_PASSPHRASE', detail: {} });
  });
});

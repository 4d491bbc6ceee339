import { describe, expect, test } from 'vitest';
import { toBase64url } from '../bytes.ts';
import { parseLink } from './given.ts';

const secret = toBase64url(new Uint8Array(24).fill(7));
const digest = toBase64url(new Uint8Array(32).fill(9));
const manifestDigest = new Uint8Array(32).fill(9);

describe('a voting link', () => {
  test.each([
    ['the secret part', secret, { secret }],
    ['with an empty fragment', `${secret}#`, { secret }],
    ['secret and M', `${secret}#${digest}`, { secret, manifestDigest }],
    ['the whole URL', `https://vote.example/vote/${secret}#${digest}`, { secret, manifestDigest }],
    [
      'in a folder, with a port',
      `http://localhost:3000/a/vote/${secret}#${digest}`,
      { secret, manifestDigest },
    ],
    ['with a query', `https://vote.example/vote/${secret}?lang=fr#${digest}`, { secret, manifestDigest }],
    ['with a slash at the end', `https://vote.example/vote/${secret}/`, { secret }],
    ['pasted with spaces', ` ${secret}#${digest}\n`, { secret, manifestDigest }],
  ])('%s', (_, text, link) => {
    expect(parseLink(text)).toEqual(link);
  });

  test.each([
    ['nothing', ''],
    ['a shorter secret', secret.slice(1)],
    ['a longer secret', `${secret}A`],
    ['a foreign character', `${secret.slice(1)}+`],
    ['M cut short', `${secret}#${digest.slice(1)}`],
    ['M with stray bits', `${secret}#${digest.slice(0, -1)}_`],
    ['no link in the URL', 'https://vote.example/vote/'],
    ['another scheme', `javascript:/${secret}`],
    ['two fragments', `${secret}#${digest}#${digest}`],
  ])('not: %s', (_, text) => {
    expect(parseLink(text)).toBeUndefined();
  });
});

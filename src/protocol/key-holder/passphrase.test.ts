import { wordlist } from '@scure/bip39/wordlists/english.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromUtf8, toBase64url, utf8 } from '../bytes.ts';
import type { Primitives } from '../primitives.ts';
import {
  generatePassphrase,
  passphraseBytes,
  readPassphrase,
  sharedPassphrase,
  unknownWords,
} from './passphrase.ts';

const drawing = (fill: number) =>
  ({ random: (length: number) => new Uint8Array(length).fill(fill) }) as unknown as Primitives;

const NINE = 'legal winner thank year wave sausage worth useful able';

test('nine words come from the first 99 random bits, most significant first', () => {
  expect(fromUtf8(generatePassphrase(drawing(0)))).toBe(Array(9).fill('abandon').join('-'));
  expect(fromUtf8(generatePassphrase(drawing(255)))).toBe(Array(9).fill('zoo').join('-'));
  const random = { random: () => Uint8Array.of(0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20) };
  expect(fromUtf8(generatePassphrase(random as unknown as Primitives))).toBe(
    ['ability', ...Array<string>(7).fill('abandon'), 'ability'].join('-'),
  );
});

test('the random bits are zeroed', () => {
  let drawn = new Uint8Array();
  const random = { random: (length: number) => (drawn = new Uint8Array(length).fill(7)) };
  generatePassphrase(random as unknown as Primitives);
  expect(drawn.every((byte) => byte === 0)).toBe(true);
});

test.each([
  NINE,
  NINE.toUpperCase(),
  NINE.replaceAll(' ', '-'),
  `  ${NINE.replaceAll(' ', '\r\n 3. ')}\t`,
  `\ufeff${NINE.replaceAll(' ', ' – ')}.`,
])('typed text is folded: %j', (typed) => {
  expect(readPassphrase(typed)).toEqual({ ok: true, value: utf8(NINE.replaceAll(' ', '-')) });
});

test('every word of the list is read back as it is', () => {
  for (let i = 0; i + 9 <= wordlist.length; i += 9) {
    const words = wordlist.slice(i, i + 9);
    expect(readPassphrase(words.join(' '))).toEqual({ ok: true, value: passphraseBytes(words) });
  }
});

test('unknown words are pointed out with the nearest known one', () => {
  expect(unknownWords('leagl winner thnk qqqqqq wave sausagé')).toEqual([
    { position: 1, word: 'leagl', suggestion: 'legal' },
    { position: 3, word: 'thnk', suggestion: 'thank' },
    { position: 4, word: 'qqqqqq', suggestion: undefined },
    { position: 6, word: 'sausag', suggestion: 'sausage' },
  ]);
  expect(readPassphrase('leagl winner qqqqqq')).toEqual({
    ok: false,
    code: 'UNKNOWN_WORD',
    detail: { position: 1, word: 'leagl', unknown: 2, suggestion: 'legal' },
  });
});

test.each([
  ['', 0],
  ['legal winner', 2],
  [`${NINE} zoo`, 10],
])('a wrong number of words is told: %j', (typed, count) => {
  expect(readPassphrase(typed)).toEqual({ ok: false, code: 'WORD_COUNT', detail: { count, expected: 9 } });
});

test('the passphrase of shares keeps its case', () => {
  const secret = new Uint8Array(32).map((_, i) => i * 7);
  expect(fromUtf8(sharedPassphrase(secret))).toBe(toBase64url(secret));
});

test('no typed text throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
      expect(typeof readPassphrase(typed).ok).toBe('boolean');
    }),
  );
});

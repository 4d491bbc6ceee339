import { assert, bigInt, constantFrom, property, string, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import {
  compareBytes,
  concat,
  equalBytes,
  fromBase64url,
  fromCrockford,
  fromInteger,
  fromUtf8,
  toBase64url,
  toCrockford,
  toInteger,
  utf8,
} from './bytes.ts';

const bytes = uint8Array({ maxLength: 70 });

test('base64url is that of Buffer, and comes back', () => {
  assert(
    property(bytes, (value) => {
      const text = toBase64url(value);
      expect(text).toBe(Buffer.from(value).toString('base64url'));
      expect(fromBase64url(text, value.length)).toEqual(value);
    }),
  );
});

test('base64url has one text for each byte string', () => {
  const characters = constantFrom(...Array.from('ABab01-_=+/ \n.ÉÿĀ\u{1f5f3}'));
  assert(
    property(string({ unit: characters, maxLength: 9 }), (text) => {
      const value = fromBase64url(text);
      expect(value === undefined || toBase64url(value) === text).toBe(true);
    }),
  );
});

test('integers are big-endian, and come back', () => {
  assert(
    property(uint8Array({ minLength: 1, maxLength: 70 }), (value) => {
      expect(toInteger(value)).toBe(value.reduce((sum, byte) => 256n * sum + BigInt(byte), 0n));
      expect(fromInteger(toInteger(value), value.length)).toEqual(value);
    }),
  );
});

test('an integer that does not fit is a bug', () => {
  assert(
    property(bigInt({ min: 256n ** 4n, max: 256n ** 6n }), (value) => {
      expect(() => fromInteger(value, 4)).toThrow(RangeError);
    }),
  );
  expect(() => fromInteger(-1n, 4)).toThrow(RangeError);
});

test('bytes are ordered as their hexadecimal texts are', () => {
  assert(
    property(bytes, bytes, (a, b) => {
      const [left, right] = [Buffer.from(a).toString('hex'), Buffer.from(b).toString('hex')];
      expect(Math.sign(compareBytes(a, b))).toBe(left < right ? -1 : Number(left > right));
      expect(equalBytes(a, b)).toBe(left === right);
      expect(equalBytes(a, a.slice())).toBe(true);
    }),
  );
});

test('Crockford base32 comes back from its groups, in any case', () => {
  assert(
    property(uint8Array({ minLength: 10, maxLength: 10 }), (value) => {
      const text = toCrockford(value, 80, 4);
      expect(text).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
      const values = fromCrockford(text.toLowerCase().replace('-', ' ')) ?? [];
      expect(values.reduce((sum, digit) => 32n * sum + BigInt(digit), 0n)).toBe(toInteger(value));
    }),
  );
});

test('UTF-8 is strict and keeps a BOM', () => {
  expect(fromUtf8(concat(utf8('\ufeffé')))).toBe('\ufeffé');
  for (const bad of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
    expect(fromUtf8(Uint8Array.from(bad))).toBeUndefined();
  }
});

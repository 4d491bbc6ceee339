import {
  array,
  assert,
  boolean,
  constantFrom,
  dictionary,
  letrec,
  maxSafeInteger,
  oneof,
  property,
  string,
} from 'fast-check';
import { expect, test } from 'vitest';
import { type Json, canonical, parseCanonical, parseJson } from './canonical-json.ts';

const key = oneof(
  string({ unit: 'binary', maxLength: 6 }),
  constantFrom('__proto__', 'a', '\u2028', '\u0001'),
);
const json = letrec<{ value: Json }>((tie) => ({
  value: oneof(
    { maxDepth: 4 },
    string({ unit: 'binary', maxLength: 8 }),
    maxSafeInteger().map((value) => value + 0),
    boolean(),
    array(tie('value'), { maxLength: 4 }),
    dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
})).value;

test('a value comes back from its canonical text, and from any other', () => {
  assert(
    property(json, (value) => {
      const text = canonical(value);
      expect(canonical(parseCanonical(text) ?? 'refused')).toBe(text);
      expect(canonical(parseJson(text) ?? 'refused')).toBe(text);
      expect(canonical(parseJson(JSON.stringify(value, undefined, '\t')) ?? 'refused')).toBe(text);
    }),
  );
});

test('a text with one character more, less or changed is refused or has another value', () => {
  assert(
    property(
      json,
      maxSafeInteger(),
      constantFrom('', ' ', '0', '"', ',', '}', '\ufeff'),
      (value, seed, put) => {
        const text = canonical(value);
        const at = Math.abs(seed) % (text.length + 1);
        for (const changed of [
          text.slice(0, at) + put + text.slice(at),
          text.slice(0, at) + put + text.slice(at + 1),
        ]) {
          const read = parseCanonical(changed);
          expect(read === undefined || canonical(read) === changed).toBe(true);
          expect(changed === text || read === undefined || canonical(read) !== text).toBe(true);
        }
      },
    ),
  );
});

test('what the rules exclude is a bug to write', () => {
  const outside = [1.5, -0, 2 ** 53, Number.NaN, '\ud800', null, undefined, 1n];
  for (const value of outside) {
    expect(() => canonical([value] as unknown as Json)).toThrow(TypeError);
    expect(() => canonical({ a: value } as unknown as Json)).toThrow(TypeError);
  }
});

test('a text too deep for the stack is refused, not thrown', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  expect(parseJson(deep)).toBeUndefined();
  expect(parseCanonical(deep)).toBeUndefined();
});

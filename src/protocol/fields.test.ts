import { describe, expect, test } from 'vitest';
import type { Json } from './canonical-json.ts';
import { type Reader, boolean, bytes, exact, instant, integer, list, oneOf, text, uuid } from './fields.ts';

const reads = exact({ name: text, count: integer(1, 3), open: boolean });

test('an exact object gives its members', () => {
  expect(reads({ open: false, count: 1, name: '' })).toEqual({ name: '', count: 1, open: false });
});

describe('what a reader refuses', () => {
  const cases: readonly (readonly [string, Reader<unknown>, readonly Json[]])[] = [
    [
      'exact',
      reads,
      [
        { name: 'x', count: 1 },
        { name: 'x', count: 1, open: true, more: 1 },
        { name: 'x', count: 1, toString: true },
        { name: 'x', count: 4, open: true },
        [],
        'x',
      ],
    ],
    ['integer', integer(0, 9), [-1, 10, 0.5, '1', true]],
    ['boolean', boolean, ['true', 1, 0]],
    ['oneOf', oneOf('a', 'b'), ['c', 'A', ['a']]],
    ['bytes', bytes(2), ['AAA=', 'AAB', 'AA', 7]],
    ['list', list(text, 1, 2), [[], ['a', 'b', 'c'], [1], { 0: 'a' }]],
    ['uuid', uuid, ['3f2b8c1e-5d47-4a90-b6c3-0e9d7a1f2b6', '3F2B8C1E-5D47-4A90-B6C3-0E9D7A1F2B64', '\n']],
    [
      'instant',
      instant,
      ['2026-02-29T00:00:00Z', '2026-01-01T00:00:60Z', '2026-01-01T24:00:00Z', '2026-1-1T0:0:0Z'],
    ],
  ];
  test.each(cases)('%s', (_, reader, values) => {
    for (const value of values) expect(reader(value)).toBeUndefined();
  });
});

test('members of the prototype are no members', () => {
  expect(exact({ constructor: text })({})).toBeUndefined();
  expect(exact({ toString: text })({ a: 'b' })).toBeUndefined();
});

test('instants that exist', () => {
  for (const value of ['2024-02-29T23:59:59Z', '1999-12-31T00:00:00Z', '2026-06-30T12:00:01Z']) {
    expect(instant(value)).toBe(value);
  }
});

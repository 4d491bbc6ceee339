import { describe, expect, it } from 'vitest';
import type { Delimiter } from './roll-reading.ts';
import { readSepLine, textRows } from './text-rows.ts';

const rowsOf = (text: string, delimiter: Delimiter = ';'): readonly unknown[] =>
  [...textRows(text, delimiter)].map((row) => (typeof row === 'string' ? row : [row.line, ...row.cells]));

describe('rows of a text table', () => {
  it.each([
    [
      'CRLF, LF and CR each end one line',
      'a;b\r\nc;d\ne;f\rg;h',
      [
        [1, 'a', 'b'],
        [2, 'c', 'd'],
        [3, 'e', 'f'],
        [4, 'g', 'h'],
      ],
    ],
    [
      'empty lines are rows of one empty cell',
      'a\n\r\n\rb',
      [
        [1, 'a'],
        [2, ''],
        [3, ''],
        [4, 'b'],
      ],
    ],
    [
      'LF before CR are two line ends',
      'a\n\rb',
      [
        [1, 'a'],
        [2, ''],
        [3, 'b'],
      ],
    ],
    ['a line end at the end opens no row', 'a\n', [[1, 'a']]],
    ['a delimiter at the end opens a cell', 'a;', [[1, 'a', '']]],
    ['quoted delimiters and quotes belong to the cell', '"a;""b""";c', [[1, 'a;"b"', 'c']]],
    [
      'quoted line ends count as lines',
      '"a\r\nb\rc\nd";e\nf',
      [
        [1, 'a\r\nb\rc\nd', 'e'],
        [5, 'f'],
      ],
    ],
    [
      'a quote elsewhere is an ordinary character',
      'a "b";c"\n d"e',
      [
        [1, 'a "b"', 'c"'],
        [2, ' d"e'],
      ],
    ],
    ['what follows a closing quote belongs to the cell', '"a"b"c;d', [[1, 'ab"c', 'd']]],
    ['a quote behind a space is ordinary', ' "a;b"', [[1, ' "a', 'b"']]],
    ['an empty quoted cell', '"";""', [[1, '', '']]],
    ['an open quote', 'a\n"b;c\nd', [[1, 'a'], 'UNBALANCED_QUOTE']],
    ['an open quote that ends in a doubled one', '"a""', ['UNBALANCED_QUOTE']],
  ])('%s', (_, text, expected) => {
    expect(rowsOf(text)).toStrictEqual(expected);
  });

  it('refuses a cell over 32,767 characters, and no shorter one', () => {
    expect(rowsOf('a'.repeat(32_767))).toHaveLength(1);
    expect(rowsOf('a'.repeat(32_768))).toStrictEqual(['TOO_LARGE']);
    expect(rowsOf(`"${'a\n'.repeat(16_384)}"`)).toStrictEqual(['TOO_LARGE']);
  });

  it('names the open quote, not the long cell that it makes', () => {
    expect(rowsOf(`"${'a;'.repeat(100_000)}`)).toStrictEqual(['UNBALANCED_QUOTE']);
  });
});

describe('the sep= line', () => {
  it.each([
    ['sep=;\r\nnom', ';', 7],
    ['SEP=,\nnom', ',', 6],
    ['sep=\t\rnom', '\t', 6],
    ['"sep=;"\nnom', ';', 8],
    ['sep=;', ';', 5],
    ['sep=|\nnom', null, 6],
  ])('%j', (text, delimiter, at) => {
    expect(readSepLine(text)).toStrictEqual({ delimiter, rest: { at, line: 2 } });
  });

  it.each(['nom;sep=;', 'sep=;nom', 'separation;a', ''])('%j is none', (text) => {
    expect(readSepLine(text)).toBeNull();
  });
});

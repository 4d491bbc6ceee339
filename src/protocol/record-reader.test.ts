import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromUtf8, utf8 } from './bytes.ts';
import { MAX_LINE_LENGTH, type RawLine, bytesSource, readLines } from './record-reader.ts';

async function* chunked(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield await Promise.resolve(bytes.slice(at, at + size));
    at += size;
  }
}

async function all(
  chunks: AsyncIterable<Uint8Array>,
): Promise<(Omit<RawLine, 'bytes'> & { text: string })[]> {
  const lines = [];
  for await (const { bytes, ...line } of readLines(chunks))
    lines.push({ ...line, text: fromUtf8(bytes) ?? '' });
  return lines;
}

test('numbers and offsets, for any chunks', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
  const texts = fc.array(fc.stringMatching(/^[a-z\u00e9\u2028]{0,30}$/), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(texts, sizes, async (given, chunks) => {
      const lines = await all(chunked(utf8(given.map((text) => `${text}\n`).join('')), chunks));
      let start = 0;
      for (const [index, text] of given.entries()) {
        expect(lines[index]).toEqual({ number: index + 1, start, text, state: 'whole' });
        start += utf8(text).length + 1;
      }
      expect(lines).toHaveLength(given.length);
    }),
  );
});

describe('the end of the file', () => {
  test('what follows the last LF is a cut line', async () => {
    expect(await all(chunked(utf8('a\nbc'), [1]))).toEqual([
      { number: 1, start: 0, text: 'a', state: 'whole' },
      { number: 2, start: 2, text: 'bc', state: 'cut' },
    ]);
  });

  test('an empty file has no lines', async () => {
    expect(await all(chunked(utf8(''), [1]))).toEqual([]);
  });

  test('reading stops at a line longer than any of a record', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(utf8('a\n'));
      for (;;) yield new Uint8Array(1024 * 1024).fill(0x20);
    }
    const lines = await all(endless());
    expect(lines.map(({ state }) => state)).toEqual(['whole', 'overlong']);
    expect(MAX_LINE_LENGTH).toBe(16 * 1024 * 1024);
  });
});

test('bytes at hand can be read again from any byte', async () => {
  const source = bytesSource(utf8('one\ntwo\n'));
  expect(source.size).toBe(8);
  expect((await all(source.open(0))).map(({ text }) => text)).toEqual(['one', 'two']);
  expect((await all(source.open(4))).map(({ text }) => text)).toEqual(['two']);
});

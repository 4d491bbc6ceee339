import { concat } from './bytes.ts';

/** A file that can be read more than once, from any byte on, in chunks of any size. */
export interface RecordSource {
  open(from: number): AsyncIterable<Uint8Array>;
  /** Bytes, where known. */
  readonly size?: number;
}

/** One line of a file, without its LF. */
export interface RawLine {
  /** From 1. */
  readonly number: number;
  /** Offset of its first byte. */
  readonly start: number;
  /** To be read, or copied, before the next line is asked for. */
  readonly bytes: Uint8Array;
  /** `cut`: the file ends without LF. `overlong`: longer than any line of a record; reading stops here. */
  readonly state: 'whole' | 'cut' | 'overlong';
}

/** No line is longer: a manifest of 10,000 candidates takes one megabyte. Keeps a file without LF out of memory. */
export const MAX_LINE_LENGTH = 16 * 1024 * 1024;

const LF = 0x0a;

/** The lines of a file, in constant memory. `start` and `number` are those of the first line. */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  start = 0,
  number = 1,
): AsyncGenerator<RawLine, void, undefined> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let at = 0;
    for (;;) {
      const end = chunk.indexOf(LF, at);
      const piece = chunk.subarray(at, end < 0 ? chunk.length : end);
      if (length + piece.length > MAX_LINE_LENGTH) {
        yield { number, start, bytes: new Uint8Array(), state: 'overlong' };
        return;
      }
      if (end < 0) {
        // a copy: the chunk is the reader's to use again
        if (piece.length > 0) pieces.push(piece.slice());
        length += piece.length;
        break;
      }
      const bytes = pieces.length === 0 ? piece : concat(...pieces, piece);
      yield { number, start, bytes, state: 'whole' };
      pieces = [];
      length = 0;
      at = end + 1;
      start += bytes.length + 1;
      number++;
    }
  }
  if (length > 0) yield { number, start, bytes: concat(...pieces), state: 'cut' };
}

/** A record that is at hand. */
export const bytesSource = (bytes: Uint8Array): RecordSource => ({
  size: bytes.length,
  async *open(from) {
    yield await Promise.resolve(bytes.subarray(from));
  },
});

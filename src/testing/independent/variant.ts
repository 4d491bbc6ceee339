import { utf8 } from '../../protocol/bytes.ts';
import type { Lines } from '../vectors/record-lines.ts';

/** A record as both verifiers get it, with what is given beside it. */
export interface Variant {
  /** Unique; names the single change. */
  readonly name: string;
  /** A check that must fail; empty where none may. */
  readonly fails: string;
  readonly record: Uint8Array;
  readonly openings?: Uint8Array;
  readonly receipt?: string;
  readonly link?: string;
  readonly manifestDigest?: string;
}

/** A file of lines, each with its LF. */
export const fileOf = (lines: Lines): Uint8Array => utf8(lines.map((line) => `${line}\n`).join(''));

/** A variant of a record that nothing is given with. */
export const changed = (name: string, fails: string, lines: Lines): Variant => ({
  name,
  fails,
  record: fileOf(lines),
});

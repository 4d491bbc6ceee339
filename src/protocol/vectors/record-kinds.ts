import { toBase64url, utf8 } from '../bytes.ts';
import type { Json } from '../canonical-json.ts';
import { voterLine } from '../close.ts';
import { addBallot, emptyTally, tallyJson } from '../count.ts';
import { trackerRoot, voterRoot } from '../merkle.ts';
import { accept, refuse } from '../outcome.ts';
import { bytesSource } from '../record-reader.ts';
import { type VerifyOptions, verifyRecord } from '../verifier/index.ts';
import type { VectorInput, VectorKind } from './case.ts';
import { bytesOf, termsOf, textOf, textsOf } from './input.ts';

const allBytes = (input: VectorInput, name: string) =>
  textsOf(input, name).map((text) => bytesOf({ text }, 'text'));

/** A file of lines; `end` follows the last one. */
const fileOf = (input: VectorInput, lines: string, end: string) =>
  bytesSource(utf8(textsOf(input, lines).join('\n') + textOf(input, end)));

const given = (
  input: VectorInput,
  ...names: readonly ('link' | 'receipt' | 'manifestDigest')[]
): VerifyOptions =>
  Object.fromEntries(names.filter((name) => name in input).map((name) => [name, textOf(input, name)]));

/** Sections 7, 9 and 10: roots, voter lines, count, record. */
export const recordKinds = {
  /** The Merkle root of `trackers`, in the order given. */
  root: async (primitives, input) =>
    accept(toBase64url(await trackerRoot(primitives, allBytes(input, 'trackers')))),

  /** The Merkle root of voter lines: `voters`, and in `marks` one 0 or 1 for each. */
  async 'voter-root'(primitives, input) {
    const marks = textOf(input, 'marks');
    const lines = allBytes(input, 'voters').map((voter, at) => ({ voter, marked: marks.charAt(at) === '1' }));
    return accept(toBase64url(await voterRoot(primitives, lines)));
  },

  /** The voter line of the secret part `link` under `digest` (M). */
  'voter-line': async (primitives, input) =>
    accept(toBase64url(await voterLine(primitives, bytesOf(input, 'digest'), textOf(input, 'link')))),

  /** The count of `plaintexts` under the `manifest`. */
  async count(primitives, input) {
    const { manifest } = await termsOf(primitives, input);
    const tally = emptyTally(manifest);
    for (const plaintext of allBytes(input, 'plaintexts')) addBallot(tally, manifest, { plaintext });
    return accept(tallyJson(tally));
  },

  /**
   * The record of `lines`, LF between them and `end` after the last; likewise `openings` and `openingsEnd`, where given,
   * and `link`, `receipt`, `manifestDigest`. Gives the status of every check; refused with the checks that fail.
   */
  async record(primitives, input) {
    const verdict = await verifyRecord(primitives, fileOf(input, 'lines', 'end'), {
      ...given(input, 'link', 'receipt', 'manifestDigest'),
      ...('openings' in input ? { openings: fileOf(input, 'openings', 'openingsEnd') } : {}),
    });
    const failed = verdict.checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
    if (failed.length > 0) return refuse(failed.join(' '));
    const checks: Json = Object.fromEntries(verdict.checks.map(({ id, status }) => [id, status]));
    return accept({
      checks,
      status: verdict.status,
      issuedWithoutBallot: verdict.figures.issuedWithoutBallot ?? 0,
    });
  },
} satisfies Record<string, VectorKind>;

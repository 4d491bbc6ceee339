import type { Bytes } from './bytes.ts';
import type { Manifest, ManifestContest } from './manifest.ts';
import { type Outcome, accept, refuse } from './outcome.ts';

/** First byte of every plaintext. */
export const PLAINTEXT_VERSION = 0x01;
/** Status bytes of a contest. */
export const STATUS_MARKED = 0x00;
export const STATUS_BLANK = 0x01;

export type SelectionRefusal = 'UNKNOWN_CANDIDATE' | 'OVERVOTE' | 'UNDERVOTE' | 'BLANK_NOT_ALLOWED';

/** Bytes of every plaintext of an election: constant, so that the length of a ballot says nothing. */
export function plaintextLength(manifest: Manifest): number {
  return manifest.contests.reduce((length, { candidates }) => length + 1 + candidates.length, 1);
}

/**
 * Whether the count would take this choice as valid or blank. `chosen` holds candidate ids; empty is an explicit
 * blank. An id that stands twice is refused like an unknown one.
 */
export function checkSelection(
  contest: ManifestContest,
  chosen: readonly string[],
): Outcome<true, SelectionRefusal> {
  const ids = new Set(contest.candidates.map(({ id }) => id));
  if (new Set(chosen).size !== chosen.length || !chosen.every((id) => ids.has(id))) {
    return refuse('UNKNOWN_CANDIDATE');
  }
  if (chosen.length === 0) return contest.blank ? accept(true) : refuse('BLANK_NOT_ALLOWED');
  if (chosen.length > contest.max) return refuse('OVERVOTE');
  if (chosen.length < contest.min) return refuse('UNDERVOTE');
  return accept(true);
}

/**
 * The plaintext of section 5: per contest in manifest order the ids of the chosen candidates; empty is an explicit
 * blank. A selection that the count would spoil (see `checkSelection`) is a bug of the caller and throws.
 */
export function encodePlaintext(manifest: Manifest, selections: readonly (readonly string[])[]): Bytes {
  if (selections.length !== manifest.contests.length) throw new RangeError('one selection for each contest');
  const plaintext = new Uint8Array(plaintextLength(manifest));
  plaintext[0] = PLAINTEXT_VERSION;
  let at = 1;
  for (const [index, contest] of manifest.contests.entries()) {
    const chosen = selections[index] ?? [];
    const checked = checkSelection(contest, chosen);
    if (!checked.ok) throw new RangeError(`contest ${index}: ${checked.code}`);
    plaintext[at++] = chosen.length === 0 ? STATUS_BLANK : STATUS_MARKED;
    for (const { id } of contest.candidates) plaintext[at++] = chosen.includes(id) ? 1 : 0;
  }
  return plaintext;
}

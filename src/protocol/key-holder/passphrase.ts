/** Passphrases of key files, section 8 of the specification: nine generated words, or the secret that shares rebuild. */
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { type Bytes, concat, toBase64url, utf8 } from '../bytes.ts';
import { accept, refuse, type Outcome } from '../outcome.ts';
import type { Primitives } from '../primitives.ts';

declare const form: unique symbol;

/** Nine lower-case ASCII words joined by one hyphen: 99 bits. Typed by people, so typed text is folded to it. */
export type WordPassphrase = Bytes & { readonly [form]: 'words' };

/** base64url of the 32 bytes that shares rebuild. Never typed and never folded: its case carries bits. */
export type SharedPassphrase = Bytes & { readonly [form]: 'shared' };

/** The bytes that go into the key derivation of a key file. Whoever holds them zeroes them after use. */
export type Passphrase = WordPassphrase | SharedPassphrase;

const WORDS = 9;
const BITS_PER_WORD = 11;
const KNOWN = new Set(wordlist);

/** Nine words drawn evenly from the 2,048: 11 bits each, so no value has to be rejected. */
export function generatePassphrase(primitives: Primitives): WordPassphrase {
  const random = primitives.random(Math.ceil((WORDS * BITS_PER_WORD) / 8));
  const words = Array.from({ length: WORDS }, (_, word) => {
    let index = 0;
    for (let i = word * BITS_PER_WORD; i < (word + 1) * BITS_PER_WORD; i++) {
      index = (index << 1) | (((random[i >> 3] ?? 0) >> (7 - (i & 7))) & 1);
    }
    return wordlist[index] ?? '';
  });
  random.fill(0);
  return passphraseBytes(words);
}

/** The bytes of nine words: lower-case ASCII, joined by one hyphen. */
export function passphraseBytes(words: readonly string[]): WordPassphrase {
  const parts = words.flatMap((word, i) => (i === 0 ? [utf8(word)] : [utf8('-'), utf8(word)]));
  return concat(...parts) as WordPassphrase;
}

/** The passphrase of a key file that shares protect: base64url of the 32-byte secret. */
export const sharedPassphrase = (secret: Bytes): SharedPassphrase =>
  utf8(toBase64url(secret)) as SharedPassphrase;

/** A typed word that is not in the list: where it stands (from 1), and the nearest word where one is near. */
export interface UnknownWord {
  readonly position: number;
  readonly word: string;
  readonly suggestion: string | undefined;
}

/** Typed text as words: lower-cased, split at every run of characters that are no letters a-z. */
const wordsOf = (typed: string): readonly string[] => typed.toLowerCase().match(/[a-z]+/g) ?? [];

/** What a person typed that no passphrase contains, for the page to point at. */
export const unknownWords = (typed: string): readonly UnknownWord[] =>
  wordsOf(typed).flatMap((word, i) =>
    KNOWN.has(word) ? [] : [{ position: i + 1, word, suggestion: nearestWord(word) }],
  );

/**
 * Reads a typed passphrase. UNKNOWN_WORD carries the first one's `position` (from 1), `word` and, where one is near,
 * `suggestion`, and how many are `unknown`; WORD_COUNT carries `count` and `expected`. All of it is for the person who
 * types, never for a log.
 */
export function readPassphrase(typed: string): Outcome<WordPassphrase, 'UNKNOWN_WORD' | 'WORD_COUNT'> {
  const words = wordsOf(typed);
  const unknown = unknownWords(typed);
  const [first] = unknown;
  if (first !== undefined) {
    const { position, word, suggestion } = first;
    const detail = { position, word, unknown: unknown.length };
    return refuse('UNKNOWN_WORD', suggestion === undefined ? detail : { ...detail, suggestion });
  }
  if (words.length !== WORDS) return refuse('WORD_COUNT', { count: words.length, expected: WORDS });
  return accept(passphraseBytes(words));
}

/** The one nearest word within two edits. BIP-39 words differ in their first four letters, so those decide alone. */
function nearestWord(typed: string): string | undefined {
  const sameStart = wordlist.filter((word) => word.slice(0, 4) === typed.slice(0, 4));
  if (sameStart[0] !== undefined) return sameStart[0];
  const near = wordlist
    .filter((word) => Math.abs(word.length - typed.length) <= 2)
    .map((word) => ({ word, distance: editDistance(typed, word) }))
    .sort((a, b) => a.distance - b.distance || sharedStart(typed, b.word) - sharedStart(typed, a.word))[0];
  return near !== undefined && near.distance <= 2 ? near.word : undefined;
}

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? Infinity) + 1 : Infinity;
      row.push(Math.min(replaced, swapped, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

import type { Json } from '../../protocol/canonical-json.ts';
import { vectorCases } from './vector-file.ts';

/** The words that protect the key files of the vectors. */
export const WORDS = 'legal winner thank year wave sausage worth useful able';

/** Section 8: passphrases as people type them. */
export async function passphraseCases(): Promise<readonly Json[]> {
  const file = vectorCases();
  const typed: Readonly<Record<string, string>> = {
    'with hyphens': WORDS.replaceAll(' ', '-'),
    'with blanks': WORDS,
    'in capitals': WORDS.toUpperCase(),
    'numbered, one a line': WORDS.split(' ')
      .map((word, i) => `${i + 1}. ${word}\r\n`)
      .join(''),
    'with a byte order mark and no-break spaces': `\ufeff${WORDS.replaceAll(' ', '\u00a0')}`,
    'nine times the last word': Array(9).fill('zoo').join(' '),
  };
  for (const [name, text] of Object.entries(typed))
    file.accept('passphrase', `passphrase: ${name}`, { typed: text });
  const refused: readonly (readonly [string, string, string])[] = [
    ['WORD_COUNT', 'empty', ''],
    ['WORD_COUNT', 'digits only', '1 2 3 4 5 6 7 8 9'],
    ['WORD_COUNT', 'eight words', WORDS.replace(/ \w+$/, '')],
    ['WORD_COUNT', 'ten words', `${WORDS} zoo`],
    ['WORD_COUNT', 'an apostrophe splits a word', WORDS.replace('winner', "art'art")],
    ['UNKNOWN_WORD', 'a typing error', WORDS.replace('sausage', 'sausgae')],
    ['UNKNOWN_WORD', 'first four letters only', WORDS.replace('sausage', 'saus')],
    ['UNKNOWN_WORD', 'no blanks at all', WORDS.replaceAll(' ', '')],
    ['UNKNOWN_WORD', 'a letter with an accent is no letter', WORDS.replace('able', 'ablé')],
    ['UNKNOWN_WORD', 'a word of another language', WORDS.replace('legal', 'abaisser')],
  ];
  for (const [code, name, text] of refused)
    file.refuse('passphrase', `passphrase: ${name}`, code, { typed: text });
  return file.finish();
}

import type { Check, Detail } from './verdict.ts';
import { english } from './words-en.ts';
import { french } from './words-fr.ts';
import type { VerdictWords } from './words.ts';

const LANGUAGES = { en: english, fr: french } as const;

/** The verdict on one check in one sentence, without its id. */
export function sentenceOf(check: Check, language: keyof typeof LANGUAGES = 'en'): string {
  const words = LANGUAGES[language];
  switch (check.status) {
    case 'ok':
      return [words.subjects[check.id], ...remarks(words, check.detail)].join('; ');
    case 'failed': {
      const at = check.line === undefined ? '' : words.line(check.line);
      const more = check.failures > 1 ? words.more(check.failures - 1) : '';
      return `${at}${words.failures[check.reason]}${compared(words, check.detail)}${more}`;
    }
    case 'not-checked':
      return words.gaps[check.reason];
    case 'not-required':
      return words.notRequired[check.reason];
    default:
      return check satisfies never;
  }
}

function remarks(words: VerdictWords, { issuedWithoutBallot, marked, included }: Detail): readonly string[] {
  const told: string[] = [];
  if (typeof issuedWithoutBallot === 'number') told.push(words.issuedWithoutBallot(issuedWithoutBallot));
  if (included === true) told.push(words.included);
  if (marked !== undefined) told.push(marked === true ? words.marked : words.unmarked);
  return told;
}

function compared({ details }: VerdictWords, { stated, found, expected, contest }: Detail): string {
  const told = [
    [details.stated, stated],
    [details.expected, expected],
    [details.found, found],
    [details.contest, contest],
  ].filter(([, value]) => value !== undefined);
  return told.length === 0 ? '' : ` (${told.map(([name, value]) => `${name} ${value}`).join(', ')})`;
}

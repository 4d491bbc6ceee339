import type { Language } from '../domain/election.ts';

/** What is wrong with one field of a form. */
export interface FieldError {
  readonly name: string;
  readonly sentence: string;
}

/** The sentences for a summary at the top of a page, where each must say which field it means. */
export const withLabels = (
  language: Language,
  errors: readonly FieldError[],
  labels: Readonly<Record<string, string>>,
): FieldError[] =>
  errors.map(({ name, sentence }) => {
    const label = labels[name];
    const colon = language === 'fr' ? '\u00a0: ' : ': ';
    return { name, sentence: label === undefined ? sentence : `${label}${colon}${sentence}` };
  });

export const errorAt = (errors: readonly FieldError[], name: string): string | undefined =>
  errors.find((error) => error.name === name)?.sentence;

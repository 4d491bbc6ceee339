import type { Language } from '../../domain/election.ts';
import type { PasswordFault } from '../../domain/password.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import type { Refusal } from '../../protocol/outcome.ts';
import { describeRefusal } from '../../views/refusal-page.tsx';
import { texts } from './texts.ts';

/** A refusal placed at a field of a form, or at none (`name` empty). */
export interface FormFault {
  readonly name: string;
  readonly sentence: string;
  readonly code: RefusalCode;
}

const FIELD_OF: Partial<Record<RefusalCode, string>> = {
  BAD_ADDRESS: 'email',
  ADDRESS_TAKEN: 'email',
  BAD_NAME: 'name',
  WEAK_PASSWORD: 'password',
  WRONG_PASSWORD: 'current',
  WRONG_FACTOR: 'code',
};

export function formFault(
  language: Language,
  refusal: Refusal<RefusalCode>,
  fields: Partial<Record<RefusalCode, string>> = {},
): FormFault {
  const fault = refusal.detail['fault'];
  const faults: Readonly<Record<string, string>> = texts[language].faults satisfies Record<
    PasswordFault,
    string
  >;
  return {
    name: fields[refusal.code] ?? FIELD_OF[refusal.code] ?? '',
    sentence: (typeof fault === 'string' ? faults[fault] : undefined) ?? describeRefusal(language, refusal),
    code: refusal.code,
  };
}

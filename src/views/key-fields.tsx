import type { Language } from '../domain/election.ts';
import type { RefusalCode } from '../domain/refusals.ts';
import type { Refusal } from '../protocol/outcome.ts';
import { Field, FileField } from './form.tsx';
import { describeRefusal } from './refusal-page.tsx';

const texts = {
  en: {
    file: 'Key file',
    fileHint: 'The .pem file that was saved when the election was armed.',
    passphrase: 'Nine words',
    passphraseHint: 'Capitals, spaces and punctuation do not matter.',
  },
  fr: {
    file: 'Fichier de clé',
    fileHint: 'Le fichier .pem enregistré lors de l’armement.',
    passphrase: 'Neuf mots',
    passphraseHint: 'Majuscules, espaces et ponctuation sont sans importance.',
  },
} as const;

const PASSPHRASE_FAULTS: readonly RefusalCode[] = ['WRONG_PASSPHRASE', 'WORD_COUNT', 'UNKNOWN_WORD'];
const KEY_FILE_FAULTS: readonly RefusalCode[] = [
  'NOT_A_KEY_FILE',
  'TRUNCATED',
  'DAMAGED',
  'UNSUPPORTED_KEY_FILE',
  'OTHER_ELECTION',
];

/** What is wrong with one of the two fields, in words. */
export interface KeyFault {
  readonly name: 'keyFile' | 'passphrase';
  readonly sentence: string;
}

/** Whether a refusal is about the file or the words that were given, so that the form is shown again. */
export const isKeyFault = (code: RefusalCode): boolean =>
  PASSPHRASE_FAULTS.includes(code) || KEY_FILE_FAULTS.includes(code);

/** A refusal at the field it is about: the words, or else the file. */
export const keyFaultOf = (
  language: Language,
  refusal: Refusal<RefusalCode>,
  timeZone: string,
): KeyFault => ({
  name: PASSPHRASE_FAULTS.includes(refusal.code) ? 'passphrase' : 'keyFile',
  sentence: describeRefusal(language, refusal, timeZone),
});

/** The key file and the nine words, as ARM's proof and the deliberation ask for them. */
export const KeyFields = ({ language, fault }: { language: Language; fault: KeyFault | undefined }) => {
  const t = texts[language];
  return (
    <>
      <FileField
        language={language}
        label={t.file}
        name="keyFile"
        accept=".pem,application/x-pem-file,text/plain"
        hint={t.fileHint}
        error={fault?.name === 'keyFile' ? fault.sentence : undefined}
      />
      <Field
        language={language}
        label={t.passphrase}
        name="passphrase"
        hint={t.passphraseHint}
        isSpellchecked={false}
        error={fault?.name === 'passphrase' ? fault.sentence : undefined}
      />
    </>
  );
};

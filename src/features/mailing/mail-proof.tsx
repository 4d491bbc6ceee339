import { withFrenchSpaces } from '../../domain/french-spaces.ts';
import type { Language } from '../../domain/election.ts';
import { Field, SubmitButton } from '../../views/form.tsx';
import { formatInstant } from '../../views/format.ts';
import { Notice } from '../../views/notice.tsx';

const en = {
  title: 'Does e-mail arrive?',
  how: 'Send a test e-mail to yourself, look into your mailbox, and type the word that it shows.',
  word: 'The word you received',
  prove: 'Prove that e-mail arrives',
  proven: (address: string, when: string) => `E-mail proven on ${when}: it reached ${address}.`,
};

const fr: typeof en = {
  title: 'Les e-mails arrivent-ils ?',
  how: 'Envoyez-vous un message d’essai, regardez dans votre boîte, et saisissez le mot qu’il montre.',
  word: 'Le mot reçu',
  prove: 'Prouver que les e-mails arrivent',
  proven: (address, when) => `E-mail prouvé le ${when} : il est arrivé à ${address}.`,
};

const texts = { en, fr: withFrenchSpaces(fr) };

/** When somebody last showed that e-mails of the present mail server arrive. */
export interface MailProofView {
  readonly address: string;
  readonly at: number;
}

/** Asks for the word of a test mail, and says when e-mail was last proven to arrive. */
export const MailProof = (props: {
  language: Language;
  timeZone: string;
  proof: MailProofView | undefined;
}) => {
  const { language, timeZone, proof } = props;
  const t = texts[language];
  return (
    <section>
      <h2>{t.title}</h2>
      {proof === undefined ? null : (
        <Notice kind="success">
          <p>{t.proven(proof.address, formatInstant(language, timeZone, proof.at))}</p>
        </Notice>
      )}
      <p>{t.how}</p>
      <form method="post" action="/mailbox/test/word" class="card">
        <Field language={language} label={t.word} name="word" maxlength={20} isSpellchecked={false} />
        <SubmitButton label={t.prove} kind="secondary" />
      </form>
    </section>
  );
};

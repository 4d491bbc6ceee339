import type { Language } from '../../domain/election.ts';
import { withFrenchSpaces } from '../../domain/french-spaces.ts';
import type { ElectionRow } from '../../store/elections.ts';
import type { VoterFields } from '../../store/voters.ts';
import { LinkButton, MailFrame, Paragraph, Typed, htmlOf } from './frame.tsx';
import type { MailText } from './written-mail.tsx';

/** What an address is told: to confirm, that it is on the roll, or that it is not (`url`: where to register). */
export type StrangerMail =
  | { readonly kind: 'confirm'; readonly url: string }
  | { readonly kind: 'known'; readonly voter: Omit<VoterFields, 'name_key'> }
  | { readonly kind: 'unknown'; readonly url: string | undefined };

const en = {
  subjects: {
    confirm: (title: string) => `${title}: confirm your registration`,
    known: (title: string) => `${title}: you are on the roll`,
    unknown: (title: string) => `${title}: you are not on the roll`,
  },
  hello: 'Hello,',
  confirm: (title: string) =>
    `this address was typed into the registration form of the election “${title}”. If that was you, open this page within two days and confirm:`,
  confirmButton: 'Confirm my registration',
  ignore: 'If it was not you, do nothing: nobody is put on the roll then.',
  known: (title: string) => `this address is on the roll of the election “${title}”. The roll says:`,
  correct: (contact: string) => `If something is not right, write to ${contact}.`,
  unknown: (title: string) => `this address is not on the roll of the election “${title}”.`,
  other: (contact: string) =>
    `Perhaps the roll has another address of yours: ask with that one, or write to ${contact}.`,
  register: 'You can register yourself here:',
  registerButton: 'Register',
  asked: 'Somebody asked this on the page of the election. Nobody but this mailbox gets the answer.',
};

const fr: typeof en = {
  subjects: {
    confirm: (title) => `${title} : confirmez votre inscription`,
    known: (title) => `${title} : vous êtes sur la liste`,
    unknown: (title) => `${title} : vous n’êtes pas sur la liste`,
  },
  hello: 'Bonjour,',
  confirm: (title) =>
    `cette adresse a été saisie dans le formulaire d’inscription du scrutin « ${title} ». Si c’était vous, ouvrez cette page dans les deux jours et confirmez :`,
  confirmButton: 'Confirmer mon inscription',
  ignore: 'Si ce n’était pas vous, ne faites rien : personne n’est alors inscrit.',
  known: (title) => `cette adresse figure sur la liste du scrutin « ${title} ». La liste dit :`,
  correct: (contact) => `Si quelque chose est inexact, écrivez à ${contact}.`,
  unknown: (title) => `cette adresse ne figure pas sur la liste du scrutin « ${title} ».`,
  other: (contact) =>
    `La liste contient peut-être une autre de vos adresses : demandez avec celle-là, ou écrivez à ${contact}.`,
  register: 'Vous pouvez vous inscrire vous-même ici :',
  registerButton: 'S’inscrire',
  asked: 'Quelqu’un l’a demandé sur la page du scrutin. Seule cette boîte reçoit la réponse.',
};

const texts: Readonly<Record<Language, typeof en>> = { en, fr: withFrenchSpaces(fr) };

interface Part {
  readonly text: string;
  readonly as: 'words' | 'small' | 'typed' | 'link';
  /** Of a link: the words of its button. */
  readonly label?: string;
}

const words = (text: string): Part => ({ text, as: 'words' });
const small = (text: string): Part => ({ text, as: 'small' });

function partsOf({ language, title, contact }: ElectionRow, mail: StrangerMail): Part[] {
  const t = texts[language];
  switch (mail.kind) {
    case 'confirm':
      return [
        words(t.confirm(title)),
        { text: mail.url, as: 'link', label: t.confirmButton },
        small(t.ignore),
      ];
    case 'known': {
      const { first_name, last_name, promotion, building } = mail.voter;
      const said = [`${first_name} ${last_name}`.trim(), promotion, building].filter((text) => text !== '');
      return [
        words(t.known(title)),
        { text: said.join(', '), as: 'typed' },
        words(t.correct(contact)),
        small(t.asked),
      ];
    }
    case 'unknown':
      return [
        words(t.unknown(title)),
        ...(mail.url === undefined
          ? []
          : [words(t.register), { text: mail.url, as: 'link', label: t.registerButton } as const]),
        words(t.other(contact)),
        small(t.asked),
      ];
  }
}

const Drawn = ({ part }: { part: Part }) => {
  switch (part.as) {
    case 'words':
      return <Paragraph>{part.text}</Paragraph>;
    case 'small':
      return <Paragraph isSmall>{part.text}</Paragraph>;
    case 'typed':
      return <Typed size="15px">{part.text}</Typed>;
    case 'link':
      return (
        <>
          <LinkButton href={part.text}>{part.label}</LinkButton>
          <Typed size="13px">{part.text}</Typed>
        </>
      );
  }
};

/** Both parts of a mail to an address that somebody typed into a public form. */
export async function renderStrangerMail(election: ElectionRow, mail: StrangerMail): Promise<MailText> {
  const t = texts[election.language];
  const subject = t.subjects[mail.kind](election.title);
  const parts = [words(t.hello), ...partsOf(election, mail)];
  return {
    subject,
    text: `${parts.map(({ text }) => text).join('\n\n')}\n`,
    html: await htmlOf(
      <MailFrame language={election.language} title={subject}>
        {parts.map((part) => (
          <Drawn part={part} />
        ))}
      </MailFrame>,
    ),
  };
}

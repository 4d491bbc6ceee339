import { withFrenchSpaces } from '../../domain/french-spaces.ts';
import type { CodeChannel } from '../../domain/mail-template.ts';
import type { RunKind } from './send-run.ts';

interface RunWords {
  readonly title: string;
  readonly what: string;
  readonly send: (count: number, text: string) => string;
}

const en = {
  runs: {
    invitation: {
      title: 'Invitations',
      what: 'Tell who has not voted yet that a vote is coming. Holds no link, so it can be sent before the key is made.',
      send: (count: number, text: string) =>
        count === 1 ? `Send ${text} invitation` : `Send ${text} invitations`,
    },
    reminder: {
      title: 'Reminders',
      what: 'Remind who got a link and has not voted, while voting is open. Asked again for each person just before their e-mail leaves.',
      send: (count: number, text: string) =>
        count === 1 ? `Send ${text} reminder` : `Send ${text} reminders`,
    },
    result: {
      title: 'Results',
      what: 'Tell everybody on the roll where the published results are, in the same words for all.',
      send: (count: number, text: string) =>
        count === 1 ? `Send ${text} e-mail about the results` : `Send ${text} e-mails about the results`,
    },
  } satisfies Record<RunKind, RunWords> as Record<RunKind, RunWords>,
  standing: (sent: string, waiting: string, refused: string) =>
    `${sent} sent, ${waiting} waiting, ${refused} refused.`,
  nobody: 'There is nobody to send it to.',
  codesTitle: 'How codes reach their voters',
  codesFixed: 'Links have been handed out: this can no longer change.',
  codesChange: 'Can be changed until the first link is sent, printed or exported.',
  channels: {
    mail: 'In the e-mail that brings the link',
    separate: 'In an e-mail of its own',
    sheet: 'On a printed sheet, handed out in person',
  } satisfies Record<CodeChannel, string> as Record<CodeChannel, string>,
  channelHints: {
    mail: 'The simplest. Whoever reads that e-mail could vote.',
    separate: 'Two e-mails to the same address: passing one of them on is not enough to vote.',
    sheet: 'The strongest: a mailbox alone is not enough to vote.',
  } satisfies Record<CodeChannel, string> as Record<CodeChannel, string>,
  choose: 'Use this way',
  chosen: 'Codes will travel this way.',
  moreTitle: 'Texts and paper',
  toTemplates: 'Texts of the e-mails',
  templatesNote: 'Read and change what they say, and send yourself a sample.',
  toSheets: 'Printed sheets',
  sheetsNote: 'A page for each voter, with the code and, if you wish, the link.',
};

const fr: typeof en = {
  runs: {
    invitation: {
      title: 'Invitations',
      what: 'Annoncer un vote à qui n’a pas encore voté. Sans lien, donc possible avant la création de la clé.',
      send: (count, text) => (count <= 1 ? `Envoyer ${text} invitation` : `Envoyer ${text} invitations`),
    },
    reminder: {
      title: 'Rappels',
      what: 'Relancer qui a reçu un lien sans avoir voté, tant que le vote est ouvert. Vérifié encore pour chaque personne juste avant le départ du message.',
      send: (count, text) => (count <= 1 ? `Envoyer ${text} rappel` : `Envoyer ${text} rappels`),
    },
    result: {
      title: 'Résultats',
      what: 'Dire à toute la liste où sont les résultats publiés, dans les mêmes mots pour tous.',
      send: (count, text) =>
        count <= 1
          ? `Envoyer ${text} message sur les résultats`
          : `Envoyer ${text} messages sur les résultats`,
    },
  },
  standing: (sent, waiting, refused) => `${sent} envoyés, ${waiting} en attente, ${refused} refusés.`,
  nobody: 'Il n’y a personne à qui l’envoyer.',
  codesTitle: 'Comment les codes parviennent aux électeurs',
  codesFixed: 'Des liens ont été remis : ce choix est définitif.',
  codesChange: 'Modifiable jusqu’au premier lien envoyé, imprimé ou exporté.',
  channels: {
    mail: 'Dans le message qui apporte le lien',
    separate: 'Dans un message à part',
    sheet: 'Sur une feuille imprimée, remise en main propre',
  },
  channelHints: {
    mail: 'Le plus simple. Qui lit ce message pourrait voter.',
    separate: 'Deux messages à la même adresse : en transférer un ne suffit pas pour voter.',
    sheet: 'Le plus sûr : une boîte aux lettres seule ne suffit pas pour voter.',
  },
  choose: 'Choisir cette voie',
  chosen: 'Les codes prendront cette voie.',
  moreTitle: 'Textes et papier',
  toTemplates: 'Textes des messages',
  templatesNote: 'Lire et changer ce qu’ils disent, et s’envoyer un exemple.',
  toSheets: 'Feuilles imprimées',
  sheetsNote: 'Une page par électeur, avec le code et, au choix, le lien.',
};

export const runTexts = { en, fr: withFrenchSpaces(fr) };

import type { Language } from '../../domain/election.ts';
import { withFrenchSpaces } from '../../domain/french-spaces.ts';

const en = {
  title: 'Voting link',
  mail: 'E-mail with the link',
  standings: {
    none: 'Not sent yet',
    waiting: 'On its way',
    done: 'Sent, or no longer needed',
    refused: 'Refused: it will not arrive',
  },
  answer: 'The mail server said',
  send: 'Send the link',
  sendAgain: 'Send the link again',
  replace: 'Give a new link',
  replaceHint:
    'For a link that fell into wrong hands. The present link and its code stop working at once, and another link goes to the address above. The public record counts it, without a name.',
  replaceNow: 'Revoke the link and send a new one',
  notNow: 'Links are sent from the proof of the key until voting ends.',
};

const fr: typeof en = {
  title: 'Lien de vote',
  mail: 'E-mail avec le lien',
  standings: {
    none: 'Pas encore envoyé',
    waiting: 'En route',
    done: 'Envoyé, ou devenu inutile',
    refused: 'Refusé : il n’arrivera pas',
  },
  answer: 'Réponse du serveur de messagerie',
  send: 'Envoyer le lien',
  sendAgain: 'Renvoyer le lien',
  replace: 'Donner un nouveau lien',
  replaceHint:
    'Pour un lien tombé entre de mauvaises mains. Le lien actuel et son code cessent aussitôt de fonctionner, et un autre part à l’adresse ci-dessus. Le registre public le compte, sans nom.',
  replaceNow: 'Révoquer le lien et en envoyer un autre',
  notNow: 'Les liens partent de la preuve de la clé jusqu’à la fin du vote.',
};

export const linkTexts: Readonly<Record<Language, typeof en>> = { en, fr: withFrenchSpaces(fr) };

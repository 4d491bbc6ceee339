import { withFrenchSpaces } from '../../domain/french-spaces.ts';
import type { MailReason } from '../../domain/mail.ts';
import type { MailStanding } from '../../store/mail-list.ts';

const en = {
  title: 'Deliveries',
  mail: 'Mail',
  lead: 'What became of the e-mails of this election: in total by kind, and voter by voter where one met trouble.',
  paused: 'The e-mails are paused. Those under way were still sent.',
  resumed: 'The e-mails leave again.',
  retried: (count: number, text: string) =>
    count === 1 ? `${text} e-mail is tried again.` : `${text} e-mails are tried again.`,
  now: 'Now',
  nothingWaits: 'No e-mail is waiting.',
  waits: (count: number, text: string) =>
    count === 1 ? `${text} e-mail is waiting or being sent.` : `${text} e-mails are waiting or being sent.`,
  about: (minutes: number, text: string) =>
    minutes < 120 ? `They take about ${text} min.` : `They take about ${text} hours.`,
  perMinute: (text: string) => `At most ${text} leave in a minute.`,
  isPaused: (who: string, when: string) => `Paused by ${who} since ${when}: nothing leaves.`,
  isQuiet: (until: string) =>
    `Quiet hours until ${until}: only what somebody waits for leaves, such as tests and links asked for again.`,
  putOff: (count: number, text: string) =>
    count === 1
      ? `${text} of them was put off by the mail server and is tried again by itself.`
      : `${text} of them were put off by the mail server and are tried again by themselves.`,
  pause: 'Pause',
  resume: 'Resume',
  retryAll: (text: string) => `Try ${text} refused again`,
  retryPutOff: 'Try those put off now',
  refreshes: 'This page looks again every ten seconds.',
  stopRefreshing: 'Stop that',
  totals: 'In total, by kind',
  kind: 'Kind',
  queued: 'Waiting',
  sending: 'Being sent',
  sent: 'Sent',
  refused: 'Refused',
  skipped: 'Not needed any more',
  kinds: {
    link: 'Voting link',
    code: 'Code',
    invitation: 'Invitation',
    reminder: 'Reminder',
    result: 'Results',
    registration: 'Registration',
    'roll-answer': 'Answer about the roll',
    test: 'Test',
    sample: 'Sample of a text',
  },
  list: 'Voter by voter',
  listNote:
    'Sent and not needed any more are shown alike, and reminders are only counted: apart they would say who has voted.',
  search: 'Name or address',
  state: 'State',
  anyKind: 'Every kind',
  anyState: 'Every state',
  find: 'Find',
  showAll: 'Show all',
  listed: (first: string, last: string, all: string) => `E-mails ${first} to ${last} of ${all}`,
  nothingFound: 'No e-mail like this.',
  voter: 'Voter',
  address: 'Address',
  tries: 'Tries',
  answer: 'Last answer of the server',
  act: 'Act',
  retry: 'Try again',
  retryFor: (name: string) => `Try again for ${name}`,
  putOffUntil: (when: string) => `Put off, again at ${when}`,
  standings: {
    waiting: 'Waiting',
    retrying: 'Put off',
    refused: 'Refused',
    done: 'Sent or not needed',
  } satisfies Record<MailStanding, string> as Record<MailStanding, string>,
  reasons: {
    HAS_VOTED: 'Not needed any more',
    LINK_REPLACED: 'Not needed any more',
    VOTING_ENDED: 'Not needed any more',
    ADDRESS_UNUSABLE: 'This address cannot be used',
    FAULT: 'A fault of this server; see its log',
  } satisfies Record<MailReason, string> as Record<MailReason, string>,
  pages: 'Pages of the list',
  before: 'Before',
  after: 'After',
};

const fr: typeof en = {
  title: 'Envois',
  mail: 'Messages',
  lead: 'Ce que sont devenus les e-mails de ce scrutin : au total par genre, et électeur par électeur là où l’un d’eux a rencontré un problème.',
  paused: 'Les e-mails sont en pause. Ceux qui étaient en cours sont encore partis.',
  resumed: 'Les e-mails partent de nouveau.',
  retried: (count, text) => (count <= 1 ? `${text} e-mail est retenté.` : `${text} e-mails sont retentés.`),
  now: 'En ce moment',
  nothingWaits: 'Aucun e-mail n’attend.',
  waits: (count, text) =>
    count <= 1
      ? `${text} e-mail attend ou est en cours d’envoi.`
      : `${text} e-mails attendent ou sont en cours d’envoi.`,
  about: (minutes, text) =>
    minutes < 120 ? `Il faut environ ${text} min.` : `Il faut environ ${text} heures.`,
  perMinute: (text) => `Au plus ${text} partent en une minute.`,
  isPaused: (who, when) => `En pause par ${who} depuis ${when} : rien ne part.`,
  isQuiet: (until) =>
    `Heures calmes jusqu’à ${until} : seul part ce que quelqu’un attend, comme les essais et les liens redemandés.`,
  putOff: (count, text) =>
    count <= 1
      ? `${text} d’entre eux a été reporté par le serveur de messagerie et sera retenté de lui-même.`
      : `${text} d’entre eux ont été reportés par le serveur de messagerie et seront retentés d’eux-mêmes.`,
  pause: 'Mettre en pause',
  resume: 'Reprendre',
  retryAll: (text) => `Retenter ${text} refusés`,
  retryPutOff: 'Retenter maintenant les reportés',
  refreshes: 'Cette page se met à jour toutes les dix secondes.',
  stopRefreshing: 'Arrêter',
  totals: 'Au total, par genre',
  kind: 'Genre',
  queued: 'En attente',
  sending: 'En cours',
  sent: 'Envoyés',
  refused: 'Refusés',
  skipped: 'Devenus inutiles',
  kinds: {
    link: 'Lien de vote',
    code: 'Code',
    invitation: 'Invitation',
    reminder: 'Rappel',
    result: 'Résultats',
    registration: 'Inscription',
    'roll-answer': 'Réponse sur la liste',
    test: 'Essai',
    sample: 'Exemple d’un texte',
  },
  list: 'Électeur par électeur',
  listNote:
    'Envoyé et devenu inutile sont montrés pareillement, et les rappels seulement comptés : séparés, ils diraient qui a voté.',
  search: 'Nom ou adresse',
  state: 'État',
  anyKind: 'Tous les genres',
  anyState: 'Tous les états',
  find: 'Chercher',
  showAll: 'Tout montrer',
  listed: (first, last, all) => `E-mails ${first} à ${last} sur ${all}`,
  nothingFound: 'Aucun e-mail de ce genre.',
  voter: 'Électeur',
  address: 'Adresse',
  tries: 'Essais',
  answer: 'Dernière réponse du serveur',
  act: 'Action',
  retry: 'Retenter',
  retryFor: (name) => `Retenter pour ${name}`,
  putOffUntil: (when) => `Reporté, prochain essai : ${when}`,
  standings: {
    waiting: 'En attente',
    retrying: 'Reporté',
    refused: 'Refusé',
    done: 'Envoyé ou inutile',
  },
  reasons: {
    HAS_VOTED: 'Devenu inutile',
    LINK_REPLACED: 'Devenu inutile',
    VOTING_ENDED: 'Devenu inutile',
    ADDRESS_UNUSABLE: 'Cette adresse ne peut pas servir',
    FAULT: 'Une défaillance de ce serveur ; voir son journal',
  },
  pages: 'Pages de la liste',
  before: 'Avant',
  after: 'Après',
};

export const texts = { en, fr: withFrenchSpaces(fr) };

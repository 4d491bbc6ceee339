import { withFrenchSpaces } from '../../domain/french-spaces.ts';

const en = {
  title: 'Log of official acts',
  lead: 'Every act on this election, by whom and when. Entries are chained by their digests and cannot be changed.',
  serverLead:
    'Every act on this server, by whom and when. Entries are chained by their digests and cannot be changed.',
  holds: 'The chain of all entries holds.',
  broken: (seq: string) => `The chain is broken at entry ${seq}: somebody changed the database.`,
  number: (seq: string) => `No. ${seq}`,
  empty: 'Nothing has happened yet.',
  nothingFound: 'No entry is like that.',
  older: 'Older entries',
  filter: 'Choose entries',
  labels: { election: 'Election', kind: 'Act', actor: 'By whom', from: 'From', until: 'Until' },
  zone: (zone: string) => `Time zone ${zone}.`,
  any: 'All',
  show: 'Show',
  showAll: 'Show all entries',
  goneElection: 'an election that is gone',
  actors: { cli: 'command line', clock: 'schedule' },
  exports: { csv: 'Download as CSV', json: 'Download as JSON' },
};

const fr: typeof en = {
  title: 'Journal des actes officiels',
  lead: 'Chaque acte sur ce scrutin, par qui et quand. Les entrées sont chaînées par leurs empreintes et ne peuvent être modifiées.',
  serverLead:
    'Chaque acte sur ce serveur, par qui et quand. Les entrées sont chaînées par leurs empreintes et ne peuvent être modifiées.',
  holds: 'La chaîne de toutes les entrées est intacte.',
  broken: (seq) => `La chaîne est rompue à l’entrée ${seq} : quelqu’un a modifié la base de données.`,
  number: (seq) => `N° ${seq}`,
  empty: 'Il ne s’est encore rien passé.',
  nothingFound: 'Aucune entrée ne correspond.',
  older: 'Entrées plus anciennes',
  filter: 'Choisir des entrées',
  labels: { election: 'Scrutin', kind: 'Acte', actor: 'Par qui', from: 'Depuis', until: 'Jusqu’à' },
  zone: (zone) => `Fuseau horaire ${zone}.`,
  any: 'Tous',
  show: 'Afficher',
  showAll: 'Afficher toutes les entrées',
  goneElection: 'un scrutin disparu',
  actors: { cli: 'ligne de commande', clock: 'calendrier' },
  exports: { csv: 'Télécharger en CSV', json: 'Télécharger en JSON' },
};

export const texts = { en, fr: withFrenchSpaces(fr) } as const;

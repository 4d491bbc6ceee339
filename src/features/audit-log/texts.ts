import { withFrenchSpaces } from '../../domain/french-spaces.ts';

const en = {
  title: 'Log of official acts',
  lead: 'Every act on this election, by whom and when. Entries are chained by their digests and cannot be changed.',
  holds: 'The chain of all entries holds.',
  broken: (seq: string) => `The chain is broken at entry ${seq}: somebody changed the database.`,
  number: (seq: string) => `No. ${seq}`,
  empty: 'Nothing has happened yet.',
  older: 'Older entries',
};

const fr: typeof en = {
  title: 'Journal des actes officiels',
  lead: 'Chaque acte sur ce scrutin, par qui et quand. Les entrées sont chaînées par leurs empreintes et ne peuvent être modifiées.',
  holds: 'La chaîne de toutes les entrées est intacte.',
  broken: (seq) => `La chaîne est rompue à l’entrée ${seq} : quelqu’un a modifié la base de données.`,
  number: (seq) => `N° ${seq}`,
  empty: 'Il ne s’est encore rien passé.',
  older: 'Entrées plus anciennes',
};

export const texts = { en, fr: withFrenchSpaces(fr) } as const;

import type { Check } from './preconditions.ts';
import { withFrenchSpaces } from '../../domain/french-spaces.ts';

const en = {
  title: 'DELIBERATE: open the ballots',
  lead: 'Bring the key file and the nine words back. They live in the memory of one child process that ends when the count is done. All ballots are opened, or none.',
  checks: 'Before the key',
  checkNames: {
    closed: 'Voting is closed and the urn is sealed',
    marks: 'Roll marks equal the credentials issued, and are at least the ballots',
    urn: 'The urn is unchanged since the close',
  } satisfies Record<Check['name'], string>,
  holds: 'holds',
  fails: 'does not hold',
  notYet: 'Voting is not closed yet. This page opens when it is.',
  root: 'Root of the urn, published at the close',
  rootNote: 'Compare it with the close line that others have saved: a filtered urn has another root.',
  openingsWarning:
    'This election publishes its openings: anyone can then recount every ballot, and a receipt shows the ballot it belongs to.',
  totalsNote:
    'This election publishes totals. The openings are yours to save for scrutineers; the server does not keep them.',
  button: 'Open and count the ballots',
  progressTitle: 'Opening the ballots',
  progress: (done: string, total: string) => `${done} of ${total} ballots opened`,
  working: 'The page follows by itself. Closing it does not stop the count.',
  failed: 'The count was not made',
  again: 'Try again',
  doneTitle: 'The ballots are counted',
  done: (count: string) => `${count} ballots were opened and counted. The key is gone from this server.`,
  results: 'See the results',
  openingsDownload: 'Save the openings for scrutineers',
  openingsNote:
    'They prove the count to whoever holds them. They are kept in memory for 30 minutes, and never written: save them now.',
};

const fr: typeof en = {
  title: 'DÉPOUILLER : ouvrir les bulletins',
  lead: 'Rapportez le fichier de clé et les neuf mots. Ils ne vivent que dans la mémoire d’un processus qui se termine avec le décompte. Tous les bulletins sont ouverts, ou aucun.',
  checks: 'Avant la clé',
  checkNames: {
    closed: 'Le vote est clos et l’urne scellée',
    marks:
      'Les émargements égalent les justificatifs délivrés, et ne sont pas moins nombreux que les bulletins',
    urn: 'L’urne est inchangée depuis la clôture',
  },
  holds: 'vérifié',
  fails: 'non vérifié',
  notYet: 'Le vote n’est pas encore clos. Cette page s’ouvrira alors.',
  root: 'Racine de l’urne, publiée à la clôture',
  rootNote:
    'Comparez-la avec la ligne de clôture que d’autres ont gardée : une urne filtrée a une autre racine.',
  openingsWarning:
    'Ce scrutin publie ses ouvertures : chacun peut recompter chaque bulletin, et un reçu montre alors le bulletin auquel il appartient.',
  totalsNote:
    'Ce scrutin publie des totaux. Les ouvertures sont à vous, pour les scrutateurs ; le serveur ne les garde pas.',
  button: 'Ouvrir et compter les bulletins',
  progressTitle: 'Ouverture des bulletins',
  progress: (done, total) => `${done} bulletins ouverts sur ${total}`,
  working: 'La page suit d’elle-même. La fermer n’arrête pas le décompte.',
  failed: 'Le décompte n’a pas été fait',
  again: 'Réessayer',
  doneTitle: 'Les bulletins sont comptés',
  done: (count) => `${count} bulletins ont été ouverts et comptés. La clé a quitté ce serveur.`,
  results: 'Voir les résultats',
  openingsDownload: 'Enregistrer les ouvertures pour les scrutateurs',
  openingsNote:
    'Elles prouvent le décompte à qui les détient. Elles restent 30 minutes en mémoire et ne sont jamais écrites : enregistrez-les maintenant.',
};

export const texts = { en, fr: withFrenchSpaces(fr) } as const;

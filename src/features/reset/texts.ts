import { withFrenchSpaces } from '../../domain/french-spaces.ts';

const en = {
  title: 'Delete this election',
  warning:
    'The election is deleted with its roll, links, keys, ballots and results. This cannot be undone, and nobody can vote in it any more.',
  backups: 'Backups still hold what they held. Staff, settings and the audit log stay.',
  voters: 'Voters on the roll',
  contests: 'Contests',
  candidates: 'Candidates',
  mails: 'E-mails sent or waiting',
  typeTitle: 'Type the title of the election',
  typeTitleHint: (title: string) => `Exactly: ${title}`,
  button: 'Delete the election for good',
  doneTitle: 'The election is deleted',
  keptMails: 'E-mails removed from the embedded mailbox',
  keptRolls: 'Roll files removed that waited for confirmation',
  toElections: 'To the elections',
};

const fr: typeof en = {
  title: 'Supprimer ce scrutin',
  warning:
    'Le scrutin est supprimé avec sa liste, ses liens, ses clés, ses bulletins et ses résultats. C’est irréversible, et plus personne ne pourra y voter.',
  backups:
    'Les sauvegardes gardent ce qu’elles contenaient. Comptes, réglages et journal des actes sont conservés.',
  voters: 'Électeurs sur la liste',
  contests: 'Questions',
  candidates: 'Candidats',
  mails: 'Courriels envoyés ou en attente',
  typeTitle: 'Saisissez le titre du scrutin',
  typeTitleHint: (title) => `Exactement : ${title}`,
  button: 'Supprimer définitivement le scrutin',
  doneTitle: 'Le scrutin est supprimé',
  keptMails: 'Courriels retirés de la boîte intégrée',
  keptRolls: 'Fichiers de liste retirés qui attendaient confirmation',
  toElections: 'Vers les scrutins',
};

export const texts = { en, fr: withFrenchSpaces(fr) };

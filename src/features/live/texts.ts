import type { Language } from '../../domain/election.ts';
import { withFrenchSpaces } from '../../domain/french-spaces.ts';

const en = {
  title: 'Turnout',
  none: 'No election is under way.',
  opensOn: (when: string) => `Voting opens ${when}.`,
  notYetOpen: 'Voting is not open yet.',
  votedOf: (voted: string, registered: string) => `${voted} of ${registered} have voted`,
  timeLeft: 'Time left',
  closesOn: (when: string) => `Voting ends ${when}.`,
  endedOn: (when: string) => `Voting ended ${when}.`,
  isOver: 'Voting is over',
  buildings: 'By building',
  promotions: 'By promotion',
  offline: 'No connection: figures as of {time}.',
  now: 'Time',
};

const fr: typeof en = {
  title: 'Participation',
  none: 'Aucun scrutin n’est en cours.',
  opensOn: (when) => `Le vote ouvre ${when}.`,
  notYetOpen: 'Le vote n’est pas encore ouvert.',
  votedOf: (voted, registered) => `${voted} sur ${registered} ont voté`,
  timeLeft: 'Temps restant',
  closesOn: (when) => `Le vote se termine ${when}.`,
  endedOn: (when) => `Le vote s’est terminé ${when}.`,
  isOver: 'Le vote est terminé',
  buildings: 'Par bâtiment',
  promotions: 'Par promotion',
  offline: 'Plus de connexion : chiffres de {time}.',
  now: 'Heure',
};

export const texts: Readonly<Record<Language, typeof en>> = { en, fr: withFrenchSpaces(fr) };

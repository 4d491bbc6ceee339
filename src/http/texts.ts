import { withFrenchSpaces } from '../domain/french-spaces.ts';

const faultEn = {
  title: 'Something went wrong',
  sentence: 'The server could not do this. Nothing was recorded; you can try again.',
  reference: (id: string) => `If it happens again, give this reference to the organisers: ${id}`,
};

const faultFr: typeof faultEn = {
  title: 'Une erreur est survenue',
  sentence: 'Le serveur n’a pas pu le faire. Rien n’a été enregistré ; vous pouvez réessayer.',
  reference: (id) => `Si cela se reproduit, donnez cette référence aux organisateurs : ${id}`,
};

export const faultTexts = { en: faultEn, fr: withFrenchSpaces(faultFr) };

const homeEn = {
  title: (organisation: string) => `Elections of ${organisation}`,
  lead: 'To vote, open the personal link that was sent to you. It works on any phone or computer, without an account.',
  open: 'Voting now',
  coming: 'Voting opens soon',
  openUntil: (when: string) => `Voting is open until ${when}.`,
  opensOn: (when: string) => `Voting opens ${when}.`,
  turnout: (turnout: string, voted: string, registered: string) =>
    `Turnout ${turnout}: ${voted} of ${registered} have voted`,
  buildings: 'By building',
  hall: 'Follow the turnout',
  onRoll: 'Am I on the roll?',
  register: 'Register to vote',
  published: 'Published results',
  none: 'No results have been published yet.',
  staffSignIn: 'Sign in as an organiser',
};

const homeFr: typeof homeEn = {
  title: (organisation) => `Scrutins de ${organisation}`,
  lead: 'Pour voter, ouvrez le lien personnel qui vous a été envoyé. Il fonctionne sur tout téléphone ou ordinateur, sans compte.',
  open: 'Vote en cours',
  coming: 'Le vote ouvre bientôt',
  openUntil: (when) => `Le vote est ouvert jusqu’au ${when}.`,
  opensOn: (when) => `Le vote ouvre ${when}.`,
  turnout: (turnout, voted, registered) => `Participation ${turnout} : ${voted} sur ${registered} ont voté`,
  buildings: 'Par bâtiment',
  hall: 'Suivre la participation',
  onRoll: 'Suis-je sur la liste ?',
  register: 'S’inscrire pour voter',
  published: 'Résultats publiés',
  none: 'Aucun résultat n’est encore publié.',
  staffSignIn: 'Se connecter comme organisateur',
};

export const homeTexts = { en: homeEn, fr: withFrenchSpaces(homeFr) };

import { withFrenchSpaces } from '../../domain/french-spaces.ts';

const en = {
  zone: (zone: string) => `Times are given in the zone ${zone}.`,
  openLink: 'Open my voting page',
  openResult: 'Open the results',
  buttonBeside: 'If the button does not work, copy this whole address into your browser:',
  bothAlone:
    'The link and the code are yours alone: whoever has both can vote in your place. Do not pass this e-mail on.',
  linkAlone:
    'The link is yours alone: whoever has it and your code can vote in your place. Do not pass this e-mail on.',
  codeAlone:
    'The code is yours alone: whoever has it and your link can vote in your place. Do not pass this e-mail on.',
  whereCode: {
    mail: 'Your code stands in the e-mail that first brought your link, below the link.',
    separate: 'Your code comes in an e-mail of its own.',
    sheet: 'Your code is on the sheet of paper that the organisers give you.',
  },
  harmless:
    'Opening the link changes nothing. You vote once, when you type the code and press the final button.',
  fingerprint: 'Fingerprint of the election key',
  fingerprintWhy:
    'Your voting page shows the same one. If it differs, do not vote and tell the contact below.',
  unexpected: 'You did not expect this e-mail?',
  unexpectedDo: 'Then ignore it, or ask the organisers. Nothing happens unless you vote.',
  contact: 'Contact',
  sampleNote: 'This is a sample: its name, link and code are made up and open nothing.',
  sampleName: 'Vera Example',
  sampleTitle: 'Election of the board',
  testSubject: (organisation: string) => `Test e-mail from ${organisation}`,
  testBody: (url: string) => `This is a test: the voting server at ${url} can send e-mail.`,
  testWord: 'To prove that it arrived, type this word on the server’s page “Mailbox”:',
};

const fr: typeof en = {
  zone: (zone) => `Les heures sont données dans le fuseau ${zone}.`,
  openLink: 'Ouvrir ma page de vote',
  openResult: 'Ouvrir les résultats',
  buttonBeside: 'Si le bouton ne fonctionne pas, copiez cette adresse entière dans votre navigateur :',
  bothAlone:
    'Le lien et le code ne sont qu’à vous : qui a les deux peut voter à votre place. Ne transférez pas ce message.',
  linkAlone:
    'Le lien n’est qu’à vous : qui l’a avec votre code peut voter à votre place. Ne transférez pas ce message.',
  codeAlone:
    'Le code n’est qu’à vous : qui l’a avec votre lien peut voter à votre place. Ne transférez pas ce message.',
  whereCode: {
    mail: 'Votre code figure dans le message qui a d’abord apporté votre lien, sous le lien.',
    separate: 'Votre code arrive dans un message à part.',
    sheet: 'Votre code figure sur la feuille de papier que les organisateurs vous remettent.',
  },
  harmless:
    'Ouvrir le lien ne change rien. Vous votez une seule fois, en saisissant le code et en appuyant sur le bouton final.',
  fingerprint: 'Empreinte de la clé du scrutin',
  fingerprintWhy:
    'Votre page de vote affiche la même. Si elle diffère, ne votez pas et prévenez le contact ci-dessous.',
  unexpected: 'Vous n’attendiez pas ce message ?',
  unexpectedDo: 'Ignorez-le, ou interrogez les organisateurs. Rien ne se passe tant que vous ne votez pas.',
  contact: 'Contact',
  sampleNote: 'Ceci est un exemple : son nom, son lien et son code sont inventés et n’ouvrent rien.',
  sampleName: 'Véra Exemple',
  sampleTitle: 'Élection du bureau',
  testSubject: (organisation) => `Message d’essai de ${organisation}`,
  testBody: (url) => `Ceci est un essai : le serveur de vote ${url} peut envoyer des e-mails.`,
  testWord: 'Pour prouver qu’il est arrivé, saisissez ce mot sur la page « Boîte aux lettres » du serveur :',
};

/** Words of the e-mails that no template changes, by the election's language. */
export const texts = { en, fr: withFrenchSpaces(fr) };

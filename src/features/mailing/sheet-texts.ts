import { withFrenchSpaces } from '../../domain/french-spaces.ts';

const en = {
  title: 'Printed sheets',
  lead: 'One page of A5 for each voter, ordered by building, promotion and name, in files of at most 500 voters.',
  secret:
    'Whoever reads a sheet with link and code can vote in that voter’s place. Print on a printer that you watch, hand each sheet to its voter in person, and delete the files afterwards.',
  fixes:
    'Printing counts as handing out: the key can then no longer be made anew, nor the way of the codes changed.',
  changed:
    'If the roll has changed since the last printing, print every file again: voters may have moved between them.',
  content: 'On each sheet',
  codeOnly: 'The code alone',
  codeOnlyHint: 'The link comes by e-mail: the paper alone is not enough to vote.',
  codeAndLink: 'Link and code',
  codeAndLinkHint: 'For voters without e-mail: the sheet alone is enough to vote.',
  print: (part: string, parts: string, from: string, to: string) =>
    `File ${part} of ${parts}: voters ${from} to ${to}`,
  nobody: 'There is nobody on the roll yet.',
  building: 'Building',
  promotion: 'Promotion',
  opens: 'Opens',
  closes: 'Closes',
  votingPage: 'Voting server',
  linkTitle: '1. Open your voting page',
  linkHow: 'Scan this code with your phone, or type the address below it.',
  qr: 'QR code of your personal voting link',
  codeAfterLink: '2. Check your choice, then type this code',
  codeTitle: 'Your voting code',
  codeHow: 'Open the personal link that you got by e-mail. Its last page asks for this code.',
  alone: 'This sheet is yours alone. Do not let anybody read it or take a picture of it.',
  both: 'Whoever has this sheet can vote in your place: keep it safe until you have voted, then destroy it.',
  fingerprint: (fingerprint: string) =>
    `Fingerprint of the election key: ${fingerprint}. Your voting page shows the same one.`,
  contact: (contact: string) => `Contact: ${contact}`,
  organisedBy: (organiser: string) => `Organised by ${organiser}`,
  pdfTitle: (title: string) => `Voting sheets: ${title}`,
};

const fr: typeof en = {
  title: 'Feuilles imprimées',
  lead: 'Une page A5 par électeur, dans l’ordre des bâtiments, promotions et noms, par fichiers d’au plus 500 électeurs.',
  secret:
    'Qui lit une feuille avec lien et code peut voter à la place de cet électeur. Imprimez sous surveillance, remettez chaque feuille en main propre, puis supprimez les fichiers.',
  fixes: 'Imprimer vaut remise : la clé ne peut plus être refaite ensuite, ni la voie des codes changée.',
  changed:
    'Si la liste a changé depuis la dernière impression, imprimez de nouveau tous les fichiers : des électeurs ont pu passer de l’un à l’autre.',
  content: 'Sur chaque feuille',
  codeOnly: 'Le code seul',
  codeOnlyHint: 'Le lien vient par e-mail : le papier seul ne suffit pas pour voter.',
  codeAndLink: 'Lien et code',
  codeAndLinkHint: 'Pour les électeurs sans e-mail : la feuille seule suffit pour voter.',
  print: (part, parts, from, to) => `Fichier ${part} sur ${parts} : électeurs ${from} à ${to}`,
  nobody: 'Il n’y a encore personne sur la liste.',
  building: 'Bâtiment',
  promotion: 'Promotion',
  opens: 'Ouverture',
  closes: 'Clôture',
  votingPage: 'Serveur de vote',
  linkTitle: '1. Ouvrez votre page de vote',
  linkHow: 'Scannez ce code avec votre téléphone, ou saisissez l’adresse en dessous.',
  qr: 'Code QR de votre lien de vote personnel',
  codeAfterLink: '2. Vérifiez votre choix, puis saisissez ce code',
  codeTitle: 'Votre code de vote',
  codeHow: 'Ouvrez le lien personnel reçu par e-mail. Sa dernière page demande ce code.',
  alone: 'Cette feuille n’est qu’à vous. Ne la laissez ni lire ni photographier.',
  both: 'Qui a cette feuille peut voter à votre place : gardez-la jusqu’à votre vote, puis détruisez-la.',
  fingerprint: (fingerprint) =>
    `Empreinte de la clé du scrutin : ${fingerprint}. Votre page de vote affiche la même.`,
  contact: (contact) => `Contact : ${contact}`,
  organisedBy: (organiser) => `Organisé par ${organiser}`,
  pdfTitle: (title) => `Feuilles de vote : ${title}`,
};

export const sheetTexts = { en, fr: withFrenchSpaces(fr) };

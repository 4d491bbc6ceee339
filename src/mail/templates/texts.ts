/** Words of the e-mails, by the election's language. */
export const texts = {
  en: {
    linkSubject: (title: string) => `Your voting link: ${title}`,
    hello: (name: string) => `Hello ${name},`,
    invites: (organiser: string) => `${organiser} invites you to vote:`,
    when: 'When',
    from: 'Opens',
    until: 'Closes',
    zone: (zone: string) => `Times are given in the zone ${zone}.`,
    yourLink: '1. Open your personal link',
    openLink: 'Open my voting page',
    linkBeside: 'If the button does not work, copy this whole address into your browser:',
    yourCode: '2. Check your choice, then type this code',
    alone:
      'The link and the code are yours alone: whoever has both can vote in your place. Do not pass this e-mail on.',
    harmless:
      'Opening the link changes nothing. You vote once, when you type the code and press the final button.',
    fingerprint: 'Fingerprint of the election key',
    fingerprintWhy:
      'Your voting page shows the same one. If it differs, do not vote and tell the contact below.',
    unexpected: 'You did not expect this e-mail?',
    unexpectedDo: 'Then ignore it, or ask the organisers. Nothing happens unless you vote.',
    contact: 'Contact',
    testSubject: (organisation: string) => `Test e-mail from ${organisation}`,
    testBody: (url: string) =>
      `This is a test: the voting server at ${url} can send e-mail. There is nothing to do.`,
  },
  fr: {
    linkSubject: (title: string) => `Votre lien de vote : ${title}`,
    hello: (name: string) => `Bonjour ${name},`,
    invites: (organiser: string) => `${organiser} vous invite à voter :`,
    when: 'Quand',
    from: 'Ouverture',
    until: 'Clôture',
    zone: (zone: string) => `Les heures sont données dans le fuseau ${zone}.`,
    yourLink: '1. Ouvrez votre lien personnel',
    openLink: 'Ouvrir ma page de vote',
    linkBeside: 'Si le bouton ne fonctionne pas, copiez cette adresse entière dans votre navigateur :',
    yourCode: '2. Vérifiez votre choix, puis saisissez ce code',
    alone:
      'Le lien et le code ne sont qu’à vous : qui a les deux peut voter à votre place. Ne transférez pas ce message.',
    harmless:
      'Ouvrir le lien ne change rien. Vous votez une seule fois, en saisissant le code et en appuyant sur le bouton final.',
    fingerprint: 'Empreinte de la clé du scrutin',
    fingerprintWhy:
      'Votre page de vote affiche la même. Si elle diffère, ne votez pas et prévenez le contact ci-dessous.',
    unexpected: 'Vous n’attendiez pas ce message ?',
    unexpectedDo: 'Ignorez-le, ou interrogez les organisateurs. Rien ne se passe tant que vous ne votez pas.',
    contact: 'Contact',
    testSubject: (organisation: string) => `Message d’essai de ${organisation}`,
    testBody: (url: string) =>
      `Ceci est un essai : le serveur de vote ${url} peut envoyer des e-mails. Il n’y a rien à faire.`,
  },
} satisfies Record<'en' | 'fr', unknown>;

import { withFrenchSpaces } from '../../domain/french-spaces.ts';

const en = {
  loading: 'Preparing the ballot on this device…',
  loadingStuck: 'If this line stays, reload the page, or',
  voteWithout: 'vote without this script',
  ballotTitle: (title: string) => `Ballot: ${title}`,
  severalContests: 'Your ballot',
  chooseOne: 'Choose one answer.',
  chooseUpTo: (max: number) => `Choose up to ${max}.`,
  chooseExactly: (max: number) => `Choose exactly ${max}.`,
  chooseBetween: (min: number, max: number) => `Choose from ${min} to ${max}.`,
  shuffled: 'The order is drawn anew for each voter.',
  declared: 'In the order declared by the organiser.',
  details: 'Details',
  logoOf: (name: string) => `Logo of ${name}`,
  blank: 'Blank vote',
  blankHint: 'I take part without choosing anyone. It is counted as blank.',
  chosen: (max: number) => `{n} of ${max} chosen`,
  continue: 'Continue',
  continueHint: 'Nothing is recorded yet: you check your choice on the next page.',
  keyFingerprint: 'Election key',
  keyFingerprintHint:
    'Your choice is sealed on your device for this key, which is kept offline. The link mail names the same one.',
  keyFingerprintServer:
    'The server seals your choice for this key, which is kept offline. The link mail names the same one.',
  serverSealed: {
    title: 'Your choice will be sealed by the server',
    text: 'This page runs without JavaScript, so your choice is sent to the server, which seals it in memory, stores nothing of it in clear, and cannot open it again. With JavaScript it is sealed on your own device.',
    unable:
      'This browser cannot seal a ballot itself (it lacks the cryptography or the storage for it, or the address is not https). You may vote here all the same: your choice is then sent to the server, which seals it in memory. Or open your link in another browser.',
    withScript: 'Seal it on this device instead',
  },
  noFragment: {
    title: 'Your link is incomplete',
    text: 'The part after # is missing, so this page cannot check that the election is the one you were invited to. Open the link from the mail again, or compare the election key below with the one in the mail.',
  },
  earlierTry: {
    title: 'Your earlier try was not finished',
    text: 'Nothing was recorded. Please choose again.',
  },
  mismatch: {
    title: 'This page does not belong to your link',
    text: 'The election that the server shows is not the one that your link names. Do not vote here. Open the link from the mail again; if this page comes back, tell the organiser.',
  },
  errors: {
    nothing: (contest: string) => `${contest} – choose an answer.`,
    nothingOrBlank: (contest: string) => `${contest} – choose an answer, or the blank vote.`,
    tooMany: (contest: string, max: number | string) => `${contest} – choose ${max} at most.`,
    tooFew: (contest: string, min: number | string) => `${contest} – choose ${min} at least.`,
    blankAndMore: (contest: string) => `${contest} – a blank vote cannot stand beside another choice.`,
    unknown: (contest: string) => `${contest} – this choice is not on the ballot.`,
    code: (digits: number) => `Type the ${digits} digits of your code.`,
    wrongCode: 'This code is not the right one.',
    triesLeftOne: 'One try is left before the link is locked for 15 minutes.',
    triesLeftMany: '{n} tries are left before the link is locked for 15 minutes.',
  },
  reviewTitle: 'Check, then vote',
  yourChoice: 'Your choice',
  changeChoice: 'Change',
  notYetRecorded: 'Your vote is not yet recorded.',
  code: 'Your code',
  codeHint: (digits: number) =>
    `The ${digits} digits in the mail that brought your link. Spaces do not matter.`,
  resend: 'Send me the mail again',
  resent:
    'If a mail brought your link, it is on its way again to the same address. It can be asked for every 15 minutes.',
  vote: 'Vote',
  voteHint: 'This is the last step. A vote cannot be changed afterwards.',
  working: 'Your vote is being recorded…',
  workingText: 'Please keep this page open for a moment.',
  done: {
    title: 'Your vote is recorded',
    tracker: 'Your receipt number',
    text: 'The receipt does not show your choice. With it you can check, when voting has closed, that your ballot is in the urn, unchanged.',
    download: 'Download the receipt',
    qr: 'QR code of the receipt',
    next: (closing: string) =>
      `Voting ends on ${closing}. Then the ballots are counted, and all sealed ballots are published with their receipt numbers.`,
    leave: 'You are done: you can close this page.',
    kept: 'The receipt is also kept on this device.',
    keep: 'Save it now: this server keeps no list of who holds which receipt.',
    serverSealed: 'The server sealed this ballot for you, because this browser did not.',
  },
  alreadyVoted: {
    title: 'You have already voted',
    text: 'The vote of this link has been used. Every voter has one ballot, and it cannot be changed.',
    otherDevice:
      'It was used on another device or in another browser: the receipt is there, and this device cannot vote again.',
    notYou: (contact: string) => `If it was not you, write to ${contact} at once.`,
  },
  trouble: {
    title: 'Your vote was not recorded',
    text: 'The server could not be reached or was too busy. Your choice is kept on this page.',
    safe: 'Trying again is safe: only one ballot can ever be recorded.',
    retry: 'Try again',
    unconfirmed: 'Your vote is not confirmed yet',
    unconfirmedText:
      'The ballot was sent, but no answer came back. It may be recorded already. Try again to get the receipt.',
    refused:
      'The server did not accept this ballot. Reload the page and try once more; if it happens again, write to the organiser.',
    reload: 'Reload the page',
  },
  locked: {
    title: 'Too many tries',
    until: (time: string) => `Too many wrong codes were typed. You can try again on ${time}.`,
    soon: 'Too many wrong codes were typed. You can try again in 15 minutes.',
    staff: (contact: string) =>
      `Too many wrong codes were typed. Write to ${contact} to have your link unlocked.`,
    notLost: 'Your vote is not lost: nothing has been recorded.',
    retry: 'Try again',
    contact: (contact: string) => `If you cannot find your code, write to ${contact}.`,
  },
  notReady: {
    title: 'Election being prepared',
    text: (organiser: string) =>
      `${organiser} is preparing this election. Your link will serve as soon as voting opens.`,
  },
  notOpen: {
    title: (time: string) => `Voting opens on ${time}`,
    sameLink: 'The same link will serve: keep the mail. This page reloads by itself at the opening.',
    until: (time: string) => `Voting ends on ${time}.`,
    countdown: 'Time left',
    calendar: 'Add to my calendar',
    candidates: 'Who stands',
  },
  closed: {
    title: (time: string) => `Voting ended on ${time}`,
    text: 'No more ballots are taken.',
    results: (organiser: string) =>
      `${organiser} announces the results after the count. This link will lead to them.`,
    unsent: 'The ballot that this device held did not arrive in time: it is not recorded.',
  },
  results: {
    title: 'The results are published',
    link: 'See the results',
    receipt: 'Check my receipt',
  },
  badLink: {
    title: 'This link is not valid',
    text: 'Check that it was copied whole, or open the newest mail: an older link may have been replaced. If that does not help, write to the organiser.',
  },
  shell: {
    title: 'Your voting page',
    text: 'Open your personal link again, from the mail that brought it.',
  },
};

export type VotingTexts = typeof en;

const fr: VotingTexts = {
  loading: 'Préparation du bulletin sur cet appareil…',
  loadingStuck: 'Si cette ligne reste, rechargez la page, ou',
  voteWithout: 'votez sans ce script',
  ballotTitle: (title) => `Bulletin : ${title}`,
  severalContests: 'Votre bulletin',
  chooseOne: 'Choisissez une réponse.',
  chooseUpTo: (max) => `Choisissez-en ${max} au plus.`,
  chooseExactly: (max) => `Choisissez-en exactement ${max}.`,
  chooseBetween: (min, max) => `Choisissez-en de ${min} à ${max}.`,
  shuffled: 'L’ordre est tiré au sort pour chaque électeur.',
  declared: 'Dans l’ordre déclaré par l’organisateur.',
  details: 'Détails',
  logoOf: (name) => `Logo de ${name}`,
  blank: 'Vote blanc',
  blankHint: 'Je participe sans choisir personne. Il est compté comme blanc.',
  chosen: (max) => `{n} sur ${max} choisis`,
  continue: 'Continuer',
  continueHint: 'Rien n’est encore enregistré : vous vérifiez votre choix à la page suivante.',
  keyFingerprint: 'Clé du scrutin',
  keyFingerprintHint:
    'Votre choix est scellé sur votre appareil pour cette clé, gardée hors ligne. Le courriel du lien nomme la même.',
  keyFingerprintServer:
    'Le serveur scelle votre choix pour cette clé, gardée hors ligne. Le courriel du lien nomme la même.',
  serverSealed: {
    title: 'Votre choix sera scellé par le serveur',
    text: 'Cette page fonctionne sans JavaScript : votre choix est envoyé au serveur, qui le scelle en mémoire, n’en garde rien en clair et ne peut plus l’ouvrir. Avec JavaScript, il est scellé sur votre propre appareil.',
    unable:
      'Ce navigateur ne peut pas sceller un bulletin lui-même (il lui manque la cryptographie ou le stockage nécessaires, ou l’adresse n’est pas en https). Vous pouvez voter ici malgré tout : votre choix est alors envoyé au serveur, qui le scelle en mémoire. Ou ouvrez votre lien dans un autre navigateur.',
    withScript: 'Le sceller plutôt sur cet appareil',
  },
  noFragment: {
    title: 'Votre lien est incomplet',
    text: 'La partie après # manque : cette page ne peut pas vérifier que le scrutin est bien celui de votre invitation. Rouvrez le lien depuis le courriel, ou comparez la clé du scrutin ci-dessous avec celle du courriel.',
  },
  earlierTry: {
    title: 'Votre essai précédent n’est pas allé au bout',
    text: 'Rien n’a été enregistré. Veuillez choisir de nouveau.',
  },
  mismatch: {
    title: 'Cette page n’est pas celle de votre lien',
    text: 'Le scrutin que montre le serveur n’est pas celui que nomme votre lien. Ne votez pas ici. Rouvrez le lien depuis le courriel ; si cette page revient, prévenez l’organisateur.',
  },
  errors: {
    nothing: (contest) => `${contest} – choisissez une réponse.`,
    nothingOrBlank: (contest) => `${contest} – choisissez une réponse ou le vote blanc.`,
    tooMany: (contest, max) => `${contest} – ${max} choix au plus.`,
    tooFew: (contest, min) => `${contest} – ${min} choix au moins.`,
    blankAndMore: (contest) => `${contest} – un vote blanc ne peut pas accompagner un autre choix.`,
    unknown: (contest) => `${contest} – ce choix n’est pas sur le bulletin.`,
    code: (digits) => `Saisissez les ${digits} chiffres de votre code.`,
    wrongCode: 'Ce code n’est pas le bon.',
    triesLeftOne: 'Il reste un essai avant que le lien soit bloqué 15 minutes.',
    triesLeftMany: 'Il reste {n} essais avant que le lien soit bloqué 15 minutes.',
  },
  reviewTitle: 'Vérifiez, puis votez',
  yourChoice: 'Votre choix',
  changeChoice: 'Modifier',
  notYetRecorded: 'Votre vote n’est pas encore enregistré.',
  code: 'Votre code',
  codeHint: (digits) =>
    `Les ${digits} chiffres du courriel qui a apporté votre lien. Les espaces ne comptent pas.`,
  resend: 'Renvoyez-moi le courriel',
  resent:
    'Si un courriel a apporté votre lien, il repart à la même adresse. On peut le demander toutes les 15 minutes.',
  vote: 'Voter',
  voteHint: 'C’est la dernière étape. Un vote ne peut plus être modifié ensuite.',
  working: 'Votre vote est en cours d’enregistrement…',
  workingText: 'Gardez cette page ouverte un instant.',
  done: {
    title: 'Votre vote est enregistré',
    tracker: 'Votre numéro de reçu',
    text: 'Le reçu ne montre pas votre choix. Il vous permet de vérifier, après la clôture, que votre bulletin est dans l’urne, inchangé.',
    download: 'Télécharger le reçu',
    qr: 'Code QR du reçu',
    next: (closing) =>
      `Le vote se termine le ${closing}. Les bulletins sont alors dépouillés, et tous les bulletins scellés sont publiés avec leur numéro de reçu.`,
    leave: 'C’est terminé : vous pouvez fermer cette page.',
    kept: 'Le reçu est aussi gardé sur cet appareil.',
    keep: 'Enregistrez-le maintenant : ce serveur ne garde aucune liste de qui détient quel reçu.',
    serverSealed: 'Le serveur a scellé ce bulletin pour vous, car ce navigateur ne l’a pas fait.',
  },
  alreadyVoted: {
    title: 'Vous avez déjà voté',
    text: 'Le vote de ce lien a été utilisé. Chaque électeur a un bulletin, qui ne peut pas être modifié.',
    otherDevice:
      'Il l’a été sur un autre appareil ou dans un autre navigateur : le reçu s’y trouve, et cet appareil ne peut pas voter de nouveau.',
    notYou: (contact) => `Si ce n’était pas vous, écrivez tout de suite à ${contact}.`,
  },
  trouble: {
    title: 'Votre vote n’a pas été enregistré',
    text: 'Le serveur n’a pas pu être joint ou était trop occupé. Votre choix est gardé sur cette page.',
    safe: 'Réessayer est sans risque : un seul bulletin peut être enregistré.',
    retry: 'Réessayer',
    unconfirmed: 'Votre vote n’est pas encore confirmé',
    unconfirmedText:
      'Le bulletin est parti, mais aucune réponse n’est revenue. Il est peut-être déjà enregistré. Réessayez pour obtenir le reçu.',
    refused:
      'Le serveur n’a pas accepté ce bulletin. Rechargez la page et réessayez ; si cela se répète, écrivez à l’organisateur.',
    reload: 'Recharger la page',
  },
  locked: {
    title: 'Trop d’essais',
    until: (time) => `Trop de codes erronés ont été saisis. Vous pourrez réessayer le ${time}.`,
    soon: 'Trop de codes erronés ont été saisis. Vous pourrez réessayer dans 15 minutes.',
    staff: (contact) =>
      `Trop de codes erronés ont été saisis. Écrivez à ${contact} pour faire débloquer votre lien.`,
    notLost: 'Votre vote n’est pas perdu : rien n’a été enregistré.',
    retry: 'Réessayer',
    contact: (contact) => `Si vous ne trouvez pas votre code, écrivez à ${contact}.`,
  },
  notReady: {
    title: 'Scrutin en préparation',
    text: (organiser) => `${organiser} prépare ce scrutin. Votre lien servira dès l’ouverture du vote.`,
  },
  notOpen: {
    title: (time) => `Le vote ouvre le ${time}`,
    sameLink: 'Le même lien servira : gardez le courriel. Cette page se recharge d’elle-même à l’ouverture.',
    until: (time) => `Le vote se termine le ${time}.`,
    countdown: 'Temps restant',
    calendar: 'Ajouter à mon agenda',
    candidates: 'Qui se présente',
  },
  closed: {
    title: (time) => `Le vote s’est terminé le ${time}`,
    text: 'Plus aucun bulletin n’est accepté.',
    results: (organiser) => `${organiser} annonce les résultats après le dépouillement. Ce lien y mènera.`,
    unsent: 'Le bulletin que gardait cet appareil n’est pas arrivé à temps : il n’est pas enregistré.',
  },
  results: {
    title: 'Les résultats sont publiés',
    link: 'Voir les résultats',
    receipt: 'Vérifier mon reçu',
  },
  badLink: {
    title: 'Ce lien n’est pas valable',
    text: 'Vérifiez qu’il a été copié en entier, ou ouvrez le courriel le plus récent : un lien plus ancien a pu être remplacé. Si cela ne suffit pas, écrivez à l’organisateur.',
  },
  shell: {
    title: 'Votre page de vote',
    text: 'Rouvrez votre lien personnel, depuis le courriel qui l’a apporté.',
  },
};

export const texts = { en, fr: withFrenchSpaces(fr) };

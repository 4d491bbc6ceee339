import { withFrenchSpaces } from '../../domain/french-spaces.ts';

const en = {
  armTitle: 'ARM: make the key',
  armLead:
    'The server makes the key pair that seals every ballot. You save its private half; the server forgets it. Without it nobody, you included, can open a ballot.',
  armSteps: [
    'You receive a key file and nine words. They are shown once.',
    'Save the file on two USB sticks. Write the nine words on paper. Keep them apart.',
    'On the next page, prove that the saved file opens. Only then can voting open.',
  ],
  armButton: 'Make the key now',
  armAgain: 'Start again: make a new key',
  armAgainNote: 'A key was made already. A new one replaces it; the old file becomes useless.',
  handedTitle: 'Save this key now',
  handedWarning: 'This page is the only copy. When it is closed before both are saved, start again.',
  saveFile: 'Save the key file',
  saveFileNote: 'Save it twice, on two USB sticks: “USB A” and “USB B”.',
  words: 'The nine words',
  wordsNote: 'Write them on paper, in this order. They open the key file. They are never shown again.',
  fingerprint: 'Fingerprint of the key',
  fingerprintNote: 'It is printed in every voting mail and on every ballot page.',
  next: 'I saved both: prove the key',
  proveTitle: 'Prove the key',
  proveLead:
    'Choose the file that you saved and type the nine words. Your browser opens the file here, answers a challenge, and sends neither the file nor the words.',
  noScript:
    'JavaScript is off: the file and the words will be sent to the server, used in memory, and dropped. Turn JavaScript on to keep both on this computer.',
  copy: 'Which copy is this?',
  copyName: (copy: number) => `USB ${String.fromCharCode(64 + copy)}`,
  proveButton: 'Prove this copy',
  working: 'Opening the file on this computer…',
  proven: 'The key is proven. The election is armed.',
  provenAgain: 'This copy is proven.',
  copies: 'Copies proven so far',
  copyProven: (copy: string, when: string) => `${copy}: last proven ${when}`,
  noCopies: 'None yet.',
  manifestDigest: 'Digest of the manifest',
  armedNote: 'Contests, candidates, keys and hours are now frozen and signed.',
  nextLinks: 'Next: send the voting links',
  weakFile: 'This file was protected with few iterations: it opens, but protect it better.',
};

const fr: typeof en = {
  armTitle: 'ARMER : créer la clé',
  armLead:
    'Le serveur crée la paire de clés qui scelle chaque bulletin. Vous en gardez la moitié privée ; le serveur l’oublie. Sans elle, personne, pas même vous, ne peut ouvrir un bulletin.',
  armSteps: [
    'Vous recevez un fichier de clé et neuf mots. Ils ne sont montrés qu’une fois.',
    'Enregistrez le fichier sur deux clés USB. Écrivez les neuf mots sur papier. Gardez-les séparés.',
    'À la page suivante, prouvez que le fichier enregistré s’ouvre. Alors seulement le vote pourra ouvrir.',
  ],
  armButton: 'Créer la clé maintenant',
  armAgain: 'Recommencer : créer une nouvelle clé',
  armAgainNote: 'Une clé existe déjà. Une nouvelle la remplace ; l’ancien fichier devient inutile.',
  handedTitle: 'Enregistrez cette clé maintenant',
  handedWarning:
    'Cette page est la seule copie. Si elle est fermée avant les deux enregistrements, recommencez.',
  saveFile: 'Enregistrer le fichier de clé',
  saveFileNote: 'Enregistrez-le deux fois, sur deux clés USB : « USB A » et « USB B ».',
  words: 'Les neuf mots',
  wordsNote:
    'Écrivez-les sur papier, dans cet ordre. Ils ouvrent le fichier. Ils ne seront plus jamais montrés.',
  fingerprint: 'Empreinte de la clé',
  fingerprintNote: 'Elle figure dans chaque message de vote et sur chaque page de bulletin.',
  next: 'J’ai enregistré les deux : prouver la clé',
  proveTitle: 'Prouver la clé',
  proveLead:
    'Choisissez le fichier enregistré et tapez les neuf mots. Votre navigateur ouvre le fichier ici, répond à un défi, et n’envoie ni le fichier ni les mots.',
  noScript:
    'JavaScript est désactivé : le fichier et les mots seront envoyés au serveur, utilisés en mémoire, puis oubliés. Activez JavaScript pour les garder sur cet ordinateur.',
  copy: 'Quelle copie est-ce ?',
  copyName: (copy: number) => `USB ${String.fromCharCode(64 + copy)}`,
  proveButton: 'Prouver cette copie',
  working: 'Ouverture du fichier sur cet ordinateur…',
  proven: 'La clé est prouvée. Le scrutin est armé.',
  provenAgain: 'Cette copie est prouvée.',
  copies: 'Copies prouvées à ce jour',
  copyProven: (copy: string, when: string) => `${copy} : prouvée le ${when}`,
  noCopies: 'Aucune pour l’instant.',
  manifestDigest: 'Empreinte du manifeste',
  armedNote: 'Questions, candidats, clés et horaires sont désormais figés et signés.',
  nextLinks: 'Ensuite : envoyer les liens de vote',
  weakFile: 'Ce fichier est protégé avec peu d’itérations : il s’ouvre, mais protégez-le mieux.',
};

export const texts = { en, fr: withFrenchSpaces(fr) } as const;

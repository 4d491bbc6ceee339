import type { Language } from './election.ts';
import { form } from './refusal-form.ts';

/** What a file that is no key file looks like, in words. The codes are those of `protocol/key-holder`. */
export const FILE_KINDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    EMPTY: 'it is empty',
    PUBLIC_KEY: 'it is a public key',
    UNENCRYPTED_KEY: 'it is a key without a passphrase',
    OLD_ENCRYPTED_KEY: 'it is a key in an old format',
    CERTIFICATE: 'it is a certificate',
    SSH_KEY: 'it is an SSH key',
    BINARY_KEY: 'it is a key in binary form',
    SHARE: 'it is a share of a key',
    JSON: 'it is a JSON file',
    PICTURE: 'it is a picture',
    PDF: 'it is a PDF',
    ARCHIVE: 'it is an archive',
    WEB_PAGE: 'it is a web page',
    TEXT: 'it is a text',
    OTHER: 'it is of an unknown kind',
  },
  fr: {
    EMPTY: 'il est vide',
    PUBLIC_KEY: 'c’est une clé publique',
    UNENCRYPTED_KEY: 'c’est une clé sans phrase secrète',
    OLD_ENCRYPTED_KEY: 'c’est une clé d’un ancien format',
    CERTIFICATE: 'c’est un certificat',
    SSH_KEY: 'c’est une clé SSH',
    BINARY_KEY: 'c’est une clé en binaire',
    SHARE: 'c’est une part de clé',
    JSON: 'c’est un fichier JSON',
    PICTURE: 'c’est une image',
    PDF: 'c’est un PDF',
    ARCHIVE: 'c’est une archive',
    WEB_PAGE: 'c’est une page web',
    TEXT: 'c’est un texte',
    OTHER: 'il est d’un genre inconnu',
  },
};

/** Why a key file, its passphrase or shares do not open the election key, and what to do. */
export const KEY_REFUSALS = {
  NOT_A_KEY_FILE: form(
    422,
    3,
    'This is not a key file: {found}. Choose the .pem file that was saved when the election was armed.',
    'Ce n’est pas un fichier de clé : {found}. Choisissez le fichier .pem enregistré lors de l’armement.',
  ),
  TRUNCATED: form(
    422,
    3,
    'This key file is cut off: use another copy.',
    'Ce fichier de clé est coupé : utilisez une autre copie.',
  ),
  DAMAGED: form(
    422,
    3,
    'This key file is damaged: use another copy.',
    'Ce fichier de clé est abîmé : utilisez une autre copie.',
  ),
  UNSUPPORTED_KEY_FILE: form(
    422,
    3,
    'This key file is protected in a way that is not accepted here ({part}). Choose the file saved when the election was armed.',
    'Ce fichier de clé est protégé d’une façon non acceptée ici ({part}). Choisissez le fichier enregistré lors de l’armement.',
  ),
  OTHER_ELECTION: form(
    422,
    3,
    'This key belongs to another election, or was replaced by a newer one.',
    'Cette clé appartient à un autre scrutin, ou a été remplacée par une plus récente.',
  ),
  WRONG_PASSPHRASE: form(
    422,
    3,
    'The words do not open this key file. Check them one by one.',
    'Les mots n’ouvrent pas ce fichier de clé. Vérifiez-les un à un.',
  ),
  WORD_COUNT: form(
    422,
    3,
    'The passphrase has {expected} words; {count} were typed.',
    'La phrase secrète compte {expected} mots ; {count} ont été saisis.',
  ),
  UNKNOWN_WORD: form(
    422,
    3,
    'Word {position}, “{word}”, is not in the list of words. Check its spelling.',
    'Le mot {position}, « {word} », n’est pas dans la liste des mots. Vérifiez son orthographe.',
  ),
  NOT_A_SHARE: form(422, 3, 'This is not a share of a key.', 'Ce n’est pas une part de clé.'),
  SHARE_TYPO: form(
    422,
    3,
    'There is a typing error in this share.',
    'Il y a une faute de frappe dans cette part.',
  ),
  FOREIGN_SHARE: form(
    422,
    3,
    'Share {share} belongs to another key.',
    'La part {share} appartient à une autre clé.',
  ),
  DUPLICATE_SHARE: form(
    422,
    3,
    'Share {share} is the same as share {same}.',
    'La part {share} est la même que la part {same}.',
  ),
  TOO_FEW_SHARES: form(
    422,
    3,
    'There are not enough shares yet: {have} of {need}.',
    'Il n’y a pas encore assez de parts : {have} sur {need}.',
  ),
  WRONG_SHARES: form(
    422,
    3,
    'These shares do not fit together: one of them was changed.',
    'Ces parts ne vont pas ensemble : l’une d’elles a été modifiée.',
  ),
  COUNT_FAILED: form(
    503,
    7,
    'The count broke off by a fault of this server; nothing was recorded. Try again; the log names the fault.',
    'Le décompte a été interrompu par une panne de ce serveur ; rien n’a été enregistré. Réessayez ; le journal nomme la panne.',
  ),
  KEY_REPLACED: form(
    409,
    4,
    'Another admin made or proved a key meanwhile. Open the page again and see which key counts.',
    'Un autre administrateur a créé ou prouvé une clé entre-temps. Rouvrez la page pour voir laquelle compte.',
  ),
  WRONG_PROOF: form(
    422,
    3,
    'The answer to the challenge is wrong. Try again with the file saved for this election.',
    'La réponse au défi est fausse. Réessayez avec le fichier enregistré pour ce scrutin.',
  ),
  CHALLENGE_EXPIRED: form(
    409,
    4,
    'This page is too old. Open it again and retry.',
    'Cette page est trop ancienne. Rouvrez-la et réessayez.',
  ),
} as const;

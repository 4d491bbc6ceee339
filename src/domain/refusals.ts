import type { RefusalDetail } from '../protocol/outcome.ts';
import type { Language } from './election.ts';
import { FILE_KINDS, KEY_REFUSALS } from './key-refusals.ts';
import { MAIL_REFUSALS } from './mail-refusals.ts';
import { OPERATION_REFUSALS } from './operation-refusals.ts';
import { PAPER_REFUSALS } from './paper-refusals.ts';
import { type RefusalForm, form } from './refusal-form.ts';
import { ROLL_REFUSALS } from './roll-refusals.ts';
import { SETTINGS_REFUSALS } from './settings-refusals.ts';
import { STAFF_REFUSALS } from './staff-refusals.ts';

/**
 * Every expected refusal: stable code, HTTP status, exit code, and the sentence that says what to do.
 * `{name}` in a sentence is filled from the refusal's detail.
 */
export const REFUSALS = {
  // protocol.md section 12
  MALFORMED: form(
    400,
    3,
    'This request is not in the expected form.',
    'Cette demande n’a pas la forme attendue.',
  ),
  WRONG_MANIFEST: form(
    400,
    3,
    'This ballot belongs to another election.',
    'Ce bulletin appartient à un autre scrutin.',
  ),
  CREDENTIAL_INVALID: form(
    400,
    3,
    'The credential of this ballot is not valid.',
    'Le justificatif de ce bulletin n’est pas valable.',
  ),
  WRONG_CODE: form(403, 3, 'This code is not the right one.', 'Ce code n’est pas le bon.'),
  UNKNOWN_LINK: form(404, 3, 'This link is not valid.', 'Ce lien n’est pas valable.'),
  NOT_FOUND: form(404, 3, 'There is nothing at this address.', 'Il n’y a rien à cette adresse.'),
  ALREADY_VOTED: form(409, 4, 'This vote has already been used.', 'Ce vote a déjà été utilisé.'),
  NOT_OPEN: form(409, 4, 'Voting is not open yet.', 'Le vote n’est pas encore ouvert.'),
  CLOSED: form(409, 4, 'Voting has ended.', 'Le vote est terminé.'),
  CREDENTIAL_SPENT: form(
    409,
    4,
    'This credential has already cast another ballot.',
    'Ce justificatif a déjà servi à déposer un autre bulletin.',
  ),
  TOO_LARGE: form(
    413,
    3,
    'This is larger than what can be accepted here.',
    'Ceci dépasse la taille acceptée ici.',
  ),
  LOCKED: form(
    423,
    4,
    'Too many wrong codes: this link is locked for now.',
    'Trop de codes erronés : ce lien est bloqué pour le moment.',
  ),
  BUSY: form(
    503,
    6,
    'The server is busy. Try again in a moment: nothing was recorded.',
    'Le serveur est occupé. Réessayez dans un instant : rien n’a été enregistré.',
  ),
  // staff
  NOT_SIGNED_IN: form(401, 4, 'Sign in first.', 'Connectez-vous d’abord.'),
  WRONG_SIGN_IN: form(
    401,
    3,
    'E-mail address or password is wrong.',
    'L’adresse ou le mot de passe est erroné.',
  ),
  WRONG_PASSWORD: form(401, 3, 'This password is not the right one.', 'Ce mot de passe n’est pas le bon.'),
  WEAK_PASSWORD: form(
    422,
    3,
    'This password is too easy to guess: take at least 12 characters, such as four unrelated words.',
    'Ce mot de passe est trop facile à deviner : prenez au moins 12 caractères, par exemple quatre mots sans lien.',
  ),
  BAD_ADDRESS: form(
    422,
    3,
    'Give an e-mail address such as name@example.org.',
    'Donnez une adresse e-mail telle que nom@exemple.org.',
  ),
  BAD_NAME: form(422, 3, 'Give a name of 1 to 120 characters.', 'Donnez un nom de 1 à 120 caractères.'),
  LAST_ADMIN: form(
    409,
    4,
    'This is the last admin: make someone else admin first.',
    'C’est le dernier administrateur : nommez-en d’abord un autre.',
  ),
  TOO_MANY_TRIES: form(
    429,
    4,
    'Too many tries. Wait {minutes} minutes, then try again.',
    'Trop d’essais. Attendez {minutes} minutes, puis réessayez.',
  ),
  NOT_ALLOWED: form(
    403,
    4,
    'Your role does not allow this. Ask an admin.',
    'Votre rôle ne le permet pas. Demandez à un administrateur.',
  ),
  CONFIRM_PASSWORD: form(
    401,
    4,
    'Type your password once more before this step.',
    'Retapez votre mot de passe avant cette étape.',
  ),
  CROSS_SITE: form(
    403,
    4,
    'This form was not sent from our own page. Open the page again and retry.',
    'Ce formulaire ne vient pas de nos pages. Rouvrez la page et réessayez.',
  ),
  // input
  INVALID_INPUT: form(
    422,
    3,
    'Something in the form must be corrected.',
    'Quelque chose est à corriger dans le formulaire.',
  ),
  ADDRESS_TAKEN: form(409, 3, 'This e-mail address is already in use.', 'Cette adresse est déjà utilisée.'),
  UNSUPPORTED_PICTURE: form(
    415,
    3,
    'Give a PNG, JPEG, WebP or GIF picture.',
    'Donnez une image PNG, JPEG, WebP ou GIF.',
  ),
  PICTURE_TOO_LARGE: form(
    413,
    3,
    'This picture is too large: at most 5 MB and 40 megapixels.',
    'Cette image est trop grande : 5 Mo et 40 mégapixels au plus.',
  ),
  ROLL_UNREADABLE: form(
    422,
    3,
    'This file cannot be read as a roll ({reason}).',
    'Ce fichier ne peut pas être lu comme une liste électorale ({reason}).',
  ),
  ROLL_HAS_ERRORS: form(
    422,
    3,
    'Rows with errors: {rows}. Nothing was imported. Correct them, or import only the valid rows.',
    'Lignes avec des erreurs : {rows}. Rien n’a été importé. Corrigez-les, ou n’importez que les lignes valables.',
  ),
  NO_VALID_ROW: form(
    422,
    3,
    'No row of this file can be imported: all have errors ({rows}). Correct them, then choose the file again.',
    'Aucune ligne de ce fichier ne peut être importée : toutes ont des erreurs ({rows}). Corrigez-les, puis choisissez de nouveau le fichier.',
  ),
  PREVIEW_GONE: form(
    409,
    4,
    'This file is no longer here: it was imported, put aside, or chosen over an hour ago. Look at the list of voters, or choose the file again.',
    'Ce fichier n’est plus là : il a été importé, écarté, ou choisi il y a plus d’une heure. Voyez la liste des électeurs, ou choisissez-le de nouveau.',
  ),
  // lifecycle
  FROZEN: form(
    409,
    4,
    'The key has been proven: this part of the election is frozen in the manifest.',
    'La clé a été prouvée : cette partie du scrutin est figée dans le manifeste.',
  ),
  NO_CONTEST: form(
    409,
    4,
    'Add at least one contest with one candidate first.',
    'Ajoutez d’abord au moins une question avec un candidat.',
  ),
  NO_CANDIDATE: form(
    409,
    4,
    'Add a candidate to the contest "{contest}" first.',
    'Ajoutez d’abord un candidat à la question « {contest} ».',
  ),
  TOO_FEW_CANDIDATES: form(
    409,
    4,
    'The contest "{contest}" allows {max} choices and has {candidates} candidates: add candidates or lower the maximum.',
    'La question « {contest} » permet {max} choix et compte {candidates} candidats : ajoutez-en ou baissez le maximum.',
  ),
  WRONG_CHOICES: form(
    409,
    4,
    'Correct the least and most choices of the contest "{contest}".',
    'Corrigez le minimum et le maximum de choix de la question « {contest} ».',
  ),
  NO_VOTERS: form(409, 4, 'Import voters first.', 'Importez d’abord les électeurs.'),
  WINDOW_PAST: form(
    409,
    4,
    'The closing time is already past: set a later one.',
    'L’heure de clôture est déjà passée : choisissez-en une plus tardive.',
  ),
  WRONG_WINDOW: form(
    409,
    4,
    'Voting must end after it opens: correct the times.',
    'Le vote doit finir après son ouverture : corrigez les horaires.',
  ),
  NOT_ARMED: form(
    409,
    4,
    'The key has not been proven yet: arm the election first.',
    'La clé n’a pas encore été prouvée : armez d’abord le scrutin.',
  ),
  ALREADY_ARMED: form(
    409,
    4,
    'This election already has a proven key.',
    'Ce scrutin a déjà une clé prouvée.',
  ),
  LINKS_MAILED: form(
    409,
    4,
    'Voting links have been sent: the key can no longer be replaced.',
    'Les liens de vote ont été envoyés : la clé ne peut plus être remplacée.',
  ),
  TOO_EARLY: form(
    409,
    4,
    'Voting opens at {opensAt}: not before.',
    'Le vote ouvre le {opensAt} : pas avant.',
  ),
  NOT_CLOSED: form(409, 4, 'Voting is not closed yet.', 'Le vote n’est pas encore clos.'),
  ALREADY_TALLIED: form(
    409,
    4,
    'The ballots have already been counted.',
    'Les bulletins ont déjà été dépouillés.',
  ),
  NOT_TALLIED: form(
    409,
    4,
    'The ballots have not been counted yet.',
    'Les bulletins n’ont pas encore été dépouillés.',
  ),
  ALREADY_PUBLISHED: form(409, 4, 'The results are already published.', 'Les résultats sont déjà publiés.'),
  NOT_LATER: form(
    409,
    4,
    'An extension must end later than the present closing time.',
    'Une prolongation doit finir après l’heure de clôture actuelle.',
  ),
  VOTER_MARKED: form(
    409,
    4,
    'This person has voted and stays on the roll.',
    'Cette personne a voté et reste sur la liste.',
  ),
  DELIBERATING: form(
    409,
    6,
    'The ballots are being opened right now.',
    'Les bulletins sont en cours d’ouverture.',
  ),
  INTEGRITY: form(
    409,
    7,
    'The stored ballots do not match the close: {reason}. Nothing was opened.',
    'Les bulletins conservés ne correspondent pas à la clôture : {reason}. Rien n’a été ouvert.',
  ),
  ...KEY_REFUSALS,
  ...MAIL_REFUSALS,
  ...OPERATION_REFUSALS,
  ...PAPER_REFUSALS,
  ...ROLL_REFUSALS,
  ...SETTINGS_REFUSALS,
  ...STAFF_REFUSALS,
} as const satisfies Readonly<Record<string, RefusalForm>>;

export type RefusalCode = keyof typeof REFUSALS;

/** The sentence of a refusal in a language, its `{names}` filled. */
export function refusalSentence(language: Language, code: RefusalCode, detail: RefusalDetail = {}): string {
  return REFUSALS[code][language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(detail[name] ?? '?');
    return name === 'found' ? (FILE_KINDS[language][value] ?? value) : value;
  });
}

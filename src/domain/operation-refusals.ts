import { form } from './refusal-form.ts';

/** Why a backup, a restore or a reset was not carried out, and what to do. */
export const OPERATION_REFUSALS = {
  TITLE_DIFFERS: form(
    422,
    3,
    'What was typed is not the title of the election. Nothing was deleted. Type it exactly: {title}',
    'Le texte saisi n’est pas le titre du scrutin. Rien n’a été supprimé. Saisissez-le exactement : {title}',
  ),
  SERVER_RUNS: form(
    409,
    6,
    'A server works on this installation: stop it, then try again.',
    'Un serveur utilise cette installation : arrêtez-le, puis recommencez.',
  ),
  NO_DATABASE: form(
    409,
    3,
    'There is no database to back up in {folder}: is VAR_DIR the right folder?',
    'Il n’y a aucune base de données à sauvegarder dans {folder} : VAR_DIR est-il le bon dossier ?',
  ),
  DATABASE_DAMAGED: form(
    409,
    7,
    'The database is damaged ({fault}): no backup was made. Run doctor, then restore an earlier backup.',
    'La base de données est abîmée ({fault}) : aucune sauvegarde n’a été faite. Lancez doctor, puis restaurez une sauvegarde antérieure.',
  ),
  NO_SPACE: form(
    503,
    3,
    'The disk of {folder} is full: nothing was left there. Free some space, or name a folder on another disk.',
    'Le disque de {folder} est plein : rien n’y a été laissé. Libérez de la place, ou indiquez un autre disque.',
  ),
  NOT_A_BACKUP: form(
    422,
    3,
    'There is no backup in {folder}: name the folder that the command backup has made.',
    'Il n’y a pas de sauvegarde dans {folder} : indiquez le dossier créé par la commande backup.',
  ),
  BACKUP_DAMAGED: form(
    422,
    7,
    'This backup is not what was saved: {fault}. Nothing was changed. Use another backup.',
    'Cette sauvegarde n’est plus celle qui a été faite : {fault}. Rien n’a été modifié. Prenez-en une autre.',
  ),
  BACKUP_NEWER: form(
    422,
    3,
    'This backup was made by a newer Votix ({migration}): install that version first.',
    'Cette sauvegarde a été faite par un Votix plus récent ({migration}) : installez d’abord cette version.',
  ),
  OTHER_SECRET: form(
    422,
    3,
    'This backup was made under another server secret: links and keys in it would be lost. Give that secret in SECRET_KEY, or a backup that holds it.',
    'Cette sauvegarde dépend d’un autre secret de serveur : ses liens et ses clés seraient perdus. Donnez ce secret dans SECRET_KEY, ou une sauvegarde qui le contient.',
  ),
} as const;

import { form } from './refusal-form.ts';

/** Why somebody cannot be put on a roll by their own request. */
export const ROLL_REFUSALS = {
  NO_DOMAIN_ALLOWED: form(
    409,
    4,
    'Name the allowed e-mail domains in the server’s configuration first: without one, anybody could register.',
    'Nommez d’abord les domaines e-mail acceptés dans la configuration du serveur : sans cela, n’importe qui pourrait s’inscrire.',
  ),
  REGISTRATION_CLOSED: form(
    409,
    4,
    'Registration is not open. Write to the organiser.',
    'Les inscriptions ne sont pas ouvertes. Écrivez à l’organisateur.',
  ),
  PROOF_OF_WORK: form(
    422,
    3,
    'The check against robots is missing, too old or used. Send the form again.',
    'La vérification contre les robots manque, est trop ancienne ou a déjà servi. Renvoyez le formulaire.',
  ),
  UNKNOWN_CONFIRMATION: form(
    404,
    3,
    'This confirmation link is not valid, or is over two days old. Register again.',
    'Ce lien de confirmation n’est pas valable, ou a plus de deux jours. Inscrivez-vous de nouveau.',
  ),
} as const;

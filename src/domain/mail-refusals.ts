import { form } from './refusal-form.ts';

/** Why an order to the mail engine changes nothing, or the word of a test mail proves nothing. */
export const MAIL_REFUSALS = {
  MAIL_PAUSED: form(
    409,
    4,
    'The e-mails of this election are paused already.',
    'Les e-mails de ce scrutin sont déjà en pause.',
  ),
  NOT_PAUSED: form(
    409,
    4,
    'The e-mails of this election are not paused.',
    'Les e-mails de ce scrutin ne sont pas en pause.',
  ),
  NOTHING_REFUSED: form(
    409,
    4,
    'No e-mail was refused or put off: there is nothing to try again.',
    'Aucun e-mail n’a été refusé ni reporté : il n’y a rien à réessayer.',
  ),
  WRONG_WORD: form(
    422,
    3,
    'This is not the word of a test e-mail sent to you through the present mail server. Look at the newest one.',
    'Ce n’est pas le mot d’un message d’essai envoyé à vous par le serveur de messagerie actuel. Regardez le plus récent.',
  ),
} as const;

import { form } from './refusal-form.ts';

/** Second factors, passkeys, and steps that two people decide. */
export const STAFF_REFUSALS = {
  NEEDS_APPROVAL: form(
    409,
    4,
    'Two people decide this step here: ask for it on the page “Approvals” of the election, and let another admin approve it there. The approval is good for one hour.',
    'Cette étape se décide ici à deux : demandez-la sur la page « Accords » du scrutin, et faites-la approuver par un autre administrateur. L’accord vaut une heure.',
  ),
  OWN_APPROVAL: form(
    409,
    4,
    'Nobody approves their own request: ask another admin.',
    'Personne n’approuve sa propre demande : adressez-vous à un autre administrateur.',
  ),
  ACCOUNT_TOO_NEW: form(
    409,
    4,
    'The account {account} was made, changed or given a new set-up link after this election was armed: it cannot take part in what two people decide. Use an older account, or have one made on the server’s terminal.',
    'Le compte {account} a été créé, modifié ou muni d’un nouveau lien d’activation après l’armement de ce scrutin : il ne peut pas prendre part à ce qui se décide à deux. Utilisez un compte plus ancien, ou faites-en créer un sur le terminal du serveur.',
  ),
  APPROVAL_DECIDED: form(
    409,
    4,
    'This request was decided already, or is over a day old.',
    'Cette demande a déjà été tranchée, ou date de plus d’un jour.',
  ),
  WRONG_FACTOR: form(
    401,
    3,
    'This code is not right, or has been used. Wait for the next one in your app.',
    'Ce code n’est pas le bon, ou a déjà servi. Attendez le suivant dans votre application.',
  ),
  STEP_EXPIRED: form(
    401,
    4,
    'This sign-in took too long or was used already. Sign in again.',
    'Cette connexion a trop duré ou a déjà servi. Reconnectez-vous.',
  ),
  FACTOR_ACTIVE: form(
    409,
    4,
    'A second factor is already on: remove it first.',
    'Un second facteur est déjà actif : retirez-le d’abord.',
  ),
  PROPOSAL_EXPIRED: form(
    409,
    4,
    'The secret on this page is too old. Set the app up again.',
    'Le secret de cette page est trop ancien. Recommencez la configuration de l’application.',
  ),
  OWN_FACTOR: form(
    409,
    4,
    'Remove your own second factor on the page of your account, with a code.',
    'Retirez votre propre second facteur sur la page de votre compte, avec un code.',
  ),
  PASSKEY_REFUSED: form(
    422,
    3,
    'This passkey was not accepted. Try again.',
    'Cette clé d’accès n’a pas été acceptée. Réessayez.',
  ),
} as const;

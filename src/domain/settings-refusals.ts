import { form } from './refusal-form.ts';

/** Which settings cannot change now, and why. */
export const SETTINGS_REFUSALS = {
  PUBLIC_URL_FROZEN: form(
    409,
    4,
    'The voting links of “{title}” carry the present address: it can change once voting there is closed.',
    'Les liens de vote de « {title} » portent l’adresse actuelle : elle pourra changer après la clôture de ce scrutin.',
  ),
  TWO_PERSONS_FROZEN: form(
    409,
    4,
    '“{title}” is between its key and its result: until then nobody alone may switch the second person off.',
    '« {title} » est entre sa clé et son résultat : d’ici là, personne ne peut seul supprimer la seconde personne.',
  ),
} as const;

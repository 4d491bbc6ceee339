import { z } from 'zod';
import { type Refusal, type RefusalDetail, refuse } from '../protocol/outcome.ts';
import type { Language } from './election.ts';
import { frenchSpaces } from './french-spaces.ts';

/** What can be wrong with one field that somebody filled in. `{limit}` is what follows the code's colon. */
const FAULTS = {
  REQUIRED: { en: 'Fill this in.', fr: 'À remplir.' },
  TOO_LONG: { en: 'At most {limit} characters.', fr: 'Au plus {limit} caractères.' },
  TOO_MANY: { en: 'At most {limit} entries.', fr: 'Au plus {limit} entrées.' },
  CONTROL_CHARACTER: {
    en: 'Remove the invisible control characters.',
    fr: 'Retirez les caractères de contrôle invisibles.',
  },
  NOT_AN_ADDRESS: {
    en: 'Give an e-mail address such as office@example.org.',
    fr: 'Donnez une adresse e-mail comme bureau@example.org.',
  },
  DOMAIN_NOT_ALLOWED: {
    en: 'Only addresses of these domains are allowed: {limit}.',
    fr: 'Seules sont admises les adresses de ces domaines : {limit}.',
  },
  ON_ROLL: {
    en: 'This address is on the roll already.',
    fr: 'Cette adresse figure déjà sur la liste.',
  },
  NOT_A_DOMAIN: {
    en: 'Not a domain: {limit}. Write each one like example.org.',
    fr: 'Pas un domaine : {limit}. Écrivez-les comme example.org.',
  },
  NOT_A_ZONE: {
    en: 'Not a time zone of the IANA list, such as Europe/Paris.',
    fr: 'Pas un fuseau de la liste IANA, comme Europe/Paris.',
  },
  NOT_A_TIME: {
    en: 'Give a day and a time, such as 2026-11-03T08:00.',
    fr: 'Donnez un jour et une heure, comme 2026-11-03T08:00.',
  },
  SKIPPED_TIME: {
    en: 'This time does not exist: the clocks go forward over it that night. Choose {limit} or a later time.',
    fr: 'Cette heure n’existe pas : les horloges la sautent cette nuit-là. Choisissez {limit} ou plus tard.',
  },
  NOT_AFTER_OPENING: {
    en: 'Voting must end after it opens.',
    fr: 'Le vote doit finir après son ouverture.',
  },
  PAST: { en: 'This is already past: choose a later time.', fr: 'C’est déjà passé : choisissez plus tard.' },
  NOT_A_NUMBER: { en: 'Give a whole number.', fr: 'Donnez un nombre entier.' },
  TOO_SMALL: { en: 'At least {limit}.', fr: 'Au moins {limit}.' },
  TOO_LARGE: { en: 'At most {limit}.', fr: 'Au plus {limit}.' },
  NOT_A_CHOICE: { en: 'Choose one of: {limit}.', fr: 'Choisissez parmi : {limit}.' },
  ONE_CHOICE: {
    en: 'Plurality is one choice: the maximum is 1.',
    fr: 'Au scrutin uninominal, un seul choix : le maximum est 1.',
  },
  MIN_ABOVE_MAX: {
    en: 'The minimum is above the maximum.',
    fr: 'Le minimum dépasse le maximum.',
  },
  UNKNOWN_FIELD: { en: 'Unknown field: {limit}.', fr: 'Champ inconnu : {limit}.' },
  WRONG_TYPE: { en: 'Expected here: {limit}.', fr: 'Attendu ici : {limit}.' },
  NOT_A_CLOCK_TIME: { en: 'Give a time of day such as 22:00.', fr: 'Donnez une heure comme 22:00.' },
  NOT_AN_ORIGIN: {
    en: 'Give an address such as https://vote.example.org, without anything behind the name.',
    fr: 'Donnez une adresse comme https://vote.example.org, sans rien après le nom.',
  },
  NOT_A_HOST: {
    en: 'Give the name of a server such as smtp.example.org.',
    fr: 'Donnez le nom d’un serveur comme smtp.example.org.',
  },
  NOT_ALONE: { en: 'Give both times, or none.', fr: 'Donnez les deux heures, ou aucune.' },
  PASSWORD_AGAIN: {
    en: 'The mail server or its user changed: type its password again, or have it forgotten.',
    fr: 'Le serveur de courriel ou son utilisateur a changé : saisissez à nouveau son mot de passe, ou faites-le oublier.',
  },
  UNREADABLE_FILE: { en: 'This file cannot be read: {limit}.', fr: 'Fichier illisible : {limit}.' },
  UNSUPPORTED_PICTURE: {
    en: 'Give a PNG, JPEG, WebP or GIF picture.',
    fr: 'Donnez une image PNG, JPEG, WebP ou GIF.',
  },
  PICTURE_TOO_LARGE: {
    en: 'At most 5 MB and 40 megapixels.',
    fr: 'Au plus 5 Mo et 40 mégapixels.',
  },
  IN_LIST: { en: 'This name is in the list already.', fr: 'Ce nom figure déjà dans la liste.' },
  NOT_AN_ICON: {
    en: 'Give the name of a Bootstrap icon, such as building or tree.',
    fr: 'Donnez le nom d’une icône Bootstrap, comme building ou tree.',
  },
  NOT_A_COLOUR: { en: 'Give a colour such as #1f6fb2.', fr: 'Donnez une couleur comme #1f6fb2.' },
  NOT_A_PLACEHOLDER: {
    en: 'Nothing stands for this here, line {limit}.',
    fr: 'Rien ne correspond à ceci ici, ligne {limit}.',
  },
  PLACEHOLDER_MISSING: { en: 'Put {limit} into the text.', fr: 'Mettez {limit} dans le texte.' },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

export type FaultCode = keyof typeof FAULTS;

/** A fault as it travels in a refusal's detail: its code, and behind a colon the value its sentence names. */
export const fault = (code: FaultCode, limit?: string | number): string =>
  limit === undefined ? code : `${code}:${limit}`;

const isFaultCode = (code: string): code is FaultCode => Object.hasOwn(FAULTS, code);

/** The sentence of a fault made by `fault`. */
function faultSentence(language: Language, value: string): string {
  const colon = value.indexOf(':');
  const code = colon < 0 ? value : value.slice(0, colon);
  if (!isFaultCode(code)) throw new TypeError(`unknown fault ${code}`);
  const sentence = FAULTS[code][language];
  const set = language === 'fr' ? frenchSpaces(sentence) : sentence;
  return set.replace('{limit}', () => value.slice(colon + 1));
}

/** What a refused input carries: the path of each faulty field (`contests.0.max`) and its fault. */
export type FieldFaults = RefusalDetail;

export const refuseFields = (faults: FieldFaults): Refusal<'INVALID_INPUT'> =>
  refuse('INVALID_INPUT', faults);

/** Every fault of a refused input as `{ field, sentence }`, in the order in which they were found. */
export function faultsOf(
  language: Language,
  refusal: Refusal<string>,
): readonly { readonly name: string; readonly sentence: string }[] {
  if (refusal.code !== 'INVALID_INPUT') return [];
  return Object.entries(refusal.detail).map(([name, value]) => ({
    name,
    sentence: faultSentence(language, String(value)),
  }));
}

/**
 * Reads an input by its schema. Schemas say their own faults by giving `fault(...)` as the message; the shapes that zod
 * finds itself (a missing member, another type, an unknown name) are told in the same codes.
 */
export function parseInput<T>(
  schema: z.ZodType<T>,
  input: unknown,
): { readonly ok: true; readonly value: T } | Refusal<'INVALID_INPUT'> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data };
  const faults: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const path = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) faults[[...issue.path, key].join('.')] ??= fault('UNKNOWN_FIELD', key);
    } else faults[path === '' ? 'input' : path] ??= messageOf(issue);
  }
  return refuseFields(faults);
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (isFaultCode(issue.message.split(':', 1)[0] ?? '')) return issue.message;
  if (issue.code === 'invalid_type') {
    const isMissing = issue.message.endsWith('received undefined');
    return isMissing ? fault('REQUIRED') : fault('WRONG_TYPE', issue.expected);
  }
  if (issue.code === 'invalid_value') return fault('NOT_A_CHOICE', issue.values.join(', '));
  throw new Error(`a schema refuses without a fault: ${issue.code} ${issue.message}`);
}

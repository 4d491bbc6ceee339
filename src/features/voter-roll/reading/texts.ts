import type { Language } from '../../../domain/election.ts';
import { withFrenchSpaces } from '../../../domain/french-spaces.ts';
import type { FileErrorCode, RollColumn, RowError, RowErrorCode } from './roll-reading.ts';

type Sentences<Code extends string> = Readonly<Record<Code, string>>;

// `{column}` is the name of the column, `{value}` the cell as found, `{earlier}` the line of the first occurrence.
const ROW_EN: Sentences<RowErrorCode> = {
  EMAIL_MISSING: 'The e-mail address is missing. Add it, or remove the row.',
  EMAIL_INVALID:
    '“{value}” is not an e-mail address. Write exactly one address, such as name@example.org, without spaces or accents.',
  DOMAIN_NOT_ALLOWED:
    '“{value}” is not of an allowed domain. Use the person’s address at the school or association, or have an administrator allow this domain.',
  EMAIL_DUPLICATE:
    '“{value}” already stands on line {earlier}, which counts. Remove this row, or give the person’s own address.',
  NAME_MISSING: 'The {column} is missing. Add it, or remove the row.',
  PROMOTION_UNKNOWN:
    'The promotion “{value}” is not known. Correct it, leave it empty, or have an administrator add it to the settings.',
  BUILDING_UNKNOWN:
    'The building “{value}” is not known. Correct it, leave it empty, or add it on the page of buildings.',
  COLUMN_COUNT:
    'This row has too few or too many cells: “{value}”. Check its separators, and put cells that contain one in double quotes.',
};

const ROW_FR: Sentences<RowErrorCode> = {
  EMAIL_MISSING: 'L’adresse e-mail manque. Ajoutez-la, ou supprimez la ligne.',
  EMAIL_INVALID:
    '« {value} » n’est pas une adresse e-mail. Écrivez une seule adresse, comme nom@example.org, sans espace ni accent.',
  DOMAIN_NOT_ALLOWED:
    '« {value} » n’appartient pas à un domaine autorisé. Utilisez l’adresse de la personne à l’école ou à l’association, ou faites autoriser ce domaine par un administrateur.',
  EMAIL_DUPLICATE:
    '« {value} » figure déjà à la ligne {earlier}, qui compte. Supprimez cette ligne, ou indiquez l’adresse propre à la personne.',
  NAME_MISSING: 'Le {column} manque. Ajoutez-le, ou supprimez la ligne.',
  PROMOTION_UNKNOWN:
    'La promotion « {value} » n’est pas connue. Corrigez-la, laissez la case vide, ou faites-la ajouter aux réglages par un administrateur.',
  BUILDING_UNKNOWN:
    'Le bâtiment « {value} » n’est pas connu. Corrigez-le, laissez la case vide, ou ajoutez-le sur la page des bâtiments.',
  COLUMN_COUNT:
    'Cette ligne a trop peu ou trop de cases : « {value} ». Vérifiez ses séparateurs, et mettez entre guillemets droits les cases qui en contiennent un.',
};

const FILE_EN: Sentences<FileErrorCode> = {
  EMPTY_FILE:
    'Nobody is in this file. Check that you chose the right file, and that people stand under the header row.',
  UNSUPPORTED_FORMAT:
    'This is not a table that can be read (a PDF, a web page, a picture, an old .xls, or a damaged or locked workbook). Open it in a spreadsheet program and save it as .xlsx, or as CSV UTF-8, without a password.',
  TOO_LARGE:
    'This file is too large: 5 MB at most, 100 MB once a workbook is unfolded, and 32,767 characters in a cell. Remove the columns and sheets that are not needed, or split the list into several files.',
  UNBALANCED_QUOTE:
    'A cell opens with a double quote that is never closed. Close it, or remove it, or save the list again from a spreadsheet program.',
  NO_EMAIL_COLUMN:
    'There is no column of e-mail addresses. Name it “email” in the header row and fill it in.',
  NOT_A_TABLE:
    'This text is not a table. Use one row for each person, with a header row such as last_name;first_name;email;promotion;building.',
};

const FILE_FR: Sentences<FileErrorCode> = {
  EMPTY_FILE:
    'Il n’y a personne dans ce fichier. Vérifiez que c’est le bon, et que des personnes figurent sous la ligne d’en-tête.',
  UNSUPPORTED_FORMAT:
    'Ce n’est pas un tableau lisible (un PDF, une page web, une image, un ancien .xls, ou un classeur abîmé ou verrouillé). Ouvrez-le dans un tableur et enregistrez-le en .xlsx ou en CSV UTF-8, sans mot de passe.',
  TOO_LARGE:
    'Ce fichier est trop grand : 5 Mo au plus, 100 Mo pour un classeur déplié, et 32 767 caractères par case. Supprimez les colonnes et les feuilles inutiles, ou partagez la liste en plusieurs fichiers.',
  UNBALANCED_QUOTE:
    'Une case s’ouvre par un guillemet droit qui n’est jamais fermé. Fermez-le, supprimez-le, ou enregistrez de nouveau la liste depuis un tableur.',
  NO_EMAIL_COLUMN:
    'Il n’y a pas de colonne d’adresses e-mail. Nommez-la « email » dans la ligne d’en-tête et remplissez-la.',
  NOT_A_TABLE:
    'Ce texte n’est pas un tableau. Mettez une personne par ligne, sous une ligne d’en-tête comme nom;prénom;email;promotion;bâtiment.',
};

const COLUMNS_EN: Sentences<RollColumn> = {
  last_name: 'last name',
  first_name: 'first name',
  email: 'e-mail',
  promotion: 'promotion',
  building: 'building',
};

const COLUMNS_FR: Sentences<RollColumn> = {
  last_name: 'nom',
  first_name: 'prénom',
  email: 'e-mail',
  promotion: 'promotion',
  building: 'bâtiment',
};

const TEXTS = {
  en: { row: ROW_EN, file: FILE_EN, columns: COLUMNS_EN },
  fr: withFrenchSpaces({ row: ROW_FR, file: FILE_FR, columns: COLUMNS_FR }),
} as const satisfies Record<Language, unknown>;

/** The name of a column as people call it. */
const columnName = (language: Language, column: RollColumn): string => TEXTS[language].columns[column];

/** What is wrong with a row, and what to do about it. The cell stands in the sentence as plain text. */
export function describeRowError(language: Language, error: RowError): string {
  const column = error.column === null ? '' : columnName(language, error.column);
  // The cell comes last, and by a function: it may hold `{earlier}`, or `$&`, which a replacement string expands.
  return TEXTS[language].row[error.code]
    .replace('{column}', column)
    .replace('{earlier}', String(error.earlierLine ?? ''))
    .replace('{value}', () => error.value);
}

/** Why nothing can be read from a file, and what to do about it. */
export const describeFileError = (language: Language, code: FileErrorCode): string =>
  TEXTS[language].file[code];

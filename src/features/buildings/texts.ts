import type { Language } from '../../domain/election.ts';
import { withFrenchSpaces } from '../../domain/french-spaces.ts';

const en = {
  title: 'Buildings and promotions',
  lead: 'What the roll of any election may say about a voter. Turnout is shown for each; an import writes the names as they stand here.',
  buildings: 'Buildings',
  promotions: 'Promotions',
  noBuilding: 'No building yet: a roll may name any, and turnout is shown as one figure.',
  noPromotion: 'No promotion yet: a roll may name any.',
  saved: 'The lists are saved.',
  voters: (count: number, shown: string) => (count === 1 ? `${shown} voter` : `${shown} voters`),
  up: (name: string) => `Move ${name} up`,
  down: (name: string) => `Move ${name} down`,
  change: 'Change',
  name: 'Name',
  icon: 'Icon',
  iconHint: 'The usual ones are proposed; any name of Bootstrap Icons will do.',
  colour: 'Colour',
  save: 'Save',
  renamed: 'A new name is written on every roll that can still change.',
  remove: 'Remove',
  removeUnused: 'Nobody on a roll belongs to it.',
  removeUsed: (voters: string) => `It is taken from the roll too: ${voters} will belong to none.`,
  addBuilding: 'Add a building',
  addPromotion: 'Add a promotion',
  toImport: 'Import voters',
};

const fr: typeof en = {
  title: 'Bâtiments et promotions',
  lead: 'Ce que la liste d’un scrutin peut dire d’un électeur. La participation est affichée pour chacun ; un import écrit les noms comme ils sont ici.',
  buildings: 'Bâtiments',
  promotions: 'Promotions',
  noBuilding:
    'Aucun bâtiment : une liste peut en nommer n’importe lequel, et la participation tient en un chiffre.',
  noPromotion: 'Aucune promotion : une liste peut en nommer n’importe laquelle.',
  saved: 'Les listes sont enregistrées.',
  voters: (count, shown) => (count === 1 ? `${shown} électeur` : `${shown} électeurs`),
  up: (name) => `Monter ${name}`,
  down: (name) => `Descendre ${name}`,
  change: 'Modifier',
  name: 'Nom',
  icon: 'Icône',
  iconHint: 'Les plus courantes sont proposées ; tout nom de Bootstrap Icons convient.',
  colour: 'Couleur',
  save: 'Enregistrer',
  renamed: 'Un nouveau nom est écrit sur chaque liste qui peut encore changer.',
  remove: 'Retirer',
  removeUnused: 'Personne sur une liste n’y est rattaché.',
  removeUsed: (voters) => `Les listes changent aussi : ${voters} n’y seront plus rattachés.`,
  addBuilding: 'Ajouter un bâtiment',
  addPromotion: 'Ajouter une promotion',
  toImport: 'Importer les électeurs',
};

export const texts: Readonly<Record<Language, typeof en>> = { en, fr: withFrenchSpaces(fr) };

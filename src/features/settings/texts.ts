import type { Language } from '../../domain/election.ts';
import { withFrenchSpaces } from '../../domain/french-spaces.ts';

const en = {
  title: 'Server settings',
  lead: 'They hold for every election on this server. Elections that exist already keep what was filled in.',
  saved: 'Settings saved.',
  organisation: 'Name of your organisation',
  organisationHint: 'Proposed as the organiser of new elections.',
  language: 'Language of new elections',
  timeZone: 'Time zone of new elections',
  timeZoneHint: 'A name of the IANA list, such as Europe/Paris.',
  rollHeading: 'What a roll may say',
  domains: 'Allowed e-mail domains',
  domainsHint: 'One a line, such as example.org; subdomains on lines of their own. Empty: any domain.',
  promotions: 'Promotions',
  promotionsHint: 'Classes, years or groups, one a line. Spelling is taken from here.',
  buildings: 'Buildings',
  buildingsHint: 'Sites or buildings, one a line.',
  save: 'Save the settings',
  languages: { en: 'English', fr: 'French' },
};

const fr: typeof en = {
  title: 'Réglages du serveur',
  lead: 'Ils valent pour tous les scrutins de ce serveur. Les scrutins existants gardent ce qui a été saisi.',
  saved: 'Réglages enregistrés.',
  organisation: 'Nom de votre organisation',
  organisationHint: 'Proposé comme organisateur des nouveaux scrutins.',
  language: 'Langue des nouveaux scrutins',
  timeZone: 'Fuseau horaire des nouveaux scrutins',
  timeZoneHint: 'Un nom de la liste IANA, comme Europe/Paris.',
  rollHeading: 'Ce qu’une liste peut contenir',
  domains: 'Domaines e-mail acceptés',
  domainsHint:
    'Un par ligne, comme example.org\u00a0; les sous-domaines sur leur propre ligne. Vide\u00a0: tous.',
  promotions: 'Promotions',
  promotionsHint: 'Classes, années ou groupes, un par ligne. L’orthographe est reprise d’ici.',
  buildings: 'Bâtiments',
  buildingsHint: 'Sites ou bâtiments, un par ligne.',
  save: 'Enregistrer les réglages',
  languages: { en: 'Anglais', fr: 'Français' },
};

export const texts: Readonly<Record<Language, typeof en>> = { en, fr: withFrenchSpaces(fr) };

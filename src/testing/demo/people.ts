/** Generated people: a roll of any size, every name and address invented. */
const FIRST = [
  'Alba',
  'Basile',
  'Chloé',
  'Driss',
  'Elin',
  'Farid',
  'Gaia',
  'Hugo',
  'Ines',
  'Jonas',
  'Kenza',
  'Lino',
  'Maud',
];
const LAST = [
  'Arnaud',
  'Besson',
  'Caron',
  'Delmas',
  'Éluard',
  'Fabre',
  'Garnier',
  'Hamon',
  'Imbert',
  'Joly',
  'Keller',
];

const at = <T>(list: readonly T[], i: number): T => {
  const value = list[i % list.length];
  if (value === undefined) throw new RangeError('an empty list');
  return value;
};

/** A roll file as an office would have it: UTF-8, semicolons, French headers. */
export function rollOf(voters: number): string {
  const lines = ['Nom;Prénom;Adresse e-mail'];
  for (let i = 0; i < voters; i++) {
    lines.push(`${at(LAST, i * 7)} ${i};${at(FIRST, i * 5)};voter${i}@school.example`);
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** The election of the demonstration, as `create-election --file` reads it. */
export const demoElection = (closesAt: Date) => ({
  title: 'Student council 2026',
  organiser: 'School of Demonstration',
  contact: 'office@school.example',
  language: 'en',
  timeZone: 'Europe/Paris',
  opensAt: null,
  closesAt: closesAt.toISOString(),
  graceSeconds: 0,
  contests: [
    {
      title: 'Chair',
      method: 'plurality',
      candidates: [{ name: 'Horizon' }, { name: 'Cap commun' }, { name: 'Nouvelle vague' }],
    },
    {
      title: 'Board, up to two',
      method: 'approval',
      max: 2,
      candidates: [{ name: 'Anaïs' }, { name: 'Loïc' }, { name: 'Zélie' }, { name: 'Côme' }],
    },
  ],
});

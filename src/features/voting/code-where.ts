import type { Language } from '../../domain/election.ts';
import { withFrenchSpaces } from '../../domain/french-spaces.ts';
import type { CodeChannel } from '../../domain/mail-template.ts';

const en: Readonly<Record<CodeChannel, string>> = {
  mail: 'You find the code in the mail that brought your link, below the link.',
  separate: 'You find the code in a mail of its own, sent to the same address as your link.',
  sheet: 'You find the code on the sheet of paper that the organisers gave you.',
};

const fr: typeof en = {
  mail: 'Le code se trouve dans le courriel qui a apporté votre lien, sous le lien.',
  separate: 'Le code se trouve dans un courriel à part, envoyé à la même adresse que votre lien.',
  sheet: 'Le code se trouve sur la feuille de papier que les organisateurs vous ont remise.',
};

/** Where a voter finds the code, by the way that codes travel in their election. */
export const codeWhere: Readonly<Record<Language, Readonly<Record<CodeChannel, string>>>> = {
  en,
  fr: withFrenchSpaces(fr),
};

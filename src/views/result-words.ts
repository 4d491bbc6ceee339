import type { Language } from '../domain/election.ts';
import { withFrenchSpaces } from '../domain/french-spaces.ts';
import type { ContestOutcome } from '../domain/results.ts';
import type { SpoilReason } from '../protocol/count.ts';
import { formatNumber, formatPercent } from './format.ts';

const en = {
  winner: (name: string, votes: string, share: string) =>
    `${name} comes first with ${votes} (${share} of the valid ballots).`,
  votes: (count: number, text: string) => (count === 1 ? `${text} vote` : `${text} votes`),
  tie: (names: string, votes: string) => `Tie: ${names} have ${votes} each.`,
  tieNote: 'The software does not break ties: the election’s rules do.',
  noVotes: 'No votes were cast for any candidate.',
  reasons: {
    NOT_INVERTIBLE: 'could not be opened (ciphertext not invertible)',
    COMMITMENT_MISMATCH: 'could not be opened (key commitment differs)',
    AUTHENTICATION_FAILED: 'could not be opened (authentication failed)',
    BAD_VERSION: 'in an unknown form',
    BAD_MARK: 'with an impossible mark',
    OVERVOTE: 'with too many choices',
    UNDERVOTE: 'with too few choices',
  } satisfies Record<SpoilReason, string>,
};

const fr: typeof en = {
  winner: (name, votes, share) => `${name} arrive en tête avec ${votes} (${share} des bulletins valables).`,
  votes: (_, text) => `${text} voix`,
  tie: (names, votes) => `Égalité : ${names} ont chacun ${votes}.`,
  tieNote: 'Le logiciel ne départage pas : c’est au règlement du scrutin de le faire.',
  noVotes: 'Aucun candidat n’a reçu de voix.',
  reasons: {
    NOT_INVERTIBLE: 'impossible à ouvrir (chiffré non inversible)',
    COMMITMENT_MISMATCH: 'impossible à ouvrir (engagement de clé différent)',
    AUTHENTICATION_FAILED: 'impossible à ouvrir (authentification échouée)',
    BAD_VERSION: 'de forme inconnue',
    BAD_MARK: 'avec une marque impossible',
    OVERVOTE: 'avec trop de choix',
    UNDERVOTE: 'avec trop peu de choix',
  },
};

const texts: Readonly<Record<Language, typeof en>> = { en, fr: withFrenchSpaces(fr) };

/** "1,204 votes". */
export const votesText = (language: Language, votes: number): string =>
  texts[language].votes(votes, formatNumber(language, votes));

/** Why ballots are spoiled, to stand behind the word for it. */
export const spoilWords = (language: Language, reason: SpoilReason): string =>
  texts[language].reasons[reason];

export const tieNote = (language: Language): string => texts[language].tieNote;

/** Who comes first, or that nobody does, in one sentence. A tie is said, never broken. */
export function outcomeSentence(language: Language, outcome: ContestOutcome): string {
  const t = texts[language];
  switch (outcome.kind) {
    case 'no-votes':
      return t.noVotes;
    case 'tie': {
      const names = new Intl.ListFormat(language).format(outcome.tied.map(({ name }) => name));
      return t.tie(names, votesText(language, outcome.tied[0]?.votes ?? 0));
    }
    case 'winner': {
      const { name, votes, share } = outcome.winner;
      return t.winner(name, votesText(language, votes), formatPercent(language, share));
    }
  }
}

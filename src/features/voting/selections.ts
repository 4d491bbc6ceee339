import type { ManifestContest } from '../../protocol/manifest.ts';
import { checkSelection } from '../../protocol/selection.ts';
import type { VotingTexts } from './texts.ts';

/** The value of the blank choice in forms; candidate ids are uuids. */
export const BLANK = 'blank';

/** The form field of a contest, by its place in the manifest. */
export const fieldOf = (index: number): string => `contest-${index}`;

/** What was ticked for each contest in manifest order: candidate ids, or BLANK. */
export type Ticked = readonly (readonly string[])[];

export interface ReadBallot {
  readonly ticked: Ticked;
  /** Candidate ids for each contest, empty for blank; undefined where something is to be corrected. */
  readonly selections: readonly (readonly string[])[] | undefined;
  readonly errors: readonly { readonly name: string; readonly sentence: string }[];
}

/** Reads the choices of a posted ballot form; every fault is told at once, in the voter's words. */
export function readBallot(form: FormData, contests: readonly ManifestContest[], t: VotingTexts): ReadBallot {
  const ticked = contests.map((_, index) =>
    form.getAll(fieldOf(index)).filter((value) => typeof value === 'string'),
  );
  const errors = contests.flatMap((contest, index) => {
    const sentence = faultOf(contest, ticked[index] ?? [], t);
    return sentence === undefined ? [] : [{ name: fieldOf(index), sentence }];
  });
  const selections = ticked.map((values) => values.filter((value) => value !== BLANK));
  return { ticked, selections: errors.length === 0 ? selections : undefined, errors };
}

function faultOf(contest: ManifestContest, ticked: readonly string[], t: VotingTexts): string | undefined {
  const { title, blank, min, max } = contest;
  if (ticked.length === 0) return blank ? t.errors.nothingOrBlank(title) : t.errors.nothing(title);
  if (ticked.includes(BLANK) && ticked.length > 1) return t.errors.blankAndMore(title);
  const checked = checkSelection(
    contest,
    ticked.filter((value) => value !== BLANK),
  );
  if (checked.ok) return undefined;
  switch (checked.code) {
    case 'UNKNOWN_CANDIDATE':
    case 'BLANK_NOT_ALLOWED':
      return t.errors.unknown(title);
    case 'OVERVOTE':
      return t.errors.tooMany(title, max);
    case 'UNDERVOTE':
      return t.errors.tooFew(title, min);
    default:
      return checked.code satisfies never;
  }
}

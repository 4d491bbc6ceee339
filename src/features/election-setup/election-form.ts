import { DEFAULT_GRACE_SECONDS } from '../../domain/election-definition.ts';
import type { Settings } from '../../domain/settings.ts';
import { wallText } from '../../domain/wall-time.ts';
import type { ContestRow, ElectionRow } from '../../store/elections.ts';
import type { Posted } from '../../views/posted.ts';

/** The election form as it is filled in: `opening` is `set` or `proven`. */
export interface ElectionForm {
  readonly title: string;
  readonly organiser: string;
  readonly contact: string;
  readonly description: string;
  readonly language: string;
  readonly timeZone: string;
  readonly opening: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly graceSeconds: string;
  readonly codeDigits: string;
  readonly publication: string;
  readonly electionKeyBits: string;
  readonly credentialKeyBits: string;
}

export const newElectionForm = (settings: Settings, contact: string): ElectionForm => ({
  title: '',
  organiser: settings.organisation,
  contact,
  description: '',
  language: settings.language,
  timeZone: settings.timeZone,
  opening: 'set',
  opensAt: '',
  closesAt: '',
  graceSeconds: String(DEFAULT_GRACE_SECONDS),
  codeDigits: '6',
  publication: 'totals',
  electionKeyBits: '3072',
  credentialKeyBits: '2048',
});

export const electionFormOf = (row: ElectionRow): ElectionForm => ({
  title: row.title,
  organiser: row.organiser,
  contact: row.contact,
  description: row.description,
  language: row.language,
  timeZone: row.time_zone,
  opening: row.opens_at === null ? 'proven' : 'set',
  opensAt: row.opens_at === null ? '' : wallText(row.opens_at, row.time_zone),
  closesAt: wallText(row.closes_at, row.time_zone),
  graceSeconds: String(row.grace_seconds),
  codeDigits: String(row.code_digits),
  publication: row.publication,
  electionKeyBits: String(row.election_key_bits),
  credentialKeyBits: String(row.credential_key_bits),
});

/** The form as it was sent. */
export const postedElectionForm = ({ text }: Posted): ElectionForm => ({
  title: text('title'),
  organiser: text('organiser'),
  contact: text('contact'),
  description: text('description'),
  language: text('language'),
  timeZone: text('timeZone'),
  opening: text('opening'),
  opensAt: text('opensAt'),
  closesAt: text('closesAt'),
  graceSeconds: text('graceSeconds'),
  codeDigits: text('codeDigits'),
  publication: text('publication'),
  electionKeyBits: text('electionKeyBits'),
  credentialKeyBits: text('credentialKeyBits'),
});

/**
 * The form as the definition's schema wants it. A time that was left as it is stays the same instant, also in the hour
 * that comes twice, where its wall time alone would not say which.
 */
export function electionInput({ opening, ...form }: ElectionForm, before?: ElectionRow): object {
  const kept = (text: string, at: number | null | undefined): string =>
    before !== undefined &&
    at !== null &&
    at !== undefined &&
    form.timeZone === before.time_zone &&
    text === wallText(at, before.time_zone)
      ? new Date(at).toISOString()
      : text;
  return {
    ...form,
    opensAt: opening === 'proven' ? null : kept(form.opensAt, before?.opens_at),
    closesAt: kept(form.closesAt, before?.closes_at),
  };
}

/** The contest form as it is filled in. */
export interface ContestForm {
  readonly title: string;
  readonly method: string;
  readonly min: string;
  readonly max: string;
  readonly hasBlank: boolean;
  readonly order: string;
}

export const NEW_CONTEST: ContestForm = {
  title: '',
  method: 'plurality',
  min: '1',
  max: '1',
  hasBlank: true,
  order: 'shuffled',
};

export const contestFormOf = (row: ContestRow): ContestForm => ({
  title: row.title,
  method: row.method,
  min: String(row.min_choices),
  max: String(row.max_choices),
  hasBlank: row.has_blank === 1,
  order: row.is_shuffled === 1 ? 'shuffled' : 'declared',
});

export const postedContestForm = (posted: Posted): ContestForm => ({
  title: posted.text('title'),
  method: posted.text('method'),
  min: posted.text('min'),
  max: posted.text('max'),
  hasBlank: posted.has('blank'),
  order: posted.text('order'),
});

/** The form as the definition's schema wants it: the limits count for several choices only. */
export const contestInput = ({ hasBlank, ...form }: ContestForm): object => ({
  ...form,
  blank: hasBlank,
  ...(form.method === 'plurality' ? { min: 1, max: 1 } : {}),
});

import type { ContestDefinition, ElectionDefinition } from '../../domain/election-definition.ts';
import type { ContestRow, ElectionRow } from '../../store/elections.ts';

export type ElectionColumns = Omit<
  ElectionRow,
  'id' | 'state' | 'links_mailed' | 'self_registration' | 'code_channel' | 'created_at'
>;
export type ChoiceColumns = Omit<ContestRow, 'id' | 'election_id' | 'position'>;

/** An election as it was defined, as its row keeps it. */
export const electionColumns = (definition: ElectionDefinition): ElectionColumns => ({
  title: definition.title,
  organiser: definition.organiser,
  contact: definition.contact,
  description: definition.description,
  language: definition.language,
  time_zone: definition.timeZone,
  opens_at: definition.opensAt,
  closes_at: definition.closesAt,
  grace_seconds: definition.graceSeconds,
  code_digits: definition.codeDigits,
  election_key_bits: definition.electionKeyBits,
  credential_key_bits: definition.credentialKeyBits,
  publication: definition.publication,
});

/** A contest as it was defined, as its row keeps it. */
export const choiceColumns = (contest: ContestDefinition): ChoiceColumns => ({
  title: contest.title,
  method: contest.method,
  min_choices: contest.min,
  max_choices: contest.max,
  has_blank: contest.blank ? 1 : 0,
  is_shuffled: contest.order === 'shuffled' ? 1 : 0,
});

/** The columns whose values a change really changes. */
export function changedColumns(before: ElectionRow, after: ElectionColumns): string[] {
  const present: Readonly<Record<string, unknown>> = before;
  return Object.entries(after).flatMap(([name, value]) => (present[name] === value ? [] : name));
}

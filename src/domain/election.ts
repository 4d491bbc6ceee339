export type StaffRole = 'admin' | 'technician';
export type Language = 'en' | 'fr';
export type Method = 'plurality' | 'approval';
export type Publication = 'totals' | 'openings';

export const LANGUAGES: readonly Language[] = ['en', 'fr'];

/** The one life of an election, in this order; product.md's lifecycle. */
export const ELECTION_STATES = [
  'draft',
  'arming',
  'armed',
  'open',
  'closed',
  'tallied',
  'published',
  'archived',
] as const;
export type ElectionState = (typeof ELECTION_STATES)[number];

/** When an election votes, as the lifecycle asks it. Instants in milliseconds. */
export interface VotingWindow {
  readonly opensAt: number | null;
  readonly closesAt: number;
  readonly graceSeconds: number;
}

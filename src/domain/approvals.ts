import type { StaffRole } from './election.ts';

/** The acts that two people decide where the option is on. */
export const APPROVED_ACTS = ['arm', 'deliberate', 'change-roll', 'extend', 'reset'] as const;

export type ApprovedAct = (typeof APPROVED_ACTS)[number];

export const approvedActIn = (text: unknown): ApprovedAct | undefined =>
  APPROVED_ACTS.find((act) => act === text);

/** How long a granted approval lets its asker act, and how long a request waits for somebody to decide. */
export const APPROVAL_MS = 3_600_000;
export const REQUEST_MS = 24 * 3_600_000;

/** Whoever may do an act may ask for it. */
export const mayAsk = (role: StaffRole, act: ApprovedAct): boolean =>
  role === 'admin' || act === 'change-roll';

/** The actor of those who put themselves on a roll: that it is open to them is itself a change of the roll that was approved. */
export const SELF_REGISTRATION = 'self-registration';

/** How long a confirmation mail can be used, and how long what was typed is kept. */
export const CONFIRM_MS = 48 * 3_600_000;

/** Whether people may put themselves on a roll now: it is switched on, and some domain vouches for who they are. */
export const isRegistrationOpen = (
  election: { readonly self_registration: 0 | 1; readonly closes_at: number; readonly state: string },
  domains: readonly string[],
  now: number,
): boolean =>
  election.self_registration === 1 &&
  domains.length > 0 &&
  ['draft', 'arming', 'armed', 'open'].includes(election.state) &&
  now < election.closes_at;

/** Whether an address is of one of the domains; none vouch for nobody. */
export const isOfDomain = (email: string, domains: readonly string[]): boolean =>
  domains.includes(email.slice(email.lastIndexOf('@') + 1));

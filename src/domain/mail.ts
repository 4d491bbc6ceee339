/**
 * What an e-mail is for. To voters: `invitation` announces a vote, `link` brings the personal link (and the code, unless
 * `code` brings it apart), `reminder` goes to who has not voted, `result` says where the results are. To staff: `test`
 * shows that e-mail works, `sample` how a text will look. To an address that a stranger typed: `registration` asks to
 * confirm, `roll-answer` says whether it is on the roll.
 */
export type MailKind =
  'invitation' | 'link' | 'code' | 'reminder' | 'result' | 'registration' | 'roll-answer' | 'sample' | 'test';

/**
 * `queued` waits for its hour; `sending` is claimed by one worker; `sent` means a server answered 250 (or the embedded
 * mailbox holds the file); `refused` will not arrive; `skipped` is no longer wanted (already voted, voting over).
 */
export type MailState = 'queued' | 'sending' | 'sent' | 'refused' | 'skipped';

/** Why e-mails that are due do not leave: the throttle, quiet hours, or an admin's pause. */
export type WaitReason = 'throttle' | 'quiet' | 'pause';

/** Kinds that somebody waits for at a screen: they leave first, and at any hour. */
const AWAITED: readonly string[] = ['test', 'sample', 'registration', 'roll-answer'];
export const isAwaited = (kind: MailKind): boolean => AWAITED.includes(kind);

const MINUTE = 60_000;
const BACK_OFF = [1 * MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE] as const;

/** Six hours and a half after the first try, an address that still answers "later" is given up. */
const MOST_ATTEMPTS = 7;

/** How long to wait after the `attempts`-th try was put off: 1, 5, 30 minutes, then 2 hours each; undefined: give up. */
export function backOff(attempts: number): number | undefined {
  if (attempts >= MOST_ATTEMPTS) return undefined;
  return BACK_OFF[Math.min(Math.max(attempts, 1), BACK_OFF.length) - 1];
}

/** Why an e-mail was not sent, where the reason is ours rather than the words of a mail server. */
export const MAIL_REASONS = [
  'HAS_VOTED',
  'LINK_REPLACED',
  'VOTING_ENDED',
  'ADDRESS_UNUSABLE',
  'FAULT',
] as const;
export type MailReason = (typeof MAIL_REASONS)[number];

import type { ComposedMail } from './message.ts';
import type { Outcome } from '../protocol/outcome.ts';

export interface SendControl {
  /** Gives the send up. Whether a copy has left is then unknown. */
  readonly signal: AbortSignal;
  /** Awaited before the byte that makes the server take the message. */
  readonly beforeLastByte: () => Promise<void>;
}

/**
 * `REFUSED`: this e-mail will never be taken. `RETRY_LATER`: it may; `scope` says whether the trouble is this recipient's
 * or the whole server's. Both carry the server's words as `answer`.
 */
export type SendOutcome = Outcome<{ readonly answer: string }, 'REFUSED' | 'RETRY_LATER'>;
export type TroubleScope = 'recipient' | 'server';

/** Where e-mails go. Accepted only where a server answered 250, or the file is on disk under its final name. */
export interface MailTransport {
  /** Sends that may run side by side. */
  readonly width: number;
  send(mail: ComposedMail, control: SendControl): Promise<SendOutcome>;
  /** Ends idle connections now and busy ones at their end. */
  close(): void;
}

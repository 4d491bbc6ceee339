import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Outcome } from '../protocol/outcome.ts';
import { MailboxTransport } from './mailbox.ts';
import type { ComposedMail } from './message.ts';
import { SmtpTransport } from './smtp-transport.ts';

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

/** The folder of the embedded mailbox. */
export const mailboxFolder = (config: Config): string => join(config.varDir, 'mail');

/** SMTP where it is configured, the embedded mailbox otherwise. */
export const openTransport = (config: Config): MailTransport =>
  config.smtp === undefined ? new MailboxTransport(mailboxFolder(config)) : new SmtpTransport(config.smtp);

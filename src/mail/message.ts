import MailComposer from 'nodemailer/lib/mail-composer';
import type { Language } from '../domain/election.ts';
import type { Outcome } from '../protocol/outcome.ts';
import { headerLine, isPlainAddress } from './address.ts';

interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** One e-mail to one person, as a template gives it. */
export interface MailMessage {
  /** With its angle brackets; the same each time this e-mail is sent. */
  readonly messageId: string;
  readonly from: Mailbox;
  readonly to: Mailbox;
  /** Whom a reader answers; left out where it is not an address. */
  readonly replyTo: string | undefined;
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** `REFUSED`: can never be sent. `SKIPPED`: not wanted any more. The detail's `reason` is a MailReason. */
export type RenderOutcome = Outcome<MailMessage, 'REFUSED' | 'SKIPPED'>;

/** An e-mail ready to leave. */
export interface ComposedMail {
  readonly messageId: string;
  /** When it was queued, in milliseconds: does not change from one try to the next. */
  readonly queuedAt: number;
  readonly envelope: { readonly from: string; readonly to: string };
  /** The whole message, RFC 5322, lines ending in CRLF. */
  readonly raw: Buffer;
}

/**
 * The message as bytes: text and HTML side by side. Addresses are given as objects with a checked address, because
 * a mailer reads further recipients out of a string; a caller that did not check is a bug and throws.
 */
export async function composeMail(
  message: MailMessage,
  when: { readonly queuedAt: number; readonly now: number },
): Promise<ComposedMail> {
  const { from, to } = message;
  if (!isPlainAddress(to.address)) throw new TypeError('the recipient is not a plain address');
  const replyTo =
    message.replyTo !== undefined && isPlainAddress(message.replyTo) ? message.replyTo : undefined;
  const composer = new MailComposer({
    messageId: message.messageId,
    date: new Date(when.now),
    from: { name: headerLine(from.name), address: from.address },
    to: [{ name: headerLine(to.name), address: to.address }],
    ...(replyTo === undefined ? {} : { replyTo: [{ name: '', address: replyTo }] }),
    subject: headerLine(message.subject),
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': message.language },
    text: message.text,
    html: message.html,
    newline: 'windows',
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    messageId: message.messageId,
    queuedAt: when.queuedAt,
    envelope: { from: from.address, to: to.address },
    raw: await composer.compile().build(),
  };
}

import { join } from 'node:path';
import type { Config } from '../config.ts';
import { MailboxTransport } from './mailbox.ts';
import { SmtpTransport } from './smtp-transport.ts';
import type { MailTransport } from './transport.ts';

/** The folder of the embedded mailbox. */
export const mailboxFolder = (config: Config): string => join(config.varDir, 'mail');

/** SMTP where it is configured, the embedded mailbox otherwise. */
export const openTransport = (config: Config): MailTransport =>
  config.smtp === undefined ? new MailboxTransport(mailboxFolder(config)) : new SmtpTransport(config.smtp);

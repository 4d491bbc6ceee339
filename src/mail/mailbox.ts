import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { accept, refuse } from '../protocol/outcome.ts';
import type { ComposedMail } from './message.ts';
import type { MailTransport, SendControl, SendOutcome } from './transport.ts';

/** `<instant of queueing>-<local part of the Message-ID>.eml`: one e-mail sent twice is one file. */
const FILE_NAME = /^[0-9]{13}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.eml$/;

const localPartOf = (messageId: string): string => messageId.slice(1, messageId.indexOf('@'));

const fileNameOf = (mail: ComposedMail): string =>
  `${String(mail.queuedAt).padStart(13, '0')}-${localPartOf(mail.messageId)}.eml`;

/**
 * Keeps every e-mail as a file until SMTP is configured. The files hold links and codes of voters in clear, so only this
 * server's account may read them (0600 in a 0700 folder).
 */
export class MailboxTransport implements MailTransport {
  readonly width = 4;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async send(mail: ComposedMail, control: SendControl): Promise<SendOutcome> {
    const name = fileNameOf(mail);
    const unfinished = join(this.#folder, `.${name}.tmp`);
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const file = await open(unfinished, 'w', 0o600);
      try {
        await file.writeFile(mail.raw);
        await file.sync();
      } finally {
        await file.close();
      }
      await control.beforeLastByte();
      await rename(unfinished, join(this.#folder, name));
      return accept({ answer: name });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      await rm(unfinished, { force: true }).catch(() => undefined);
      const code = 'code' in error ? String(error.code) : error.name;
      return refuse('RETRY_LATER', {
        scope: 'server',
        answer: `${code}: the mailbox folder cannot be written`,
      });
    }
  }

  close(): void {
    // a file is closed as soon as it is written
  }
}

/** Names of the kept e-mails, newest first. */
export async function listMailbox(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => FILE_NAME.test(name)).sort((a, b) => (a < b ? 1 : -1));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The bytes of one kept e-mail; undefined for any name that is not one (no path leads out of the folder). */
export async function readMailbox(folder: string, name: string): Promise<Buffer | undefined> {
  if (!FILE_NAME.test(name)) return undefined;
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Removes the kept e-mails with these Message-IDs; answers how many there were. */
export async function removeFromMailbox(folder: string, messageIds: readonly string[]): Promise<number> {
  const endings = new Set(messageIds.map((id) => `${localPartOf(id)}.eml`));
  const names = (await listMailbox(folder)).filter((name) => endings.has(name.slice(14)));
  for (const name of names) await rm(join(folder, name), { force: true });
  return names.length;
}

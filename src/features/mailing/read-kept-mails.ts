import PostalMime from 'postal-mime';
import { listMailbox, readMailbox } from '../../mail/mailbox.ts';
import { mailboxFolder } from '../../mail/open-transport.ts';
import type { Runtime } from '../../runtime.ts';

/** A kept e-mail as staff read it; all of it is text of others. */
export interface KeptMail {
  /** File name, which is also its name in addresses. */
  readonly name: string;
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  /** When it was written, in milliseconds; undefined where the e-mail does not say. */
  readonly date: number | undefined;
  readonly text: string;
  readonly html: string;
}

export const MAILS_A_PAGE = 50;

async function readMail(name: string, raw: Buffer): Promise<KeptMail> {
  const mail = await PostalMime.parse(raw);
  const date = Date.parse(mail.date ?? '');
  return {
    name,
    subject: mail.subject ?? '',
    from: mail.from?.address ?? '',
    to: (mail.to ?? []).map(({ address }) => address ?? '').join(', '),
    date: Number.isNaN(date) ? undefined : date,
    text: mail.text ?? '',
    html: mail.html ?? '',
  };
}

/** One page of the embedded mailbox, newest first; `page` counts from 1. */
export async function listKeptMails(
  runtime: Runtime,
  page: number,
): Promise<{ readonly mails: readonly KeptMail[]; readonly total: number }> {
  const folder = mailboxFolder(runtime.config);
  const names = await listMailbox(folder);
  const shown = names.slice((page - 1) * MAILS_A_PAGE, page * MAILS_A_PAGE);
  const mails: KeptMail[] = [];
  for (const name of shown) {
    const raw = await readMailbox(folder, name);
    if (raw !== undefined) mails.push(await readMail(name, raw));
  }
  return { mails, total: names.length };
}

/** One kept e-mail, read and as bytes; undefined where there is none of that name. */
export async function findKeptMail(
  runtime: Runtime,
  name: string,
): Promise<{ readonly mail: KeptMail; readonly raw: Buffer } | undefined> {
  const raw = await readMailbox(mailboxFolder(runtime.config), name);
  return raw === undefined ? undefined : { mail: await readMail(name, raw), raw };
}

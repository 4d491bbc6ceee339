import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';

/** What a voter finds in the mail. */
export interface MailedLink {
  readonly email: string;
  /** The whole address, with M behind the #. */
  readonly url: string;
  /** The secret part of it. */
  readonly link: string;
  /** Digits alone. */
  readonly code: string;
}

/** The link mails of an embedded mailbox, as a mail program reads them. */
export async function readLinkMails(folder: string, origin: string): Promise<MailedLink[]> {
  const mails: MailedLink[] = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.eml'))) {
    const { to, text = '', html = '' } = await PostalMime.parse(readFileSync(join(folder, name)));
    const url = text.split(/\r?\n/).find((line) => line.startsWith(`${origin}/vote/`));
    const link = /\/vote\/([A-Za-z0-9_-]{32})#[A-Za-z0-9_-]{43}$/.exec(url ?? '')?.[1];
    const code = /^(\d{3} \d{3})$/m.exec(text)?.[1];
    const email = to?.[0]?.address;
    if (url === undefined || link === undefined || code === undefined || email === undefined) continue;
    if (!html.includes(url) || !html.includes(code)) throw new Error(`${name}: HTML and text differ`);
    mails.push({ email, url, link, code: code.replace(' ', '') });
  }
  return mails;
}

/** How many e-mails a mailbox keeps. */
export const mailsIn = (mailbox: string): number =>
  existsSync(mailbox) ? readdirSync(mailbox).filter((name) => name.endsWith('.eml')).length : 0;

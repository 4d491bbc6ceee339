import { randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import { type LinkRecipient } from '../store/link-mails.ts';
import {
  type NewMail,
  findLinkMail,
  hurryMail,
  insertMails,
  requeueRefused,
  requeueSent,
} from '../store/mail.ts';
import type { Transaction } from '../store/store.ts';

/** A name of an e-mail for ever: given when it is queued, so that a repeat after a crash is the same e-mail again. */
function newName(config: Config): { readonly id: string; readonly messageId: string } {
  const id = randomUUID();
  return { id, messageId: `<${id}@${config.mailFrom.slice(config.mailFrom.lastIndexOf('@') + 1)}>` };
}

/** Queues the link mails of these voters: once for each version of a link, refused ones again. Answers how many. */
export async function enqueueLinks(
  trx: Transaction,
  config: Config,
  electionId: string,
  recipients: readonly LinkRecipient[],
  now: number,
): Promise<number> {
  const fresh = recipients.filter(({ refusedId }) => refusedId === null);
  const refused = recipients.flatMap(({ refusedId }) => (refusedId === null ? [] : [refusedId]));
  const mails = fresh.map(({ voterId, batch }): NewMail => {
    return { ...newName(config), electionId, voterId, kind: 'link', batch, recipient: null };
  });
  return (await insertMails(trx, mails, now)) + (await requeueRefused(trx, refused, now));
}

const RESEND_PAUSE_MS = 15 * 60_000;

/**
 * Sends a voter's link mail again, to the same address: at most once in 15 minutes, so that nobody who holds a link can
 * flood a mailbox. Does nothing where no mail brought the present link.
 */
export function enqueueLinkAgain(
  trx: Transaction,
  config: Config,
  voter: { readonly id: string; readonly linkVersion: number },
  now: number,
): Promise<boolean> {
  const { messageId } = newName(config);
  const batch = String(voter.linkVersion);
  return requeueSent(trx, { voterId: voter.id, batch, sentBefore: now - RESEND_PAUSE_MS, messageId }, now);
}

/**
 * Sends one voter the present link now, as staff asks for it: a first mail (`queued`); another one, or the refused or put
 * off one again (`requeued`); nothing where one is about to leave (`waiting`). Whether the election may send links, and
 * that its key is fixed by that, is for the caller.
 */
export async function enqueueVoterLink(
  trx: Transaction,
  config: Config,
  voter: { readonly id: string; readonly electionId: string; readonly linkVersion: number },
  now: number,
): Promise<'queued' | 'requeued' | 'waiting'> {
  const batch = String(voter.linkVersion);
  const known = await findLinkMail(trx, voter.id, batch);
  if (known?.state === 'sent') {
    const { messageId } = newName(config);
    await requeueSent(trx, { voterId: voter.id, batch, sentBefore: now, messageId }, now);
    return 'requeued';
  }
  if (known !== undefined) {
    const isAboutToLeave = known.state === 'sending' || (known.state === 'queued' && known.due_at <= now);
    if (!isAboutToLeave) await hurryMail(trx, known.id, now);
    return isAboutToLeave ? 'waiting' : 'requeued';
  }
  const mail: NewMail = {
    ...newName(config),
    electionId: voter.electionId,
    voterId: voter.id,
    kind: 'link',
    batch,
    recipient: null,
  };
  await insertMails(trx, [mail], now);
  await hurryMail(trx, mail.id, now);
  return 'queued';
}

/** Queues a test mail for each of these staff addresses. */
export function enqueueTests(
  trx: Transaction,
  config: Config,
  addresses: readonly string[],
  now: number,
): Promise<number> {
  const mails = addresses.map((recipient): NewMail => {
    const name = newName(config);
    return { ...name, electionId: null, voterId: null, kind: 'test', batch: name.id, recipient };
  });
  return insertMails(trx, mails, now);
}

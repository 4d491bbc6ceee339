import { randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import type { MailKind } from '../domain/mail.ts';
import { type TemplateKey, sampleBatch } from '../domain/mail-template.ts';
import { findElection } from '../store/elections.ts';
import {
  type NewMail,
  findVoterMail,
  hurryMail,
  insertMails,
  requeueRefused,
  requeueSent,
} from '../store/mail.ts';
import type { RunRecipient } from '../store/run-recipients.ts';
import type { Transaction } from '../store/store.ts';

/** Whose present link an e-mail is about. */
interface LinkHolder {
  readonly id: string;
  readonly electionId: string;
  readonly linkVersion: number;
}

type AccessKind = 'link' | 'code';

/** A name of an e-mail for ever: given when it is queued, so that a repeat after a crash is the same e-mail again. */
function newName(config: Config): { readonly id: string; readonly messageId: string } {
  const id = randomUUID();
  return { id, messageId: `<${id}@${config.mailFrom.slice(config.mailFrom.lastIndexOf('@') + 1)}>` };
}

/** Queues an e-mail of `kind` to each of these voters: once for each batch, refused ones again. Answers how many. */
export async function enqueueRun(
  trx: Transaction,
  config: Config,
  run: { readonly electionId: string; readonly kind: MailKind },
  recipients: readonly RunRecipient[],
  now: number,
): Promise<number> {
  const { electionId, kind } = run;
  const fresh = recipients.filter(({ refusedId }) => refusedId === null);
  const refused = recipients.flatMap(({ refusedId }) => (refusedId === null ? [] : [refusedId]));
  const mails = fresh.map(({ voterId, batch }): NewMail => {
    return { ...newName(config), electionId, voterId, kind, batch, recipient: null };
  });
  return (await insertMails(trx, mails, now)) + (await requeueRefused(trx, refused, now));
}

/** What brings a voter's link and code: one e-mail, or two where the codes travel apart. */
async function accessKinds(trx: Transaction, electionId: string): Promise<readonly AccessKind[]> {
  const election = await findElection(trx, electionId);
  return election?.code_channel === 'separate' ? ['link', 'code'] : ['link'];
}

const RESEND_PAUSE_MS = 15 * 60_000;

/**
 * Sends what brought a voter's link and code again, to the same address: at most once in 15 minutes, so that nobody who
 * holds a link can flood a mailbox. Does nothing where no mail brought the present link.
 */
export async function enqueueLinkAgain(
  trx: Transaction,
  config: Config,
  voter: LinkHolder,
  now: number,
): Promise<void> {
  const batch = String(voter.linkVersion);
  const sentBefore = now - RESEND_PAUSE_MS;
  for (const kind of await accessKinds(trx, voter.electionId)) {
    const { messageId } = newName(config);
    await requeueSent(trx, { voterId: voter.id, kind, batch, sentBefore, messageId }, now);
  }
}

/**
 * Sends one voter the present link now, as staff asks for it: a first mail (`queued`); another one, or the refused or put
 * off one again (`requeued`); nothing where one is about to leave (`waiting`). A code that travels apart goes with it.
 * Whether the election may send links, and that its key is fixed by that, is for the caller.
 */
export async function enqueueVoterLink(
  trx: Transaction,
  config: Config,
  voter: LinkHolder,
  now: number,
): Promise<'queued' | 'requeued' | 'waiting'> {
  const [link, ...others] = await accessKinds(trx, voter.electionId);
  for (const kind of others) await enqueueNow(trx, config, voter, kind, now);
  return enqueueNow(trx, config, voter, link ?? 'link', now);
}

async function enqueueNow(
  trx: Transaction,
  config: Config,
  voter: LinkHolder,
  kind: AccessKind,
  now: number,
): Promise<'queued' | 'requeued' | 'waiting'> {
  const batch = String(voter.linkVersion);
  const known = await findVoterMail(trx, voter.id, kind, batch);
  if (known?.state === 'sent') {
    const { messageId } = newName(config);
    await requeueSent(trx, { voterId: voter.id, kind, batch, sentBefore: now, messageId }, now);
    return 'requeued';
  }
  if (known !== undefined) {
    const isAboutToLeave = known.state === 'sending' || (known.state === 'queued' && known.due_at <= now);
    if (!isAboutToLeave) await hurryMail(trx, known.id, now);
    return isAboutToLeave ? 'waiting' : 'requeued';
  }
  const { electionId, id: voterId } = voter;
  const mail: NewMail = { ...newName(config), electionId, voterId, kind, batch, recipient: null };
  await insertMails(trx, [mail], now);
  await hurryMail(trx, mail.id, now);
  return 'queued';
}

/** Queues a sample of one text to a member of staff. */
export function enqueueSample(
  trx: Transaction,
  config: Config,
  sample: { readonly key: TemplateKey; readonly recipient: string },
  now: number,
): Promise<number> {
  const name = newName(config);
  const batch = sampleBatch(sample.key, name.id);
  const { recipient } = sample;
  return insertMails(
    trx,
    [{ ...name, electionId: null, voterId: null, kind: 'sample', batch, recipient }],
    now,
  );
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

/** Queues a mail to an address that somebody typed into a public form. */
export async function enqueueToAddress(
  trx: Transaction,
  config: Config,
  mail: {
    readonly kind: 'registration' | 'roll-answer';
    readonly electionId: string;
    readonly batch: string;
    readonly recipient: string;
  },
  now: number,
): Promise<void> {
  await insertMails(trx, [{ ...newName(config), ...mail, voterId: null }], now);
}

import type { Selectable } from 'kysely';
import { type MailKind, isAwaited } from '../domain/mail.ts';
import type { Schema } from './schema.ts';
import type { Transaction } from './store.ts';

export type MailRow = Selectable<Schema['mail']>;

/** An e-mail to be queued. Its text is not here: it is rendered when it is sent. */
export interface NewMail {
  readonly id: string;
  readonly electionId: string | null;
  readonly voterId: string | null;
  readonly kind: MailKind;
  /** With voter and kind: what is sent once. For links, the version of the link. */
  readonly batch: string;
  /** Only for staff: a voter's address is read from the roll when the mail leaves. */
  readonly recipient: string | null;
  readonly messageId: string;
}

/** 12 values a row: well below the 32,766 variables of one SQLite statement. */
const ROWS_A_STATEMENT = 500;

/** Queues what is not queued yet (voter, kind and batch once); answers how many were new. */
export async function insertMails(trx: Transaction, mails: readonly NewMail[], now: number): Promise<number> {
  let added = 0;
  for (let at = 0; at < mails.length; at += ROWS_A_STATEMENT) {
    const result = await trx
      .insertInto('mail')
      .values(
        mails.slice(at, at + ROWS_A_STATEMENT).map((mail) => ({
          id: mail.id,
          election_id: mail.electionId,
          voter_id: mail.voterId,
          kind: mail.kind,
          batch: mail.batch,
          recipient: mail.recipient,
          state: 'queued' as const,
          due_at: now,
          message_id: mail.messageId,
          created_at: now,
          is_urgent: isAwaited(mail.kind) ? (1 as const) : (0 as const),
        })),
      )
      .onConflict((conflict) => conflict.columns(['voter_id', 'kind', 'batch']).doNothing())
      .executeTakeFirst();
    added += Number(result.numInsertedOrUpdatedRows ?? 0);
  }
  return added;
}

/** Puts refused e-mails back in the queue, with the Message-ID they had; answers how many. */
export async function requeueRefused(trx: Transaction, ids: readonly string[], now: number): Promise<number> {
  let count = 0;
  for (let at = 0; at < ids.length; at += ROWS_A_STATEMENT) {
    const result = await trx
      .updateTable('mail')
      .set({ state: 'queued', attempts: 0, due_at: now, answer: null })
      .where('id', 'in', ids.slice(at, at + ROWS_A_STATEMENT))
      .where('state', '=', 'refused')
      .executeTakeFirst();
    count += Number(result.numUpdatedRows);
  }
  return count;
}

/**
 * Puts a voter's mail back in the queue under a new Message-ID (mailboxes hide a second e-mail with the same one),
 * unless it was sent after `sentBefore`. Somebody asked for it just now, so it is urgent. Answers whether it did.
 */
export async function requeueSent(
  trx: Transaction,
  mail: {
    readonly voterId: string;
    readonly kind: 'link' | 'code';
    readonly batch: string;
    readonly sentBefore: number;
    readonly messageId: string;
  },
  now: number,
): Promise<boolean> {
  const result = await trx
    .updateTable('mail')
    .set({
      state: 'queued',
      attempts: 0,
      due_at: now,
      answer: null,
      message_id: mail.messageId,
      is_urgent: 1,
    })
    .where('voter_id', '=', mail.voterId)
    .where('kind', '=', mail.kind)
    .where('batch', '=', mail.batch)
    .where('state', '=', 'sent')
    .where('sent_at', '<=', mail.sentBefore)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** A voter's mail of one kind and batch: its id and where it stands. */
export const findVoterMail = (
  trx: Transaction,
  voterId: string,
  kind: 'link' | 'code',
  batch: string,
): Promise<Pick<MailRow, 'id' | 'state' | 'due_at'> | undefined> =>
  trx
    .selectFrom('mail')
    .select(['id', 'state', 'due_at'])
    .where('voter_id', '=', voterId)
    .where('kind', '=', kind)
    .where('batch', '=', batch)
    .executeTakeFirst();

/** Puts one e-mail that is not under way first in the queue, with the Message-ID it had. */
export async function hurryMail(trx: Transaction, id: string, now: number): Promise<void> {
  await trx
    .updateTable('mail')
    .set({ state: 'queued', attempts: 0, due_at: now, answer: null, is_urgent: 1 })
    .where('id', '=', id)
    .where('state', '!=', 'sending')
    .execute();
}

import type { Selectable } from 'kysely';
import type { MailKind } from '../domain/mail.ts';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

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

/** 11 values a row: well below the 32,766 variables of one SQLite statement. */
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
 * Puts a voter's link mail back in the queue under a new Message-ID (mailboxes hide a second e-mail with the same one),
 * unless it was sent after `sentBefore`. Answers whether it did.
 */
export async function requeueSent(
  trx: Transaction,
  mail: {
    readonly voterId: string;
    readonly batch: string;
    readonly sentBefore: number;
    readonly messageId: string;
  },
  now: number,
): Promise<boolean> {
  const result = await trx
    .updateTable('mail')
    .set({ state: 'queued', attempts: 0, due_at: now, answer: null, message_id: mail.messageId })
    .where('voter_id', '=', mail.voterId)
    .where('kind', '=', 'link')
    .where('batch', '=', mail.batch)
    .where('state', '=', 'sent')
    .where('sent_at', '<=', mail.sentBefore)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export interface Claim {
  readonly claimant: string;
  readonly now: number;
  /** Only e-mails of this election. */
  readonly electionId?: string;
  /** From the young end of the queue, so that one late e-mail does not wait behind ten thousand. */
  readonly youngestFirst: boolean;
}

/** Takes one due e-mail for this worker. The state is asked again by the update itself: of two workers one wins. */
export function claimMail(trx: Transaction, claim: Claim): Promise<MailRow | undefined> {
  const { electionId } = claim;
  const direction = claim.youngestFirst ? 'desc' : 'asc';
  const due = trx
    .selectFrom('mail')
    .select('id')
    .where('state', '=', 'queued')
    .where('due_at', '<=', claim.now)
    .$if(electionId !== undefined, (query) => query.where('election_id', '=', electionId ?? null))
    .orderBy('due_at', direction)
    .orderBy('id', direction)
    .limit(1);
  return trx
    .updateTable('mail')
    .set((set) => ({
      state: 'sending' as const,
      claimed_by: claim.claimant,
      claimed_at: claim.now,
      attempts: set('attempts', '+', 1),
    }))
    .where('id', '=', due)
    .where('state', '=', 'queued')
    .returningAll()
    .executeTakeFirst();
}

/** How a claimed e-mail ended. */
export type Settlement =
  | { readonly state: 'sent'; readonly answer: string; readonly at: number }
  | { readonly state: 'refused' | 'skipped'; readonly answer: string }
  | { readonly state: 'queued'; readonly answer: string; readonly dueAt: number }
  /** Stopped before anything left: as if it had not been claimed. */
  | { readonly state: 'released' };

/** Records the end of a claim. Sent stays sent even where the claim was taken away meanwhile: the copy has left. */
export async function settleMail(
  trx: Transaction,
  id: string,
  claimant: string,
  settlement: Settlement,
): Promise<void> {
  const done = trx.updateTable('mail').set({ claimed_by: null, claimed_at: null }).where('id', '=', id);
  switch (settlement.state) {
    case 'sent': {
      const { answer, at } = settlement;
      const sent = done.set({ state: 'sent', answer, sent_at: at });
      await sent.where('state', 'in', ['sending', 'queued']).execute();
      return;
    }
    case 'queued': {
      const { answer, dueAt } = settlement;
      const put = done.set({ state: 'queued', answer, due_at: dueAt });
      await put.where('state', '=', 'sending').where('claimed_by', '=', claimant).execute();
      return;
    }
    case 'released': {
      const put = done.set((set) => ({ state: 'queued' as const, attempts: set('attempts', '-', 1) }));
      await put.where('state', '=', 'sending').where('claimed_by', '=', claimant).execute();
      return;
    }
    case 'refused':
    case 'skipped': {
      const ended = done.set({ state: settlement.state, answer: settlement.answer });
      await ended.where('state', '=', 'sending').where('claimed_by', '=', claimant).execute();
    }
  }
}

/** Who holds claims now. */
export async function listClaimants(reader: Reader): Promise<string[]> {
  const rows = await reader
    .selectFrom('mail')
    .select('claimed_by')
    .distinct()
    .where('state', '=', 'sending')
    .execute();
  return rows.flatMap(({ claimed_by }) => (claimed_by === null ? [] : [claimed_by]));
}

/** Frees the claims of `claimants`, and of anybody since before `before`; answers how many. */
export async function freeClaims(
  trx: Transaction,
  claimants: readonly string[],
  before: number,
): Promise<number> {
  const result = await trx
    .updateTable('mail')
    .set({ state: 'queued', claimed_by: null, claimed_at: null })
    .where('state', '=', 'sending')
    .where((either) =>
      either.or([
        either('claimed_at', '<', before),
        ...(claimants.length === 0 ? [] : [either('claimed_by', 'in', claimants)]),
      ]),
    )
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Whether an e-mail is due now. */
export async function hasDueMail(reader: Reader, now: number): Promise<boolean> {
  const row = await reader
    .selectFrom('mail')
    .select('id')
    .where('state', '=', 'queued')
    .where('due_at', '<=', now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

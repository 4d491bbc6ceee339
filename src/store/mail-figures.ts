import { sql } from 'kysely';
import type { MailState } from '../domain/mail.ts';
import type { Reader } from './store.ts';

/** How the e-mails of an election stand. */
export interface MailFigures {
  readonly queued: number;
  readonly sending: number;
  readonly sent: number;
  readonly refused: number;
  readonly skipped: number;
  /** Tried more than once, whatever became of them. */
  readonly retried: number;
  /** When the first of those that wait is due, in milliseconds. */
  readonly oldestDueAt: number | null;
  readonly lastSentAt: number | null;
  readonly isPaused: boolean;
}

/** All figures of one instant, each from an index alone: 100,000 e-mails take milliseconds. */
export async function mailFigures(reader: Reader, electionId: string): Promise<MailFigures> {
  const row = await reader
    .selectNoFrom(({ selectFrom }) => {
      const mails = selectFrom('mail').where('election_id', '=', electionId);
      const count = mails.select((of) => of.fn.countAll<number | string>().as('mails'));
      const inState = (state: MailState) => count.where('state', '=', state);
      return [
        inState('queued').as('queued'),
        inState('sending').as('sending'),
        inState('sent').as('sent'),
        inState('refused').as('refused'),
        inState('skipped').as('skipped'),
        // written out, not a parameter: only so is the partial index known to hold all that is asked for
        count.where('attempts', '>', sql.lit(1)).as('retried'),
        mails
          .select((of) => of.fn.min('due_at').as('at'))
          .where('state', '=', 'queued')
          .as('oldestDueAt'),
        mails.select((of) => of.fn.max('sent_at').as('at')).as('lastSentAt'),
        selectFrom('mail_pause').select('paused_at').where('election_id', '=', electionId).as('pausedAt'),
      ];
    })
    .executeTakeFirstOrThrow();
  return {
    queued: Number(row.queued),
    sending: Number(row.sending),
    sent: Number(row.sent),
    refused: Number(row.refused),
    skipped: Number(row.skipped),
    retried: Number(row.retried),
    oldestDueAt: row.oldestDueAt,
    lastSentAt: row.lastSentAt,
    isPaused: row.pausedAt !== null,
  };
}

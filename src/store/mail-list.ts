import { type ExpressionBuilder, sql } from 'kysely';
import type { MailKind, MailState } from '../domain/mail.ts';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

export interface KindTotals extends Readonly<Record<MailState, number>> {
  readonly kind: MailKind;
}

/** E-mails of an election by kind and state, whatever became of their voters. */
export async function mailTotalsByKind(reader: Reader, electionId: string): Promise<KindTotals[]> {
  const rows = await reader
    .selectFrom('mail')
    .select(['kind', 'state', (count) => count.fn.countAll<number | string>().as('mails')])
    .where('election_id', '=', electionId)
    .groupBy(['kind', 'state'])
    .orderBy('kind')
    .execute();
  const totals = new Map<MailKind, KindTotals>();
  for (const { kind, state, mails } of rows) {
    const known = totals.get(kind) ?? { kind, queued: 0, sending: 0, sent: 0, refused: 0, skipped: 0 };
    totals.set(kind, { ...known, [state]: Number(mails) });
  }
  return [...totals.values()];
}

/** How many e-mails of an election were sent after `since`. */
export async function sentSince(reader: Reader, electionId: string, since: number): Promise<number> {
  const { mails } = await reader
    .selectFrom('mail')
    .select((count) => count.fn.countAll<number | string>().as('mails'))
    .where('election_id', '=', electionId)
    .where('sent_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(mails);
}

/** How many e-mails of an election the mail server has put off to later than `now`. */
export async function countPutOff(reader: Reader, electionId: string, now: number): Promise<number> {
  const { mails } = await reader
    .selectFrom('mail')
    .select((count) => count.fn.countAll<number | string>().as('mails'))
    .where('election_id', '=', electionId)
    .where('state', '=', 'queued')
    .where('due_at', '>', now)
    .executeTakeFirstOrThrow();
  return Number(mails);
}

/**
 * Where an e-mail stands, as staff may know it of a voter. `done` is sent and no longer needed alike: apart they would say
 * who had voted before an e-mail could leave.
 */
export type MailStanding = 'waiting' | 'retrying' | 'refused' | 'done';

export interface MailQuery {
  readonly electionId: string;
  /** Of these kinds. */
  readonly kinds: readonly MailKind[];
  readonly standing: MailStanding | undefined;
  /** Parts of the name or the address, without capitals and accents. */
  readonly words: readonly string[];
}

/** An e-mail as staff sees it. */
export interface ListedMail {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly kind: MailKind;
  readonly standing: MailStanding;
  readonly attempts: number;
  /** When it is tried next, in milliseconds; undefined where it is not. */
  readonly dueAt: number | undefined;
  /** The last words of the mail server, or a MailReason of ours, of an e-mail in trouble. */
  readonly answer: string | undefined;
}

const holding = (word: string): string => `%${word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

function hasStanding(of: ExpressionBuilder<Schema, 'mail' | 'voter'>, standing: MailStanding) {
  switch (standing) {
    case 'waiting':
      return of.or([
        of('mail.state', '=', 'sending'),
        of.and([of('mail.state', '=', 'queued'), of('mail.answer', 'is', null)]),
      ]);
    case 'retrying':
      return of.and([of('mail.state', '=', 'queued'), of('mail.answer', 'is not', null)]);
    case 'refused':
      return of('mail.state', '=', 'refused');
    case 'done':
      return of('mail.state', 'in', ['sent', 'skipped']);
  }
}

function standingOf(state: MailState, answer: string | null): MailStanding {
  if (state === 'refused') return 'refused';
  if (state === 'sent' || state === 'skipped') return 'done';
  return state === 'queued' && answer !== null ? 'retrying' : 'waiting';
}

function mailsOf(reader: Reader, { electionId, kinds, standing, words }: MailQuery) {
  let query = reader
    .selectFrom('mail')
    .innerJoin('voter', 'voter.id', 'mail.voter_id')
    .where('voter.election_id', '=', electionId)
    .where('mail.kind', 'in', kinds);
  if (standing !== undefined) query = query.where((of) => hasStanding(of, standing));
  for (const word of words) {
    const pattern = sql<string>`${holding(word)} escape '\\'`;
    query = query.where(({ or, eb }) =>
      or([eb('voter.name_key', 'like', pattern), eb('voter.email', 'like', pattern)]),
    );
  }
  return query;
}

/** How many e-mails match. */
export async function countMails(reader: Reader, query: MailQuery): Promise<number> {
  const { mails } = await mailsOf(reader, query)
    .select((count) => count.fn.countAll<number | string>().as('mails'))
    .executeTakeFirstOrThrow();
  return Number(mails);
}

/** Matching e-mails, by the names of their voters; `offset` counts from 0. */
export async function listMails(
  reader: Reader,
  query: MailQuery,
  part: { readonly offset: number; readonly limit: number },
): Promise<ListedMail[]> {
  const rows = await mailsOf(reader, query)
    .select([
      'mail.id',
      'voter.first_name as firstName',
      'voter.last_name as lastName',
      'voter.email',
      'mail.kind',
      'mail.state',
      'mail.attempts',
      'mail.due_at as dueAt',
      'mail.answer',
    ])
    .orderBy('voter.name_key')
    .orderBy('voter.email')
    .orderBy('mail.kind')
    .orderBy('mail.id')
    .offset(part.offset)
    .limit(part.limit)
    .execute();
  return rows.map(({ state, answer, dueAt, ...row }) => {
    const standing = standingOf(state, answer);
    const isTroubled = standing === 'retrying' || standing === 'refused';
    return {
      ...row,
      standing,
      dueAt: standing === 'retrying' ? dueAt : undefined,
      answer: isTroubled && answer !== null ? answer : undefined,
    };
  });
}

/**
 * Puts refused e-mails of an election, and those put off to later, back in the queue as due now, each with the Message-ID
 * it had; only `mailId` where given. Answers how many.
 */
export async function requeueTroubled(
  trx: Transaction,
  electionId: string,
  mailId: string | undefined,
  now: number,
): Promise<number> {
  const result = await trx
    .updateTable('mail')
    .set({ state: 'queued', attempts: 0, due_at: now, answer: null })
    .where('election_id', '=', electionId)
    .$if(mailId !== undefined, (query) => query.where('id', '=', mailId ?? ''))
    .where((of) =>
      of.or([of('state', '=', 'refused'), of.and([of('state', '=', 'queued'), of('due_at', '>', now)])]),
    )
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

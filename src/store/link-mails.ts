import { type Selectable, sql } from 'kysely';
import type { MailKind, MailState } from '../domain/mail.ts';
import type { Schema } from './schema.ts';
import type { Reader } from './store.ts';

export type MailedVoter = Pick<
  Selectable<Schema['voter']>,
  'id' | 'first_name' | 'last_name' | 'email' | 'link_version' | 'is_marked'
>;

/** The voter an e-mail is for, as the roll says now. */
export const findMailedVoter = (reader: Reader, id: string): Promise<MailedVoter | undefined> =>
  reader
    .selectFrom('voter')
    .select(['id', 'first_name', 'last_name', 'email', 'link_version', 'is_marked'])
    .where('id', '=', id)
    .executeTakeFirst();

/** The batch of a voter's present link, as the outbox keys it. */
const presentBatch = sql<string>`cast(voter.link_version as text)`;

export interface LinkRecipient {
  readonly voterId: string;
  readonly email: string;
  readonly batch: string;
  /** The e-mail of the present link that was refused before. */
  readonly refusedId: string | null;
}

/** Voters after `after` (by e-mail address) who have not voted and have no link mail queued or sent for their present link. */
export async function listLinkRecipients(
  reader: Reader,
  electionId: string,
  after: string,
  limit: number,
): Promise<LinkRecipient[]> {
  const rows = await reader
    .selectFrom('voter')
    .leftJoin('mail', (join) =>
      join
        .onRef('mail.voter_id', '=', 'voter.id')
        .on('mail.kind', '=', 'link')
        .on('mail.batch', '=', presentBatch),
    )
    .select(['voter.id as voterId', 'voter.email', presentBatch.as('batch'), 'mail.id as refusedId'])
    .where('voter.election_id', '=', electionId)
    .where('voter.email', '>', after)
    .where('voter.is_marked', '=', 0)
    .where((either) => either.or([either('mail.id', 'is', null), either('mail.state', '=', 'refused')]))
    .orderBy('voter.email')
    .limit(limit)
    .execute();
  return rows;
}

/** Everybody on the roll, in exactly one of these. */
export interface LinkStandings {
  /** Would get a link mail by sending now, `refused` ones among them. */
  readonly toSend: number;
  readonly waiting: number;
  readonly sent: number;
  /** Refused, and not voted. */
  readonly refused: number;
  readonly voted: number;
  readonly voters: number;
}

/** Where the links of an election stand, by the present link of each voter. */
export async function linkStandings(reader: Reader, electionId: string): Promise<LinkStandings> {
  const rows = await reader
    .selectFrom('voter')
    .leftJoin('mail', (join) =>
      join
        .onRef('mail.voter_id', '=', 'voter.id')
        .on('mail.kind', '=', 'link')
        .on('mail.batch', '=', presentBatch),
    )
    .select(['voter.is_marked', 'mail.state', (count) => count.fn.countAll<number | string>().as('voters')])
    .where('voter.election_id', '=', electionId)
    .groupBy(['voter.is_marked', 'mail.state'])
    .execute();
  const sum = (matches: (row: (typeof rows)[number]) => boolean): number =>
    rows.filter(matches).reduce((total, row) => total + Number(row.voters), 0);
  const unmarked = (...states: readonly (MailState | null)[]): number =>
    sum((row) => row.is_marked === 0 && states.includes(row.state));
  return {
    toSend: unmarked(null, 'refused'),
    waiting: unmarked('queued', 'sending'),
    sent: unmarked('sent'),
    refused: unmarked('refused'),
    voted: sum((row) => row.is_marked === 1),
    voters: sum(() => true),
  };
}

/** E-mails of one kind and election by state, whatever became of their voters. */
export async function mailTotals(
  reader: Reader,
  electionId: string,
  kind: MailKind,
): Promise<Readonly<Record<MailState, number>>> {
  const rows = await reader
    .selectFrom('mail')
    .select(['state', (count) => count.fn.countAll<number | string>().as('mails')])
    .where('election_id', '=', electionId)
    .where('kind', '=', kind)
    .groupBy('state')
    .execute();
  const totals = { queued: 0, sending: 0, sent: 0, refused: 0, skipped: 0 };
  for (const row of rows) totals[row.state] = Number(row.mails);
  return totals;
}

/** An e-mail that met trouble: refused for good, or put off with the reason of the last try. */
export interface MailTrouble {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly state: 'refused' | 'queued';
  readonly attempts: number;
  readonly dueAt: number;
  readonly answer: string;
}

/** E-mails of an election that met trouble, the refused ones first, at most `limit`. */
export async function listMailTroubles(
  reader: Reader,
  electionId: string,
  limit: number,
): Promise<MailTrouble[]> {
  const rows = await reader
    .selectFrom('mail')
    .innerJoin('voter', 'voter.id', 'mail.voter_id')
    .select([
      'voter.first_name as firstName',
      'voter.last_name as lastName',
      'voter.email',
      'mail.state',
      'mail.attempts',
      'mail.due_at as dueAt',
      'mail.answer',
    ])
    .where('mail.election_id', '=', electionId)
    .where('mail.state', 'in', ['refused', 'queued'])
    .where('mail.answer', 'is not', null)
    .orderBy('mail.state', 'desc')
    .orderBy('voter.last_name')
    .orderBy('voter.first_name')
    .orderBy('voter.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    ...row,
    state: row.state === 'refused' ? 'refused' : 'queued',
    answer: row.answer ?? '',
  }));
}

/** The roll by voter id, a page at a time: whose link goes to which address. */
export async function* listLinkHolders(
  reader: Reader,
  electionId: string,
  size = 1_000,
): AsyncGenerator<readonly Pick<MailedVoter, 'id' | 'email' | 'link_version'>[]> {
  let after = '';
  for (;;) {
    const rows = await reader
      .selectFrom('voter')
      .select(['id', 'email', 'link_version'])
      .where('election_id', '=', electionId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(size)
      .execute();
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)?.id ?? after;
  }
}

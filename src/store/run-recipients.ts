import { type SelectQueryBuilder, sql } from 'kysely';
import type { Schema } from './schema.ts';
import type { Reader } from './store.ts';

/** What is sent to many voters at once. */
export interface MailRun {
  readonly electionId: string;
  readonly kind: 'invitation' | 'code' | 'reminder' | 'result';
  /** With kind and voter: what is sent once. `'link'`: once for each version of the voter's link. */
  readonly batch: string;
}

export interface RunRecipient {
  readonly voterId: string;
  readonly email: string;
  readonly batch: string;
  /** The e-mail of this batch that was refused before. */
  readonly refusedId: string | null;
}

const presentBatch = sql<string>`cast(voter.link_version as text)`;

/** Voters who have no e-mail of this run queued or sent. Nobody is reminded whose link never left. */
function recipientsOf(reader: Reader, run: MailRun) {
  const { electionId, kind } = run;
  const batch = run.batch === 'link' ? presentBatch : sql<string>`${run.batch}`;
  return reader
    .selectFrom('voter')
    .leftJoin('mail', (join) =>
      join.onRef('mail.voter_id', '=', 'voter.id').on('mail.kind', '=', kind).on('mail.batch', '=', batch),
    )
    .where('voter.election_id', '=', electionId)
    .where((either) => either.or([either('mail.id', 'is', null), either('mail.state', '=', 'refused')]))
    .$if(kind !== 'result', (query) => query.where('voter.is_marked', '=', 0))
    .$if(kind === 'reminder', (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('mail as link')
            .select('link.id')
            .whereRef('link.voter_id', '=', 'voter.id')
            .where('link.kind', '=', 'link')
            .where('link.batch', '=', presentBatch)
            .where('link.state', '=', 'sent'),
        ),
      ),
    )
    .select([
      'voter.id as voterId',
      'voter.email as email',
      batch.as('batch'),
      'mail.id as refusedId',
    ]) satisfies SelectQueryBuilder<Schema, 'voter' | 'mail', RunRecipient>;
}

/** The next recipients after `after` (by e-mail address). */
export const listRunRecipients = (
  reader: Reader,
  run: MailRun,
  after: string,
  limit: number,
): Promise<RunRecipient[]> =>
  recipientsOf(reader, run).where('voter.email', '>', after).orderBy('voter.email').limit(limit).execute();

/** To how many voters sending now would go. */
export async function countRunRecipients(reader: Reader, run: MailRun): Promise<number> {
  const row = await recipientsOf(reader, run)
    .clearSelect()
    .select((count) => count.fn.countAll<number | string>().as('voters'))
    .executeTakeFirst();
  return Number(row?.voters ?? 0);
}

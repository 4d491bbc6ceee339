import { type SqlBool, sql } from 'kysely';
import { MOST_IN_ALL } from '../domain/code-tries.ts';
import type { MailState } from '../domain/mail.ts';
import type { Reader } from './store.ts';

/**
 * Where the link mail of a voter stands, as staff may know it. `done` is sent and no longer needed alike: apart they
 * would say who had voted before the mail could leave.
 */
export type LinkStanding = 'none' | 'waiting' | 'done' | 'refused';

const STATES: Readonly<Record<Exclude<LinkStanding, 'none'>, readonly MailState[]>> = {
  waiting: ['queued', 'sending'],
  done: ['sent', 'skipped'],
  refused: ['refused'],
};

export interface LinkMailStanding {
  readonly standing: LinkStanding;
  /** The mail server's words, while the mail waits or was refused. */
  readonly answer: string | undefined;
}

/** The standing of the mail that brings a voter the present link. */
export async function linkStandingOf(
  reader: Reader,
  voter: { readonly id: string; readonly link_version: number },
): Promise<LinkMailStanding> {
  const mail = await reader
    .selectFrom('mail')
    .select(['state', 'answer'])
    .where('voter_id', '=', voter.id)
    .where('kind', '=', 'link')
    .where('batch', '=', String(voter.link_version))
    .executeTakeFirst();
  if (mail === undefined) return { standing: 'none', answer: undefined };
  const standing = (['waiting', 'done', 'refused'] as const).find((name) =>
    STATES[name].includes(mail.state),
  );
  if (standing === undefined) throw new Error(`a link mail stands at ${mail.state}`);
  return { standing, answer: standing === 'done' ? undefined : (mail.answer ?? undefined) };
}

/** What the list can be reduced to: the standings that somebody has to do something about. */
export type OpenStanding = Exclude<LinkStanding, 'done'>;

/** A condition on `voter`: how the mail of its present link stands. */
export function hasStanding(electionId: string, standing: OpenStanding) {
  const mail = sql`select 1 from mail where mail.voter_id = voter.id and mail.kind = 'link'
    and mail.batch = cast(voter.link_version as text)`;
  if (standing === 'none') return sql<SqlBool>`not exists (${mail})`;
  const states = sql.join(STATES[standing]);
  // the few mails of these states are found by their own index first
  return sql<SqlBool>`voter.id in (select voter_id from mail
    where election_id = ${electionId} and kind = 'link' and state in (${states}))
    and exists (${mail} and mail.state in (${states}))`;
}

/** A condition on `voter`: wrong codes have locked the link at `now`. */
export const isLockedAt = (now: number) =>
  sql<SqlBool>`voter.id in (select voter_id from code_tries
    where total_wrong >= ${MOST_IN_ALL} or locked_until > ${now})`;

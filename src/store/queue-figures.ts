import type { ElectionState } from '../domain/election.ts';
import type { MailState } from '../domain/mail.ts';
import type { Reader } from './store.ts';

/** E-mails of the whole server by their state; a state that none is in is not there. */
export async function mailsByState(reader: Reader): Promise<ReadonlyMap<MailState, number>> {
  const rows = await reader
    .selectFrom('mail')
    .select((of) => ['state', of.fn.countAll<number | string>().as('mails')])
    .groupBy('state')
    .execute();
  return new Map(rows.map(({ state, mails }) => [state, Number(mails)]));
}

export async function electionsByState(reader: Reader): Promise<ReadonlyMap<ElectionState, number>> {
  const rows = await reader
    .selectFrom('election')
    .select((of) => ['state', of.fn.countAll<number | string>().as('elections')])
    .groupBy('state')
    .execute();
  return new Map(rows.map(({ state, elections }) => [state, Number(elections)]));
}

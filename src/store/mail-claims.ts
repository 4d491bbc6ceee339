import type { WaitReason } from '../domain/mail.ts';
import type { MailRow } from './mail.ts';
import type { Reader, Transaction } from './store.ts';

/** Which e-mails may leave now. */
export interface Allowance {
  readonly now: number;
  /** Only e-mails of this election. */
  readonly electionId?: string | undefined;
  /** The throttle: how many may be tried within a minute; undefined: any number. */
  readonly perMinute: number | undefined;
  /** Quiet hours: only what somebody waits for may leave. */
  readonly isQuiet: boolean;
}

export interface Claim extends Allowance {
  readonly claimant: string;
  /** From the young end of the queue, so that one late e-mail does not wait behind ten thousand. */
  readonly youngestFirst: boolean;
}

const A_MINUTE = 60_000;

/** Whether the throttle lets one more leave: tries of the last minute are counted, of all processes and elections. */
async function isThrottled(reader: Reader, { now, perMinute }: Allowance): Promise<boolean> {
  if (perMinute === undefined) return false;
  const { tries } = await reader
    .selectFrom('mail')
    .select((count) => count.fn.countAll<number | string>().as('tries'))
    .where('tried_at', '>', now - A_MINUTE)
    // a clock that was set back must not stop the mail until it has caught up
    .where('tried_at', '<=', now)
    .executeTakeFirstOrThrow();
  return Number(tries) >= perMinute;
}

/** The elections to look in one by one, null for e-mails of none; undefined where nothing is paused: all at once. */
async function unpaused(
  reader: Reader,
  electionId: string | undefined,
): Promise<readonly (string | null)[] | undefined> {
  const paused = await reader.selectFrom('mail_pause').select('election_id').execute();
  if (electionId !== undefined) {
    return paused.some((pause) => pause.election_id === electionId) ? [] : [electionId];
  }
  if (paused.length === 0) return undefined;
  // election by election, because a search past 100,000 paused e-mails would take long each time
  const others = await reader
    .selectFrom('election')
    .select('id')
    .where(
      'id',
      'not in',
      paused.map((pause) => pause.election_id),
    )
    .execute();
  return [null, ...others.map(({ id }) => id)];
}

type Order = 'asc' | 'desc';

async function firstDue(
  reader: Reader,
  within: string | null | undefined,
  due: { readonly now: number; readonly isUrgent: boolean; readonly order: Order },
): Promise<string | undefined> {
  const row = await reader
    .selectFrom('mail')
    .select('id')
    .where('state', '=', 'queued')
    .where('is_urgent', '=', due.isUrgent ? 1 : 0)
    .where('due_at', '<=', due.now)
    .$if(within === null, (query) => query.where('election_id', 'is', null))
    .$if(typeof within === 'string', (query) => query.where('election_id', '=', within ?? null))
    .orderBy('due_at', due.order)
    .orderBy('id', due.order)
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** The first one due in these elections, what is urgent before the rest. */
async function firstDueIn(
  reader: Reader,
  elections: readonly (string | null)[] | undefined,
  { now, isQuiet }: Pick<Allowance, 'now' | 'isQuiet'>,
  order: Order,
): Promise<string | undefined> {
  for (const isUrgent of isQuiet ? [true] : [true, false]) {
    for (const within of elections ?? [undefined]) {
      const id = await firstDue(reader, within, { now, isUrgent, order });
      if (id !== undefined) return id;
    }
  }
  return undefined;
}

/** What was looked for, or why there is none: something is due and must wait, or (undefined) nothing is due. */
export type Due<T> =
  { readonly found: T } | { readonly found: undefined; readonly waitingFor: WaitReason | undefined };

const waiting = (waitingFor: WaitReason | undefined) => ({ found: undefined, waitingFor }) as const;

/** The id of what may leave next. */
export async function nextDue(
  reader: Reader,
  allowance: Allowance,
  order: Order = 'asc',
): Promise<Due<string>> {
  const { now, electionId } = allowance;
  const elections = await unpaused(reader, electionId);
  const found = await firstDueIn(reader, elections, allowance, order);
  if (found !== undefined) return (await isThrottled(reader, allowance)) ? waiting('throttle') : { found };
  const atAnyHour = { now, isQuiet: false };
  if ((await firstDueIn(reader, elections, atAnyHour, order)) !== undefined) return waiting('quiet');
  const everywhere = electionId === undefined ? undefined : [electionId];
  const paused = await firstDueIn(reader, everywhere, atAnyHour, order);
  return waiting(paused === undefined ? undefined : 'pause');
}

/**
 * Takes one due e-mail for this worker, or says why none may leave. The state is asked again by the update itself: of two
 * workers one wins.
 */
export async function claimMail(trx: Transaction, claim: Claim): Promise<Due<MailRow>> {
  for (;;) {
    const due = await nextDue(trx, claim, claim.youngestFirst ? 'desc' : 'asc');
    if (due.found === undefined) return due;
    const found = await trx
      .updateTable('mail')
      .set((set) => ({
        state: 'sending' as const,
        claimed_by: claim.claimant,
        claimed_at: claim.now,
        tried_at: claim.now,
        attempts: set('attempts', '+', 1),
      }))
      .where('id', '=', due.found)
      .where('state', '=', 'queued')
      .returningAll()
      .executeTakeFirst();
    if (found !== undefined) return { found };
  }
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

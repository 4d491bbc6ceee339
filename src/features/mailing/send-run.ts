import { type Act, requireAct } from '../../domain/lifecycle.ts';
import type { AuditKind } from '../../domain/audit-events.ts';
import type { MailState } from '../../domain/mail.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { enqueueRun } from '../../mail/outbox.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { factsOf, findElection, lockForAct } from '../../store/elections.ts';
import { mailTotals } from '../../store/link-mails.ts';
import {
  type ReminderRun,
  endReminderRun,
  insertReminderRun,
  lastReminderRun,
} from '../../store/reminder-runs.ts';
import { type MailRun, countRunRecipients, listRunRecipients } from '../../store/run-recipients.ts';
import type { Reader } from '../../store/store.ts';
import { type QueuedPart, VOTERS_AT_ONCE, queueAll } from './queue-all.ts';

/** E-mails to many voters beside the links. */
export const RUN_KINDS = ['invitation', 'reminder', 'result'] as const;
export type RunKind = (typeof RUN_KINDS)[number];

const ACTS: Readonly<Record<RunKind, Act>> = {
  invitation: 'send-invitations',
  reminder: 'send-reminders',
  result: 'send-results',
};
const EVENTS: Readonly<Record<RunKind, AuditKind>> = {
  invitation: 'invitations-queued',
  reminder: 'reminders-queued',
  result: 'results-queued',
};

/** Two clicks, or two people at once, are one reminder. */
const REMINDER_PAUSE_MS = 15 * 60_000;

export interface RunRequest {
  readonly electionId: string;
  readonly kind: RunKind;
  readonly actor: Actor;
  /** Called after each thousand voters. */
  readonly onProgress?: (queued: number) => void;
}

interface RunQueued {
  readonly queued: number;
}

/** A run that was interrupted goes on under its number; otherwise the next number. */
const numberAfter = (last: ReminderRun | undefined): number => {
  if (last === undefined) return 1;
  return last.queued_at === null ? last.number : last.number + 1;
};

async function runOf(reader: Reader, electionId: string, kind: RunKind): Promise<MailRun> {
  const batch = kind === 'reminder' ? numberAfter(await lastReminderRun(reader, electionId)) : 1;
  return { electionId, kind, batch: String(batch) };
}

/** When a reminder may be sent again, where one was queued lately. */
const pausedUntil = (last: ReminderRun | undefined, now: number): number | undefined => {
  const until = (last?.queued_at ?? -Infinity) + REMINDER_PAUSE_MS;
  return until > now ? until : undefined;
};

/** Starts reminders, or takes up those that were interrupted. Nothing to do: undefined. */
function startReminders(
  runtime: Runtime,
  electionId: string,
): Promise<Outcome<MailRun | undefined, RefusalCode>> {
  return runtime.store.inTransaction(async (trx) => {
    const now = runtime.clock.now();
    const locked = await lockForAct(trx, electionId, 'send-reminders', now);
    if (!locked.ok) return locked;
    const last = await lastReminderRun(trx, electionId);
    const until = pausedUntil(last, now);
    if (until !== undefined) return refuse('REMINDED_LATELY', { until });
    const run = await runOf(trx, electionId, 'reminder');
    const isNew = last?.queued_at !== null;
    if (isNew && (await countRunRecipients(trx, run)) === 0) return accept(undefined);
    const number = Number(run.batch);
    if (isNew) await insertReminderRun(trx, { election_id: electionId, number, started_at: now });
    return accept(run);
  });
}

function queueSome(
  runtime: Runtime,
  request: RunRequest,
  run: MailRun,
  after: string,
): Promise<Outcome<QueuedPart, RefusalCode>> {
  const { electionId, kind, actor } = request;
  return runtime.store.inTransaction(async (trx) => {
    const at = runtime.clock.now();
    const locked = await lockForAct(trx, electionId, ACTS[kind], at);
    if (!locked.ok) return locked;
    const recipients = await listRunRecipients(trx, run, after, VOTERS_AT_ONCE);
    const count = await enqueueRun(trx, runtime.config, run, recipients, at);
    if (count > 0) await appendAudit(trx, { at, actor, kind: EVENTS[kind], electionId, fields: { count } });
    const last = recipients.at(-1)?.email;
    if (kind === 'reminder' && last === undefined) {
      await endReminderRun(trx, electionId, Number(run.batch), at);
    }
    return accept({ count, last });
  });
}

/**
 * Queues invitations (who has not voted), reminders (who has not voted and whose link was sent) or e-mails about the
 * results (everybody, the same words for all): one to each voter. Repeating it picks up voters added since, those refused
 * before, and what an interruption left; for reminders it starts the next ones, 15 minutes after the last at the earliest.
 */
export async function sendRun(
  runtime: Runtime,
  request: RunRequest,
): Promise<Outcome<RunQueued, RefusalCode>> {
  const { electionId, kind } = request;
  const started =
    kind === 'reminder'
      ? await startReminders(runtime, electionId)
      : accept(await runOf(runtime.store.read, electionId, kind));
  if (!started.ok) return started;
  const run = started.value;
  if (run === undefined) return accept({ queued: 0 });
  const queued = await queueAll((after) => queueSome(runtime, request, run, after), request.onProgress);
  return queued.ok ? accept({ queued: queued.value }) : queued;
}

/** Where e-mails of one kind stand. */
export interface RunStandings extends Readonly<Record<MailState, number>> {
  /** To how many voters sending now would go. */
  readonly toSend: number;
}

/** Where a kind stands, whether or not it can be sent now. */
export async function runStandings(
  runtime: Runtime,
  electionId: string,
  kind: RunKind,
): Promise<RunStandings> {
  const { read } = runtime.store;
  const toSend = await countRunRecipients(read, await runOf(read, electionId, kind));
  return { toSend, ...(await mailTotals(read, electionId, kind)) };
}

/** Why a kind cannot be sent now, if so; asked without writing anything. */
export async function requireRun(
  runtime: Runtime,
  electionId: string,
  kind: RunKind,
): Promise<Outcome<true, RefusalCode>> {
  const { store, clock } = runtime;
  const now = clock.now();
  const election = await findElection(store.read, electionId);
  if (election === undefined) return refuse('NOT_FOUND');
  const allowed = requireAct(factsOf(election, now), ACTS[kind]);
  if (!allowed.ok) return allowed;
  if (kind !== 'reminder') return accept(true);
  const until = pausedUntil(await lastReminderRun(store.read, electionId), now);
  return until === undefined ? accept(true) : refuse('REMINDED_LATELY', { until });
}

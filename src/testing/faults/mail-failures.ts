import { setTimeout as pause } from 'node:timers/promises';
import { retryMail } from '../../features/mail-cockpit/index.ts';
import type { BuiltElection, BuiltVoter } from '../election.ts';
import { type Installation, startServer } from '../server-process.ts';
import { SMTP_FAILURES, type SmtpMode } from '../smtp-control.ts';
import { type MailScene, mailsByAddress, queueMails, untilDelivered, withMailServer } from './mail-run.ts';
import { openElectionOn } from './urn-election.ts';

export interface MailFailuresPlan {
  /** E-mails in each way of failing. */
  readonly mails: number;
  /** How long each lasts, in milliseconds. */
  readonly phase: number;
  /** Milliseconds within which 95 of 100 voter pages are there meanwhile; 300 where not said. */
  readonly pageWithin?: number;
}

export interface MailFailuresReport {
  /** Copies that came whole but were never answered, and were sent again. */
  readonly unanswered: number;
  /** 95th percentile of a voter page while the mail server failed, in milliseconds. */
  readonly p95: number;
}

/** The least time until a put off e-mail is tried again (domain/mail.ts). */
const FIRST_BACK_OFF = 60_000;
/** Longer than the worker ever rests after an outage, in milliseconds. */
const HEALED_WITHIN = 150_000;

/**
 * R9: a mail server that fails in each of eight ways while links leave, and then works. Meanwhile nothing counts as sent
 * that was not answered 250, what failed waits its time, one bad address stops nobody, and voter pages answer; afterwards
 * everyone has the mail, once.
 */
export async function deliverThroughFailures(
  installation: Installation,
  { mails, phase, pageWithin = 300 }: MailFailuresPlan,
): Promise<MailFailuresReport> {
  const election = await openElectionOn(installation, mails * SMTP_FAILURES.length);
  return withMailServer(installation, async (scene) => {
    const server = await startServer(scene.installation);
    const times: number[] = [];
    try {
      for (const [i, mode] of SMTP_FAILURES.entries()) {
        const voters = election.voters.slice(i * mails, (i + 1) * mails);
        await failAndHeal(scene, election, { mode, voters, phase, times });
      }
    } finally {
      await server.stop();
    }
    const p95 = percentile95(times);
    if (p95 > pageWithin) throw new Error(`voter pages took ${p95.toFixed(0)} ms (p95)`);
    return { unanswered: await requireOneEach(scene, election), p95 };
  });
}

interface Phase {
  readonly mode: SmtpMode;
  readonly voters: readonly BuiltVoter[];
  readonly phase: number;
  /** How long voter pages took, in milliseconds. */
  readonly times: number[];
}

async function failAndHeal(scene: MailScene, election: BuiltElection, phase: Phase): Promise<void> {
  const { smtp, runtime } = scene;
  const electionId = election.id;
  await smtp.behave(phase.mode);
  await queueMails(runtime, electionId, 'link', phase.voters);
  const until = Date.now() + phase.phase;
  while (Date.now() < until) {
    phase.times.push(await pageTime(scene.installation, election, phase.voters));
    await pause(20);
  }
  await requireHonest(scene, electionId, phase);
  await smtp.behave('takes');
  // as an admin does on the page of deliveries: nobody waits for half an hour in a test
  await untilDelivered(runtime, electionId, HEALED_WITHIN, async () => {
    await retryMail(runtime, { electionId, actor: 'faults' });
  });
}

/** Milliseconds until a voter's page is there. */
async function pageTime(
  installation: Installation,
  election: BuiltElection,
  voters: readonly BuiltVoter[],
): Promise<number> {
  const voter = voters[Math.floor(Math.random() * voters.length)];
  if (voter === undefined) throw new Error('no voters');
  const [path] = election.path(voter).split('#');
  const begun = performance.now();
  const answer = await fetch(`${installation.url}${path}`);
  await answer.text();
  if (!answer.ok) throw new Error(`a voter page answered ${answer.status}`);
  return performance.now() - begun;
}

/** Nothing is sent without a 250, what was put off waits, and only who was refused is held up by a refusal. */
async function requireHonest({ smtp, runtime }: MailScene, electionId: string, phase: Phase): Promise<void> {
  const rows = await mailsByAddress(runtime, electionId, 'link');
  const copies = await smtp.report();
  const taken = new Set(copies.filter(({ isTaken }) => isTaken).map(({ to }) => to));
  const isOfRecipients = phase.mode === 'later' || phase.mode === 'never';
  const tried: string[] = [];
  for (const { email } of phase.voters) {
    const row = rows.get(email);
    if (row === undefined) throw new Error(`${phase.mode}: ${email} has no e-mail`);
    if (row.state === 'sent' && !taken.has(email))
      throw new Error(`${phase.mode}: sent to ${email} without a 250`);
    if (row.state === 'refused' && phase.mode !== 'never')
      throw new Error(`${phase.mode}: cost ${email} the mail`);
    if (row.attempts > 0) tried.push(email);
    const isPutOff = row.state === 'queued' && row.attempts > 0;
    if (isPutOff && row.due_at - (row.tried_at ?? 0) < FIRST_BACK_OFF)
      throw new Error(`${phase.mode}: ${email} is tried again at once`);
    if (isOfRecipients && Number(/\d+/.exec(email)?.[0]) % 2 === 1 && row.state !== 'sent')
      throw new Error(`${phase.mode}: the refusal of others holds up ${email} (${row.state})`);
  }
  if (tried.length === 0) throw new Error(`${phase.mode}: nothing was tried: the case shows nothing`);
}

/** Every voter has exactly one copy that was answered; answers how many copies never were. */
async function requireOneEach({ smtp }: MailScene, election: BuiltElection): Promise<number> {
  const copies = await smtp.report();
  for (const { email } of election.voters) {
    const count = copies.filter(({ to, isTaken }) => isTaken && to === email).length;
    if (count !== 1) throw new Error(`${email} has ${count} e-mails`);
  }
  return copies.filter(({ isTaken }) => !isTaken).length;
}

function percentile95(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
}

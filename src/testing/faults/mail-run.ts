import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../../config.ts';
import { accept } from '../../protocol/outcome.ts';
import { type Runtime, closeRuntime, openRuntime } from '../../runtime.ts';
import { mailFigures } from '../../store/mail-figures.ts';
import { insertMails } from '../../store/mail.ts';
import type { BuiltVoter } from '../election.ts';
import type { Installation } from '../server-process.ts';
import { SmtpProcess } from '../smtp-control.ts';

/** A mail server of its own, and a runtime beside the server that sends. */
export interface MailScene {
  readonly smtp: SmtpProcess;
  /** The installation, sending through that mail server. */
  readonly installation: Installation;
  readonly runtime: Runtime;
}

/** Plays `work` with a good mail server, and ends everything whatever happens. */
export async function withMailServer<T>(
  installation: Installation,
  work: (scene: MailScene) => Promise<T>,
): Promise<T> {
  const smtp = new SmtpProcess();
  try {
    await smtp.behave('takes');
    const environment = {
      ...installation.environment,
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(smtp.port),
      SMTP_TLS: 'starttls',
      SMTP_VERIFY_CERTIFICATE: 'false',
      MAIL_FROM: 'votix@example.org',
    };
    const runtime = await openRuntime(readConfig(environment));
    try {
      return await work({ smtp, installation: { ...installation, environment }, runtime });
    } finally {
      await closeRuntime(runtime);
    }
  } finally {
    await smtp.end();
  }
}

/** Queues one e-mail of this kind to each of these voters. */
export async function queueMails(
  runtime: Runtime,
  electionId: string,
  kind: 'link' | 'reminder',
  voters: readonly BuiltVoter[],
): Promise<void> {
  const mails = voters.map(({ id: voterId }) => {
    const id = randomUUID();
    const messageId = `<${id}@example.org>`;
    return { id, messageId, electionId, voterId, kind, batch: '1', recipient: null };
  });
  const queued = await runtime.store.inTransaction(async (trx) =>
    accept(await insertMails(trx, mails, runtime.clock.now())),
  );
  if (!queued.ok || queued.value !== voters.length) throw new Error('the e-mails were not queued');
}

/** Where each e-mail of an election stands, by the address of its voter. */
export async function mailsByAddress(runtime: Runtime, electionId: string, kind: 'link' | 'reminder') {
  const rows = await runtime.store.read
    .selectFrom('mail')
    .innerJoin('voter', 'voter.id', 'mail.voter_id')
    .select(['voter.email', 'mail.state', 'mail.attempts', 'mail.due_at', 'mail.tried_at'])
    .where('mail.election_id', '=', electionId)
    .where('mail.kind', '=', kind)
    .execute();
  return new Map(rows.map((row) => [row.email, row]));
}

/** Waits until no e-mail of an election waits any more; throws after `within` milliseconds. */
export async function untilDelivered(
  runtime: Runtime,
  electionId: string,
  within: number,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<void> {
  const until = Date.now() + within;
  for (;;) {
    const { queued, sending, refused } = await mailFigures(runtime.store.read, electionId);
    if (queued + sending + refused === 0) return;
    if (Date.now() > until) {
      throw new Error(`after ${within} ms ${queued} e-mails wait, ${sending} leave, ${refused} are refused`);
    }
    await meanwhile();
    await pause(200);
  }
}

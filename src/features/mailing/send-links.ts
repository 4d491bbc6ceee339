import { requireAct } from '../../domain/lifecycle.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { enqueueRun } from '../../mail/outbox.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import {
  type ElectionRow,
  factsOf,
  findElection,
  lockForAct,
  updateElection,
} from '../../store/elections.ts';
import { type LinkStandings, linkStandings, listLinkRecipients } from '../../store/link-mails.ts';
import { type MailRun, countRunRecipients, listRunRecipients } from '../../store/run-recipients.ts';
import { type QueuedPart, VOTERS_AT_ONCE, queueAll } from './queue-all.ts';

interface LinksQueued {
  /** Voters whose link mail was queued by this call. */
  readonly queued: number;
}

/**
 * Queues the link mail of every voter who has not voted and has none for their present link, those refused before among
 * them, and the mail of the code where codes travel apart. Repeating it picks up voters added since, and what an
 * interruption left. From the first queued link on, the election's key can no longer be made anew (`links_mailed`).
 * Refused before the key is proven and after the close.
 */
export async function sendLinks(
  runtime: Runtime,
  input: { readonly electionId: string; readonly actor: Actor },
): Promise<Outcome<LinksQueued, RefusalCode>> {
  const links = await queueAll((after) => queueLinks(runtime, input, after));
  if (!links.ok) return links;
  const codes = await queueAll((after) => queueCodes(runtime, input, after));
  return codes.ok ? accept({ queued: links.value }) : codes;
}

function queueLinks(
  runtime: Runtime,
  input: { readonly electionId: string; readonly actor: Actor },
  after: string,
): Promise<Outcome<QueuedPart, RefusalCode>> {
  const { electionId, actor } = input;
  return runtime.store.inTransaction(async (trx) => {
    const now = runtime.clock.now();
    const locked = await lockForAct(trx, electionId, 'send-links', now);
    if (!locked.ok) return locked;
    if (now >= locked.value.election.closes_at) return refuse('CLOSED');
    const recipients = await listLinkRecipients(trx, electionId, after, VOTERS_AT_ONCE);
    const count = await enqueueRun(trx, runtime.config, { electionId, kind: 'link' }, recipients, now);
    if (count > 0) {
      await updateElection(trx, electionId, { links_mailed: 1 });
      await appendAudit(trx, { at: now, actor, kind: 'links-queued', electionId, fields: { count } });
    }
    return accept({ count, last: recipients.at(-1)?.email });
  });
}

function queueCodes(
  runtime: Runtime,
  input: { readonly electionId: string; readonly actor: Actor },
  after: string,
): Promise<Outcome<QueuedPart, RefusalCode>> {
  const { electionId, actor } = input;
  return runtime.store.inTransaction(async (trx) => {
    const now = runtime.clock.now();
    const locked = await lockForAct(trx, electionId, 'send-links', now);
    if (!locked.ok) return locked;
    if (locked.value.election.code_channel !== 'separate') return accept({ count: 0, last: undefined });
    const run = codeRun(electionId);
    const recipients = await listRunRecipients(trx, run, after, VOTERS_AT_ONCE);
    const count = await enqueueRun(trx, runtime.config, run, recipients, now);
    if (count > 0)
      await appendAudit(trx, { at: now, actor, kind: 'codes-queued', electionId, fields: { count } });
    return accept({ count, last: recipients.at(-1)?.email });
  });
}

const codeRun = (electionId: string): MailRun => ({ electionId, kind: 'code', batch: 'link' });

/** Where the links stand, and how many codes sending now would queue. */
export interface LinkPreview extends LinkStandings {
  readonly codesToSend: number;
}

/** What sending now would do. */
export async function linkPreview(runtime: Runtime, election: ElectionRow): Promise<LinkPreview> {
  const { read } = runtime.store;
  const codesToSend =
    election.code_channel === 'separate' ? await countRunRecipients(read, codeRun(election.id)) : 0;
  return { ...(await linkStandings(read, election.id)), codesToSend };
}

/** The same, refused where links cannot be sent: for `--dry-run`. */
export async function previewLinks(
  runtime: Runtime,
  electionId: string,
): Promise<Outcome<LinkPreview, RefusalCode>> {
  const { store, clock } = runtime;
  const election = await findElection(store.read, electionId);
  if (election === undefined) return refuse('NOT_FOUND');
  const allowed = requireAct(factsOf(election, clock.now()), 'send-links');
  return allowed.ok ? accept(await linkPreview(runtime, election)) : allowed;
}

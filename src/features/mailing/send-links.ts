import { requireAct } from '../../domain/lifecycle.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { enqueueLinks } from '../../mail/outbox.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { factsOf, findElection, lockForAct, updateElection } from '../../store/elections.ts';
import { type LinkStandings, linkStandings, listLinkRecipients } from '../../store/link-mails.ts';

/** Voters a transaction: short enough that a ballot being cast does not wait. */
const VOTERS_AT_ONCE = 1_000;

interface LinksQueued {
  /** Voters whose link mail was queued by this call. */
  readonly queued: number;
}

/**
 * Queues the link mail of every voter who has not voted and has none for their present link, those refused before among
 * them. Repeating it picks up voters added since, and what an interruption left. From the first queued link on, the
 * election's key can no longer be made anew (`links_mailed`). Refused before the key is proven and after the close.
 */
export async function sendLinks(
  runtime: Runtime,
  input: { readonly electionId: string; readonly actor: Actor },
): Promise<Outcome<LinksQueued, RefusalCode>> {
  let queued = 0;
  let after: string | undefined = '';
  while (after !== undefined) {
    const part: Outcome<{ count: number; last: string | undefined }, RefusalCode> = await queueSome(
      runtime,
      input,
      after,
    );
    if (!part.ok) return part;
    queued += part.value.count;
    after = part.value.last;
  }
  return accept({ queued });
}

function queueSome(
  runtime: Runtime,
  input: { readonly electionId: string; readonly actor: Actor },
  after: string,
): Promise<Outcome<{ count: number; last: string | undefined }, RefusalCode>> {
  const { electionId, actor } = input;
  return runtime.store.inTransaction(async (trx) => {
    const now = runtime.clock.now();
    const locked = await lockForAct(trx, electionId, 'send-links', now);
    if (!locked.ok) return locked;
    if (now >= locked.value.election.closes_at) return refuse('CLOSED');
    const recipients = await listLinkRecipients(trx, electionId, after, VOTERS_AT_ONCE);
    const count = await enqueueLinks(trx, runtime.config, electionId, recipients, now);
    if (count > 0) {
      await updateElection(trx, electionId, { links_mailed: 1 });
      await appendAudit(trx, { at: now, actor, kind: 'links-queued', electionId, fields: { count } });
    }
    return accept({ count, last: recipients.at(-1)?.email });
  });
}

/** What sending now would do, and where the links stand: for `--dry-run`. */
export async function previewLinks(
  runtime: Runtime,
  electionId: string,
): Promise<Outcome<LinkStandings, RefusalCode>> {
  const { store, clock } = runtime;
  const election = await findElection(store.read, electionId);
  if (election === undefined) return refuse('NOT_FOUND');
  const allowed = requireAct(factsOf(election, clock.now()), 'send-links');
  return allowed.ok ? accept(await linkStandings(store.read, electionId)) : allowed;
}

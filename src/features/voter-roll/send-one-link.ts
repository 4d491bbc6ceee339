import type { RefusalCode } from '../../domain/refusals.ts';
import { enqueueVoterLink } from '../../mail/outbox.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { lockForAct, updateElection } from '../../store/elections.ts';
import { findVoter } from '../../store/voters.ts';

/**
 * Queues the link mail of one voter, for the first time or again. Whether the voter has voted is neither asked nor told:
 * the mail is dropped then when its turn comes, so that a button cannot be used to find out.
 */
export const sendOneLink = (
  runtime: Runtime,
  {
    electionId,
    actor,
    voterId,
  }: { readonly electionId: string; readonly actor: Actor; readonly voterId: string },
): Promise<Outcome<true, RefusalCode>> =>
  runtime.store.inTransaction(async (trx) => {
    const now = runtime.clock.now();
    const locked = await lockForAct(trx, electionId, 'send-links', now);
    if (!locked.ok) return locked;
    if (now >= locked.value.election.closes_at) return refuse('CLOSED');
    const voter = await findVoter(trx, electionId, voterId);
    if (voter === undefined) return refuse('NOT_FOUND');
    const link = { id: voterId, electionId, linkVersion: voter.link_version };
    if ((await enqueueVoterLink(trx, runtime.config, link, now)) === 'waiting') return accept(true);
    await updateElection(trx, electionId, { links_mailed: 1 });
    await appendAudit(trx, { at: now, actor, electionId, kind: 'voter-link-queued' });
    return accept(true);
  });

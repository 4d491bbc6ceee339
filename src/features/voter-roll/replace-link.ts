import type { RefusalCode } from '../../domain/refusals.ts';
import { enqueueVoterLink } from '../../mail/outbox.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import { publicAct } from '../../public-act.ts';
import type { Runtime } from '../../runtime.ts';
import { type ServerSecret, digestOf } from '../../secret.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { clearCodeTries } from '../../store/code-tries.ts';
import { updateElection } from '../../store/elections.ts';
import { type UrnSeal, appendPublicEvent } from '../../store/public-events.ts';
import type { Transaction } from '../../store/store.ts';
import { type VoterRow, findVoter, updateVoter } from '../../store/voters.ts';
import { linkOf } from '../../voter-secrets.ts';

/**
 * Gives a voter another link and code: the old link answers like an unknown one from now on, and what was tried at it is
 * forgotten. The public record counts it, without a name. Answers the new version.
 */
export async function replaceLink(
  trx: Transaction,
  secret: ServerSecret,
  {
    voter,
    seal,
    now,
  }: { readonly voter: VoterRow; readonly seal: UrnSeal | undefined; readonly now: number },
): Promise<number> {
  const link_version = voter.link_version + 1;
  const link_digest = digestOf(linkOf(secret, { id: voter.id, link_version }));
  await updateVoter(trx, voter.id, { link_version, link_digest });
  await clearCodeTries(trx, voter.id);
  if (seal !== undefined) {
    const data = { count: 1 };
    await appendPublicEvent(trx, voter.election_id, seal, now, { kind: 'linksReplaced', data });
  }
  return link_version;
}

/**
 * Revokes a voter's link and mails another one, for a link that fell into wrong hands. VOTER_MARKED where a credential
 * has been issued: the receipt page hangs on the link by which the vote was given.
 */
export const giveNewLink = (
  runtime: Runtime,
  {
    electionId,
    actor,
    voterId,
  }: { readonly electionId: string; readonly actor: Actor; readonly voterId: string },
): Promise<Outcome<true, RefusalCode>> =>
  publicAct(runtime, electionId, 'send-links', async (trx, { election, now, seal }) => {
    if (now >= election.closes_at) return refuse('CLOSED');
    const voter = await findVoter(trx, electionId, voterId);
    if (voter === undefined) return refuse('NOT_FOUND');
    if (voter.is_marked === 1) return refuse('VOTER_MARKED');
    const linkVersion = await replaceLink(trx, runtime.secret, { voter, seal, now });
    await enqueueVoterLink(trx, runtime.config, { id: voterId, electionId, linkVersion }, now);
    await updateElection(trx, electionId, { links_mailed: 1 });
    await appendAudit(trx, { at: now, actor, electionId, kind: 'voter-link-replaced' });
    return accept(true);
  });

import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { findElection } from '../../store/elections.ts';
import { requeueTroubled } from '../../store/mail-list.ts';

/**
 * Tries refused e-mails again, and those put off to later at once: all of an election, or the one named. Whether each is
 * still wanted is asked when it leaves. Answers how many.
 */
export function retryMail(
  runtime: Runtime,
  request: { readonly electionId: string; readonly mailId?: string; readonly actor: Actor },
): Promise<Outcome<number, RefusalCode>> {
  const { electionId, mailId, actor } = request;
  return runtime.store.inTransaction(async (trx) => {
    if ((await findElection(trx, electionId)) === undefined) return refuse('NOT_FOUND');
    const at = runtime.clock.now();
    const count = await requeueTroubled(trx, electionId, mailId, at);
    if (count === 0) return refuse('NOTHING_REFUSED');
    await appendAudit(trx, { at, actor, electionId, kind: 'mail-retried', fields: { count } });
    return accept(count);
  });
}

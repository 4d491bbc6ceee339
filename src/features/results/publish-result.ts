import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, accept } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { lockForAct, updateElection } from '../../store/elections.ts';

/** Publishes the results: from here on everyone sees them, and the public record carries them. Of two at once one wins. */
export async function publishResult(
  runtime: Runtime,
  request: { readonly electionId: string; readonly actor: Actor },
): Promise<Outcome<true, RefusalCode>> {
  const { electionId, actor } = request;
  return runtime.store.inTransaction(async (trx) => {
    const at = runtime.clock.now();
    const act = await lockForAct(trx, electionId, 'publish', at);
    if (!act.ok) return act;
    await updateElection(trx, electionId, { state: act.value.next });
    await appendAudit(trx, { at, actor, electionId, kind: 'published' });
    return accept(true as const);
  });
}

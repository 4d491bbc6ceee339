import { type CodeChannel } from '../../domain/mail-template.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { lockForAct, updateElection } from '../../store/elections.ts';

/** Chooses how codes reach their voters, until the first link has been handed out: from then on somebody relies on it. */
export function chooseCodeChannel(
  runtime: Runtime,
  request: { readonly electionId: string; readonly channel: CodeChannel; readonly actor: Actor },
): Promise<Outcome<true, RefusalCode>> {
  const { electionId, channel, actor } = request;
  return runtime.store.inTransaction(async (trx) => {
    const at = runtime.clock.now();
    const locked = await lockForAct(trx, electionId, 'send-invitations', at);
    if (!locked.ok) return locked;
    const { election } = locked.value;
    if (election.code_channel === channel) return accept(true as const);
    if (election.links_mailed === 1) return refuse('CODE_CHANNEL_FIXED');
    await updateElection(trx, electionId, { code_channel: channel });
    await appendAudit(trx, { at, actor, electionId, kind: 'code-channel-chosen', fields: { channel } });
    return accept(true as const);
  });
}

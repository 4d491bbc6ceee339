import type { RefusalCode } from '../../../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../../../protocol/outcome.ts';
import type { Runtime } from '../../../runtime.ts';
import { requireApproval } from '../../../store/approvals.ts';
import { type Actor, appendAudit } from '../../../store/audit.ts';
import { lockForAct, updateElection } from '../../../store/elections.ts';
import { loadSettings } from '../../../store/settings.ts';

/**
 * Lets people put themselves on a roll, or no longer. Only where some domain vouches for them; opening it while people
 * vote is a change of the roll that two may have to decide.
 */
export const switchRegistration = (
  runtime: Runtime,
  { electionId, actor, isOn }: { readonly electionId: string; readonly actor: Actor; readonly isOn: boolean },
): Promise<Outcome<true, RefusalCode>> =>
  runtime.store.inTransaction(async (trx) => {
    const now = runtime.clock.now();
    const locked = await lockForAct(trx, electionId, 'change-roll', now);
    if (!locked.ok) return locked;
    if (isOn) {
      const { domains } = await loadSettings(trx, runtime.config);
      if (domains.length === 0) return refuse('NO_DOMAIN_ALLOWED');
      const approved = await requireApproval(trx, { electionId, act: 'change-roll', actor, now });
      if (!approved.ok) return approved;
    }
    await updateElection(trx, electionId, { self_registration: isOn ? 1 : 0 });
    const kind = isOn ? 'registration-opened' : 'registration-ended';
    await appendAudit(trx, { at: now, actor, electionId, kind });
    return accept(true);
  });

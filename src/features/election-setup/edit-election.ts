import { parseElection } from '../../domain/election-definition.ts';
import { fault, refuseFields } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, accept } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { lockForAct, updateElection } from '../../store/elections.ts';
import { changedColumns, electionColumns } from './election-columns.ts';

export interface EditedElection {
  readonly isOpeningRepeated: boolean;
  readonly isClosingRepeated: boolean;
}

/** Replaces everything that the configure page shows. FROZEN once the key has been proven. */
export async function editElection(
  runtime: Runtime,
  request: { readonly electionId: string; readonly actor: Actor; readonly input: unknown },
): Promise<Outcome<EditedElection, RefusalCode>> {
  const { electionId, actor } = request;
  const parsed = parseElection(request.input);
  const now = runtime.clock.now();
  return runtime.store.inTransaction(async (trx) => {
    // a frozen election says so first: correcting fields would not help
    const locked = await lockForAct(trx, electionId, 'edit', now);
    if (!locked.ok) return locked;
    if (!parsed.ok) return parsed;
    const { isOpeningRepeated, isClosingRepeated, ...definition } = parsed.value;
    const columns = electionColumns(parsed.value);
    const names = changedColumns(locked.value.election, columns);
    if (names.includes('closes_at') && definition.closesAt <= now) {
      return refuseFields({ closesAt: fault('PAST') });
    }
    if (names.length > 0) {
      await updateElection(trx, electionId, columns);
      await appendAudit(trx, {
        at: now,
        actor,
        electionId,
        kind: 'election-edited',
        fields: { names: names.join(', ') },
      });
    }
    return accept({ isOpeningRepeated, isClosingRepeated });
  });
}

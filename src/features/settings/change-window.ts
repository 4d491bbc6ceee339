import { parseWindow } from '../../domain/election-definition.ts';
import { fault, refuseFields } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { wallText } from '../../domain/wall-time.ts';
import { type Outcome, accept } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { type ElectionRow, lockForAct, updateElection } from '../../store/elections.ts';

/** When an election votes, as it is typed: wall times of its zone; no opening time: as soon as its key is proven. */
export interface TypedWindow {
  readonly opensAt: string;
  readonly closesAt: string;
}

export const windowOf = (row: ElectionRow): TypedWindow => ({
  opensAt: row.opens_at === null ? '' : wallText(row.opens_at, row.time_zone),
  closesAt: wallText(row.closes_at, row.time_zone),
});

/** Moves the voting window of an election whose key has not been proven yet; FROZEN afterwards. */
export async function changeWindow(
  runtime: Runtime,
  request: { readonly electionId: string; readonly actor: Actor; readonly typed: TypedWindow },
): Promise<Outcome<true, RefusalCode>> {
  const { electionId, actor, typed } = request;
  return runtime.store.inTransaction<true, RefusalCode>(async (trx) => {
    const now = runtime.clock.now();
    const locked = await lockForAct(trx, electionId, 'edit', now);
    if (!locked.ok) return locked;
    const { election } = locked.value;
    const present = windowOf(election);
    const parsed = parseWindow({
      timeZone: election.time_zone,
      opensAt: typed.opensAt === '' ? null : typed.opensAt,
      closesAt: typed.closesAt,
    });
    if (!parsed.ok) return parsed;
    // a time left as it was stays the same instant, also in the hour that comes twice
    const opensAt = typed.opensAt === present.opensAt ? election.opens_at : parsed.value.opensAt;
    const closesAt = typed.closesAt === present.closesAt ? election.closes_at : parsed.value.closesAt;
    const isMoved = closesAt !== election.closes_at;
    if (isMoved && closesAt <= now) return refuseFields({ closesAt: fault('PAST') });
    const names = [...(opensAt === election.opens_at ? [] : ['opens_at']), ...(isMoved ? ['closes_at'] : [])];
    if (names.length === 0) return accept(true);
    await updateElection(trx, electionId, { opens_at: opensAt, closes_at: closesAt });
    const fields = { names: names.join(', ') };
    await appendAudit(trx, { at: now, actor, electionId, kind: 'election-edited', fields });
    return accept(true);
  });
}

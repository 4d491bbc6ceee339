import type { RefusalCode } from '../../domain/refusals.ts';
import type { Bytes } from '../../protocol/bytes.ts';
import type { ElectionTerms } from '../../protocol/manifest.ts';
import { type Outcome, accept } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { lockForAct, updateElection } from '../../store/elections.ts';
import { type SignedRow, insertOpenings, insertResult } from '../../store/record.ts';

export interface CountedElection {
  readonly electionId: string;
  readonly actor: Actor;
  readonly terms: ElectionTerms;
  readonly result: SignedRow;
  readonly trackers: readonly Bytes[];
  /** In the order of the trackers. */
  readonly openings: readonly Bytes[];
}

/**
 * Stores the signed result, and the openings where the manifest says that they are published; the state becomes
 * `tallied`. One transaction: no partial result can be read. Of two counts at once the first one stays.
 */
export function recordResult(
  runtime: Runtime,
  counted: CountedElection,
): Promise<Outcome<true, RefusalCode>> {
  const { electionId, actor, terms, result, trackers, openings } = counted;
  return runtime.store.inTransaction(async (trx) => {
    const at = runtime.clock.now();
    const act = await lockForAct(trx, electionId, 'deliberate', at);
    if (!act.ok) return act;
    await insertResult(trx, electionId, result);
    if (terms.manifest.publication === 'openings') {
      const rows = openings.map((r, i) => {
        const tracker = trackers[i];
        if (tracker === undefined) throw new Error('an opening without its ballot');
        return { tracker, r };
      });
      await insertOpenings(trx, electionId, rows);
    }
    await updateElection(trx, electionId, { state: act.value.next });
    await appendAudit(trx, { at, actor, electionId, kind: 'tallied', fields: { count: openings.length } });
    return accept(true as const);
  });
}

import type { Act } from './domain/lifecycle.ts';
import type { RefusalCode } from './domain/refusals.ts';
import { urnSignerOf } from './election-keys.ts';
import { loadTerms } from './election-terms.ts';
import { equalBytes } from './protocol/bytes.ts';
import { type Outcome, refuse } from './protocol/outcome.ts';
import type { Runtime } from './runtime.ts';
import { type ElectionRow, lockForAct } from './store/elections.ts';
import type { UrnSeal } from './store/public-events.ts';
import { findManifest } from './store/record.ts';
import type { Transaction } from './store/store.ts';

export interface ActScene {
  readonly election: ElectionRow;
  readonly now: number;
  /** With what to sign a public event; undefined while no manifest is frozen, when nothing is public yet. */
  readonly seal: UrnSeal | undefined;
}

/**
 * One transaction for an act that the public record may have to tell: asks the lifecycle guard, then runs `work` with the
 * keys that sign events. The keys are opened before, since nothing but the database is waited for inside.
 */
export async function publicAct<T>(
  runtime: Runtime,
  electionId: string,
  act: Act,
  work: (trx: Transaction, scene: ActScene) => Promise<Outcome<T, RefusalCode>>,
): Promise<Outcome<T, RefusalCode>> {
  const terms = await loadTerms(runtime, electionId);
  const seal =
    terms === undefined
      ? undefined
      : { manifestDigest: terms.digest, sign: await urnSignerOf(runtime, terms) };
  return runtime.store.inTransaction(async (trx) => {
    const now = runtime.clock.now();
    const locked = await lockForAct(trx, electionId, act, now);
    if (!locked.ok) return locked;
    // armed, or armed anew, since the keys were opened: the next try signs with the right ones
    const frozen = await findManifest(trx, electionId);
    const isSame =
      frozen === undefined || seal === undefined
        ? frozen === seal
        : equalBytes(frozen.digest, seal.manifestDigest);
    return isSame ? work(trx, { election: locked.value.election, now, seal }) : refuse('BUSY');
  });
}

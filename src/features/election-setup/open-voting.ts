import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, accept } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import type { Actor } from '../../store/audit.ts';
import { openElection } from '../../store/opening.ts';

/** Opens voting where its hour has come and the key is proven; refused otherwise, whoever asks. */
export async function openVoting(
  runtime: Runtime,
  request: { readonly electionId: string; readonly actor: Actor },
): Promise<Outcome<true, RefusalCode>> {
  const opened = await runtime.store.inTransaction((trx) =>
    openElection(trx, request.electionId, runtime.clock.now(), request.actor),
  );
  return opened.ok ? accept(true) : opened;
}

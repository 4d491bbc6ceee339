import { enqueueLinkAgain } from '../../mail/outbox.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { digestOf } from '../../secret.ts';
import { lockForAct } from '../../store/elections.ts';
import { findVoterOfLink } from '../../store/roll-marks.ts';

/**
 * Sends the mail that brought a link again, to the address on the roll. Whether one was queued is told to nobody: it
 * would say by which way the link came.
 */
export function resendLink(
  runtime: Runtime,
  link: string,
): Promise<Outcome<true, 'UNKNOWN_LINK' | 'CLOSED'>> {
  const { store, clock, config } = runtime;
  return store.inTransaction(async (trx) => {
    const voter = await findVoterOfLink(trx, digestOf(link));
    if (voter === undefined) return refuse('UNKNOWN_LINK');
    const now = clock.now();
    const act = await lockForAct(trx, voter.electionId, 'send-links', now);
    if (!act.ok || voter.isMarked) return refuse('CLOSED');
    await enqueueLinkAgain(trx, config, voter, now);
    return accept(true);
  });
}

import { repeatedly } from '../../repeatedly.ts';
import type { Runtime } from '../../runtime.ts';
import { dueElections } from '../../store/closing.ts';
import { closeElection } from './close-election.ts';
import { openVoting } from './open-voting.ts';

const TICK_MS = 1_000;
const ACTOR = 'clock';

/** Does what is due now: opens, closes, and finishes closes that were cut off. One election's fault stops no other. */
export async function runDueLifecycle(runtime: Runtime): Promise<void> {
  for (const { id, due } of await dueElections(runtime.store.read, runtime.clock.now())) {
    const act = due === 'opening' ? openVoting : closeElection;
    try {
      const done = await act(runtime, { electionId: id, actor: ACTOR });
      if (!done.ok) runtime.log.votix.warn({ election: id, due, code: done.code }, 'schedule refused');
    } catch (error) {
      runtime.log.votix.error({ election: id, due, err: error }, 'schedule failed');
    }
  }
}

/** Looks every second whether an election has to open or close; the answer stops that and waits for what is under way. */
export const startLifecycleClock = (runtime: Runtime): (() => Promise<void>) =>
  repeatedly(
    TICK_MS,
    () => runDueLifecycle(runtime),
    (error) => runtime.log.votix.error({ err: error }, 'the schedule could not be read'),
  );

import { closeEarly, closeElection } from '../features/election-setup/index.ts';
import { lastInstant } from '../domain/lifecycle.ts';
import type { Runtime } from '../runtime.ts';
import { factsOf, findElection } from '../store/elections.ts';
import { type CommonOptions, answer, chosenElection, progressBar, refused, withRuntime } from './terminal.ts';

export interface CloseOptions extends CommonOptions {
  readonly early?: string;
  readonly wait?: boolean;
}

/** `close`: once closing time and grace have passed; `--early REASON` moves the closing time to now first. */
export const closeCommand = (options: CloseOptions): Promise<number> =>
  withRuntime(async (runtime) => {
    const { id: electionId, state } = await chosenElection(runtime, options);
    if (options.early !== undefined) {
      const moved = await closeEarly(runtime, { electionId, actor: 'cli', reason: options.early });
      if (!moved.ok) return refused(options, moved);
    }
    if (options.wait === true) await waitForLastInstant(runtime, electionId, options);
    const closed = await closeElection(runtime, { electionId, actor: 'cli' });
    if (!closed.ok && options.early !== undefined && closed.code === 'NOT_CLOSED') {
      return answer(
        options,
        'No more credentials are issued; ballots on their way are accepted until the grace has passed.',
        {
          election: electionId,
          state: 'open',
        },
      );
    }
    // a running server closes by the clock too, and may have been first
    const isClosed = closed.ok || (closed.code === 'CLOSED' && (state === 'open' || state === 'armed'));
    if (!closed.ok && !isClosed) return refused(options, closed);
    return answer(options, 'Voting is closed; the close line is published.', {
      election: electionId,
      state: 'closed',
    });
  });

async function waitForLastInstant(
  runtime: Runtime,
  electionId: string,
  options: CommonOptions,
): Promise<void> {
  const begun = runtime.clock.now();
  const bar = progressBar(options, 'waiting for the close');
  for (;;) {
    const election = await findElection(runtime.store.read, electionId);
    const now = runtime.clock.now();
    const until = election === undefined ? now : lastInstant(factsOf(election, now));
    if (now >= until) break;
    bar.update(Math.round((now - begun) / 1000), Math.round((until - begun) / 1000));
    await new Promise((resolve) => setTimeout(resolve, Math.min(1_000, until - now)));
  }
  bar.stop();
}

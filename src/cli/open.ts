import { openVoting } from '../features/election-setup/index.ts';
import { type CommonOptions, answer, chosenElection, refused, withRuntime } from './terminal.ts';

/** `open`: what the schedule does by itself once the opening time has come. */
export const openCommand = (options: CommonOptions): Promise<number> =>
  withRuntime(async (runtime) => {
    const election = await chosenElection(runtime, options);
    const opened = await openVoting(runtime, { electionId: election.id, actor: 'cli' });
    if (!opened.ok) return refused(options, opened);
    return answer(options, 'Voting is open.', { election: election.id, state: 'open' });
  });

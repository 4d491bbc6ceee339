import { publishResult } from '../features/results/index.ts';
import { type CommonOptions, answer, chosenElection, refused, withRuntime } from './terminal.ts';

/** `publish`: from here on everyone sees results and record. */
export const publishCommand = (options: CommonOptions): Promise<number> =>
  withRuntime(async (runtime) => {
    const election = await chosenElection(runtime, options);
    const published = await publishResult(runtime, { electionId: election.id, actor: 'cli' });
    if (!published.ok) return refused(options, published);
    const address = `${runtime.config.publicUrl}/results/${election.id}`;
    return answer(options, `The results are published: ${address}`, { election: election.id, address });
  });

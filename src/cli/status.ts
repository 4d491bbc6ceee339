import type { Runtime } from '../runtime.ts';
import { type ElectionRow, findElection, listElections } from '../store/elections.ts';
import { findElectionKey } from '../store/keys.ts';
import { rollFigures } from '../store/roll-figures.ts';
import { type CommonOptions, EXIT, UsageError, isoInstant, say, withRuntime } from './terminal.ts';

const instant = (ms: number | null): string => (ms === null ? 'when the key is proven' : isoInstant(ms));

async function statusOf(runtime: Runtime, election: ElectionRow) {
  const { registered, marked } = await rollFigures(runtime.store.read, election.id);
  const key = await findElectionKey(runtime.store.read, election.id);
  return {
    election: election.id,
    title: election.title,
    state: election.state,
    opensAt: instant(election.opens_at),
    closesAt: instant(election.closes_at),
    registered,
    voted: marked,
    keyProvenAt: key?.proven_at === null || key === undefined ? 'never' : instant(key.proven_at),
  };
}

/** `status`: one block of lines an election, or one JSON array. Counts of ballots are never shown before the close. */
export const statusCommand = (options: CommonOptions): Promise<number> =>
  withRuntime(async (runtime) => {
    const { read } = runtime.store;
    const one = options.election === undefined ? undefined : await findElection(read, options.election);
    if (options.election !== undefined && one === undefined)
      throw new UsageError('there is no such election');
    const elections = one === undefined ? await listElections(read) : [one];
    const statuses = await Promise.all(elections.map((election) => statusOf(runtime, election)));
    if (options.json === true) {
      say(JSON.stringify(statuses));
      return EXIT.done;
    }
    if (statuses.length === 0) say("No election yet: make one with 'create-election --file F'.");
    for (const status of statuses) {
      const { title, state, ...lines } = status;
      say(`${title}  [${state}]`);
      for (const [name, value] of Object.entries(lines)) {
        say(`  ${name.padEnd(12)} ${value}`);
      }
    }
    return EXIT.done;
  });

import { readiness } from '../domain/readiness.ts';
import type { RefusalCode } from '../domain/refusals.ts';
import { type Outcome, type Refusal, accept } from '../protocol/outcome.ts';
import { type ElectionRow, listContests } from './elections.ts';
import { rollFigures } from './roll-figures.ts';
import type { Reader } from './store.ts';

/** What is still missing before this election can be armed; empty: ready. Inside a transaction too. */
export async function missingForArming(
  reader: Reader,
  election: ElectionRow,
  now: number,
): Promise<readonly Refusal<RefusalCode>[]> {
  const contests = await listContests(reader, election.id);
  const { registered } = await rollFigures(reader, election.id);
  return readiness({
    now,
    opensAt: election.opens_at,
    closesAt: election.closes_at,
    rollSize: registered,
    contests: contests.map((contest) => ({
      title: contest.title,
      method: contest.method,
      min: contest.min_choices,
      max: contest.max_choices,
      candidates: contest.candidates.length,
    })),
  });
}

/** The first thing that is missing, as the refusal of an act that needs the election to be complete. */
export async function requireReady(
  reader: Reader,
  election: ElectionRow,
  now: number,
): Promise<Outcome<true, RefusalCode>> {
  const [first] = await missingForArming(reader, election, now);
  return first ?? accept(true);
}

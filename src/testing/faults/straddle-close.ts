import { readConfig } from '../../config.ts';
import { closeEarly } from '../../features/election-setup/index.ts';
import type { Ballot } from '../../protocol/ballot.ts';
import { closeRuntime, openRuntime } from '../../runtime.ts';
import type { BuiltElection } from '../election.ts';
import type { Installation } from '../server-process.ts';
import { type Send, finishBallot, prepareVote, requestCredential } from '../voter-client.ts';
import { inLanes } from './in-lanes.ts';
import { postBallot } from './races.ts';

export interface Straddled {
  /** Told 201. */
  readonly taken: number;
  /** Told 409 CLOSED. */
  readonly refused: number;
  /** What the close line counts. */
  readonly counted: number;
}

/**
 * C4: every voter holds a credential and casts; when half of them are acknowledged, another process ends the voting
 * period, without grace. Everyone is told one of two things; the close line counts those who were told that it is in.
 */
export async function castAroundTheClose(
  installation: Installation,
  send: Send,
  election: BuiltElection,
): Promise<Straddled> {
  const ballots = await readyBallots(send, election);
  const runtime = await openRuntime(readConfig(installation.environment));
  let taken = 0;
  let refused = 0;
  let closing: Promise<unknown> | undefined;
  try {
    await inLanes(ballots, async (ballot) => {
      const answer = await postBallot(send, election, ballot);
      const said = await answer.text();
      if (answer.status === 201) taken++;
      else if (answer.status === 409 && said.includes('"CLOSED"')) refused++;
      else throw new Error(`a voter was told ${answer.status} ${said}`);
      if (2 * taken >= ballots.length) {
        closing ??= closeEarly(runtime, { electionId: election.id, actor: 'faults', reason: 'Half are in' });
      }
    });
    await closing;
  } finally {
    await closeRuntime(runtime);
  }
  return { taken, refused, counted: await closedCount(send, election) };
}

async function readyBallots(send: Send, { terms, voters }: BuiltElection): Promise<readonly Ballot[]> {
  const ballots: Ballot[] = [];
  await inLanes(voters, async (voter) => {
    const prepared = await prepareVote(terms, [[]]);
    const signature = await requestCredential(send, voter.link, prepared, voter.code);
    ballots.push((await finishBallot(terms, prepared, signature)).ballot);
  });
  return ballots;
}

/** The count of the close line, which the server publishes by itself. */
async function closedCount(send: Send, { id }: BuiltElection): Promise<number> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const answer = await send(`/elections/${id}/close`);
    if (answer.ok) return ((await answer.json()) as { close: { count: number } }).close.count;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the close line was not published');
}

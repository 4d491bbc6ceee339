import { closeRuntime, openRuntime } from '../../runtime.ts';
import { readConfig } from '../../config.ts';
import { deliberate } from '../../features/deliberation/index.ts';
import { closeEarly, closeElection } from '../../features/election-setup/index.ts';
import { canonical } from '../../protocol/canonical-json.ts';
import { type Tally, tallyJson } from '../../protocol/count.ts';
import { protectKey } from '../../protocol/key-holder/node/key-file.ts';
import { generatePassphrase } from '../../protocol/key-holder/passphrase.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { type BuiltElection, armedElection } from '../election.ts';
import type { Installation } from '../server-process.ts';

/** What the faults are played on: one contest, keys small enough that the machine is busy with faults. */
export async function openElectionOn(installation: Installation, voters: number): Promise<BuiltElection> {
  const runtime = await openRuntime(readConfig(installation.environment));
  try {
    return await armedElection(runtime, { voters, graceSeconds: 0 });
  } finally {
    await closeRuntime(runtime);
  }
}

/** Closes and deliberates without a server; throws where the tally is not the expected one (I5). */
export async function requireTally(
  installation: Installation,
  election: BuiltElection,
  expected: Tally,
): Promise<void> {
  const runtime = await openRuntime(readConfig(installation.environment));
  try {
    const electionId = election.id;
    const act = { electionId, actor: 'faults' };
    const early = await closeEarly(runtime, { ...act, reason: 'The faults are played' });
    if (!early.ok) throw new Error(`closing early was refused: ${early.code}`);
    const closed = await closeElection(runtime, act);
    if (!closed.ok) throw new Error(`closing was refused: ${closed.code}`);
    const words = generatePassphrase(nodePrimitives);
    const passphrase = new TextDecoder().decode(words);
    const { privateKey, terms } = election;
    const keyFile = await protectKey(nodePrimitives, privateKey, terms.electionKey, words, []);
    const counted = await deliberate(runtime, {
      ...act,
      key: { keyFile: new TextEncoder().encode(keyFile), passphrase },
    });
    if (!counted.ok) throw new Error(`the deliberation was refused: ${counted.code}`);
    const { content } = await runtime.store.read
      .selectFrom('result')
      .select('content')
      .where('election_id', '=', electionId)
      .executeTakeFirstOrThrow();
    const { contests } = JSON.parse(content) as { contests: unknown };
    const wanted = (JSON.parse(canonical(tallyJson(expected))) as { contests: unknown }).contests;
    if (JSON.stringify(contests) !== JSON.stringify(wanted)) {
      throw new Error(
        `the tally is ${JSON.stringify(contests)}, the voters wanted ${JSON.stringify(wanted)}`,
      );
    }
  } finally {
    await closeRuntime(runtime);
  }
}

/** Ballots in the urn, read without a server. */
export async function ballotsOf(installation: Installation, electionId: string): Promise<number> {
  const runtime = await openRuntime(readConfig(installation.environment));
  try {
    const { count } = await runtime.store.read
      .selectFrom('ballot')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('election_id', '=', electionId)
      .executeTakeFirstOrThrow();
    return count;
  } finally {
    await closeRuntime(runtime);
  }
}

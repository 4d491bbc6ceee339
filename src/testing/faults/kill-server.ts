import { join } from 'node:path';
import Database from 'better-sqlite3';
import { toBase64url } from '../../protocol/bytes.ts';
import { Oracle } from '../demo/oracle.ts';
import { type Installation, type RunningServer, startServer } from '../server-process.ts';
import type { Send } from '../voter-client.ts';
import { StubbornVoter } from './stubborn-voter.ts';
import { openElectionOn, requireTally } from './urn-election.ts';

/** Casts under way when the server is killed. */
const IN_FLIGHT = 20;

export interface KillReport {
  readonly kills: number;
  readonly casts: number;
  /** Acknowledged before a kill and not in the urn after it (I1); each is a broken invariant. */
  readonly lost: number;
  /** Voters whom a kill has left between credential and ballot: each finished on retry. */
  readonly stuck: number;
  /** Milliseconds from the restart to the first answer, the longest. */
  readonly slowestStart: number;
}

export interface KillPlan {
  readonly kills: number;
  readonly casts: number;
  /** Milliseconds within which the server must be ready again; 5,000 where not said. */
  readonly readyWithin?: number;
}

/**
 * R1: `kill -9` of the server with casts in flight, `kills` times while `casts` voters vote. After every kill I1, I3 and
 * I4 are checked in the file; voters stuck between credential and ballot finish on retry; the tally equals the oracle.
 */
export async function killDuringCasts(
  installation: Installation,
  { kills, casts, readyWithin = 5_000 }: KillPlan,
): Promise<KillReport> {
  const election = await openElectionOn(installation, casts);
  const candidates = election.terms.manifest.contests[0]?.candidates ?? [];
  const oracle = new Oracle(election.terms.manifest);
  const voters = election.voters.map((voter, i) => {
    const chosen = candidates[i % (candidates.length + 1)];
    return new StubbornVoter(election, voter, [chosen === undefined ? [] : [chosen.id]]);
  });
  const send: Send = (path, init) => fetch(`${installation.url}${path}`, init);
  let lost = 0;
  let stuck = 0;
  let slowestStart = 0;
  for (let kill = 0; kill <= kills; kill++) {
    const begun = performance.now();
    const server = await startServer(installation, Math.max(20_000, readyWithin));
    slowestStart = Math.max(slowestStart, performance.now() - begun);
    const upTo = kill === kills ? casts : Math.ceil(((kill + 1) * casts) / (kills + 1));
    await voteUntil(voters, send, upTo, kill === kills ? undefined : server);
    if (kill === kills) await server.stop();
    const urn = requireUrn(installation, voters);
    lost += urn.lost;
    stuck += urn.stuck;
  }
  for (const voter of voters) oracle.add(voter.selections);
  await requireTally(installation, election, oracle.tally);
  if (slowestStart > readyWithin) throw new Error(`ready after ${slowestStart.toFixed(0)} ms only`);
  return { kills, casts, lost, stuck, slowestStart };
}

/** Votes in parallel until `acknowledged` receipts are there in all; then kills the server amid the rest, if one is given. */
async function voteUntil(
  voters: readonly StubbornVoter[],
  send: Send,
  acknowledged: number,
  toKill: RunningServer | undefined,
): Promise<void> {
  const waiting = voters.filter(({ tracker }) => tracker === undefined);
  let isDown = false;
  let killing: Promise<void> | undefined;
  const lane = async (): Promise<void> => {
    for (let voter = waiting.shift(); voter !== undefined && !isDown; voter = waiting.shift()) {
      try {
        await voter.vote(send);
      } catch (error) {
        // cut off by the kill: tried again after the restart; any other refusal is a fault of the product
        if (!isDown) throw error;
      }
      const done = voters.filter(({ tracker }) => tracker !== undefined).length;
      if (toKill !== undefined && done >= acknowledged && killing === undefined) {
        isDown = true;
        killing = toKill.kill();
      }
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  await killing;
}

/** I1 to I4 in the database file itself: acknowledged ballots that are not there, and marks without a ballot. */
function requireUrn(
  installation: Installation,
  voters: readonly StubbornVoter[],
): { readonly lost: number; readonly stuck: number } {
  const database = new Database(join(installation.environment['VAR_DIR'] ?? '', 'votix.sqlite'));
  try {
    const integrity = database.pragma('integrity_check', { simple: true });
    if (integrity !== 'ok') throw new Error(`integrity check: ${String(integrity)}`);
    const rows = database.prepare('select tracker from ballot').all() as { tracker: Uint8Array }[];
    const { marks } = database.prepare('select count(*) as marks from voter where is_marked = 1').get() as {
      marks: number;
    };
    if (rows.length > marks) throw new Error(`${rows.length} ballots for ${marks} marked voters`);
    const urn = new Set(rows.map(({ tracker }) => toBase64url(tracker)));
    const acknowledged = voters.filter(({ tracker }) => tracker !== undefined);
    // I2: once everyone holds a receipt, another ballot in the urn would be somebody's second one
    if (acknowledged.length === voters.length && rows.length !== voters.length) {
      throw new Error(`${rows.length} ballots of ${voters.length} voters`);
    }
    const lost = acknowledged.filter(({ tracker }) => tracker !== undefined && !urn.has(tracker)).length;
    return { lost, stuck: marks - rows.length };
  } finally {
    database.close();
  }
}

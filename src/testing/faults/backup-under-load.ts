import { join } from 'node:path';
import Database from 'better-sqlite3';
import { toBase64url } from '../../protocol/bytes.ts';
import { Oracle } from '../demo/oracle.ts';
import { type Finished, type Installation, startServer } from '../server-process.ts';
import type { Send } from '../voter-client.ts';
import { StubbornVoter } from './stubborn-voter.ts';
import { openElectionOn, requireTally } from './urn-election.ts';

const A_SECOND = 50;
const LANES = 10;

export interface BackupReport {
  /** Ballots acknowledged before the backup began, in it, and acknowledged in all. */
  readonly before: number;
  readonly kept: number;
  readonly acknowledged: number;
  /** What `restore` said is lost. */
  readonly told: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function requireExit(done: Finished, ...codes: readonly number[]): void {
  if (done.code !== null && codes.includes(done.code)) return;
  throw new Error(`exit code ${done.code}: ${done.stdout}${done.stderr}`);
}

/**
 * R11: `votes` voters at up to 50 a second, a backup amid them, the rest of the votes, then the backup in the place of the
 * database. Every ballot acknowledged before it is in it, `restore` tells how many voters came later, and what was restored
 * can be closed, opened and counted.
 */
export async function backUpUnderLoad(installation: Installation, votes: number): Promise<BackupReport> {
  const election = await openElectionOn(installation, votes);
  const candidates = election.terms.manifest.contests[0]?.candidates ?? [];
  const voters = election.voters.map((voter, i) => {
    const chosen = candidates[i % (candidates.length + 1)];
    return new StubbornVoter(election, voter, [chosen === undefined ? [] : [chosen.id]]);
  });
  const acknowledged = (): StubbornVoter[] => voters.filter(({ tracker }) => tracker !== undefined);
  const send: Send = (path, init) => fetch(`${installation.url}${path}`, init);
  const out = join(installation.folder, 'backup');

  const server = await startServer(installation);
  let before: readonly StubbornVoter[] = [];
  try {
    const voting = vote(voters, send);
    while (acknowledged().length < votes / 3) await pause(20);
    before = acknowledged();
    requireExit(await installation.cli('backup', '--out', out, '--json'), 0);
    if (acknowledged().length === before.length) throw new Error('nobody voted meanwhile: shows nothing');
    await voting;
    requireExit(await installation.cli('restore', '--from', out, '--confirm', 'restore'), 6);
  } finally {
    await server.stop();
  }
  const restored = await installation.cli('restore', '--from', out, '--confirm', 'restore', '--json');
  requireExit(restored, 0, 5);
  const { lostVotes } = JSON.parse(restored.stdout) as { lostVotes: number };

  const { urn, marks } = whatIsThere(installation);
  const missing = before.filter(({ tracker }) => tracker === undefined || !urn.has(tracker));
  if (missing.length > 0) throw new Error(`${missing.length} ballots of before the backup are not in it`);
  if (urn.size > marks) throw new Error(`${urn.size} ballots for ${marks} marked voters`);
  if (lostVotes !== votes - marks) throw new Error(`told ${lostVotes} lost, but ${votes - marks} are`);
  const oracle = new Oracle(election.terms.manifest);
  for (const { tracker, selections } of voters) {
    if (tracker !== undefined && urn.has(tracker)) oracle.add(selections);
  }
  await requireTally(installation, election, oracle.tally);
  return { before: before.length, kept: urn.size, acknowledged: acknowledged().length, told: lostVotes };
}

/** All of them vote once, `A_SECOND` of them begin in a second. */
async function vote(voters: readonly StubbornVoter[], send: Send): Promise<void> {
  const begun = performance.now();
  const waiting = [...voters.entries()];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, voter] = next;
      await pause(Math.max(0, begun + (index * 1_000) / A_SECOND - performance.now()));
      await voter.vote(send);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

function whatIsThere(installation: Installation): { urn: ReadonlySet<string>; marks: number } {
  const database = new Database(join(installation.environment['VAR_DIR'] ?? '', 'votix.sqlite'));
  try {
    const integrity = database.pragma('integrity_check', { simple: true });
    if (integrity !== 'ok') throw new Error(`integrity check: ${String(integrity)}`);
    const rows = database.prepare('select tracker from ballot').all() as { tracker: Uint8Array }[];
    const marks = database.prepare('select count(*) from voter where is_marked = 1').pluck().get() as number;
    return { urn: new Set(rows.map(({ tracker }) => toBase64url(tracker))), marks };
  } finally {
    database.close();
  }
}

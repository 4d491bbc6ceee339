/** `npm run faults [-- --kills N --casts N --voters N]`: what an election must survive; one line a case, exit code 1 if one fails. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAssets } from '../../build-assets.ts';
import { newInstallation, startServer } from '../server-process.ts';
import type { Send } from '../voter-client.ts';
import { killDuringCasts } from './kill-server.ts';
import { voteManyTimes, voteTwiceEach } from './races.ts';
import { ballotsOf, openElectionOn } from './urn-election.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    casts: { type: 'string', default: '2000' },
    voters: { type: 'string', default: '1000' },
  },
});
const kills = Number(values.kills);
const casts = Number(values.casts);
const voters = Number(values.voters);

let failed = 0;
/** One case: `work` answers what to print, and throws where an invariant is broken. */
async function play(id: string, volume: string, work: (folder: string) => Promise<string>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), `votix-${id.toLowerCase()}-`));
  const begun = performance.now();
  try {
    const result = await work(folder);
    console.log(`${id}  ok      ${volume}: ${result} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed++;
    console.log(`${id}  FAILED  ${volume}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await buildAssets();
await play('R1', `${kills} kills, ${casts} casts`, async (folder) => {
  const report = await killDuringCasts(await newInstallation(folder), { kills, casts });
  if (report.lost > 0) throw new Error(`${report.lost} acknowledged ballots lost`);
  return `0 lost, 0 double, ready again within ${report.slowestStart.toFixed(0)} ms, tally equals the oracle`;
});
await play('C1', `${voters} voters, each post twice at once`, async (folder) => {
  const installation = await newInstallation(folder);
  const election = await openElectionOn(installation, voters);
  const server = await startServer(installation);
  const send: Send = (path, init) => fetch(`${installation.url}${path}`, init);
  const { unequal } = await voteTwiceEach(send, election);
  await server.stop();
  const ballots = await ballotsOf(installation, election.id);
  if (unequal > 0 || ballots !== voters) throw new Error(`${ballots} ballots, ${unequal} unequal answers`);
  return `${ballots} ballots, the same receipt twice`;
});
await play('C2', `${voters} posts by one voter`, async (folder) => {
  const installation = await newInstallation(folder);
  const election = await openElectionOn(installation, 1);
  const server = await startServer(installation);
  const send: Send = (path, init) => fetch(`${installation.url}${path}`, init);
  const { taken, serverErrors } = await voteManyTimes(send, election, voters);
  await server.stop();
  const ballots = await ballotsOf(installation, election.id);
  if (taken !== 1 || ballots !== 1 || serverErrors > 0) {
    throw new Error(`${taken} taken, ${ballots} ballots, ${serverErrors} answers of 5xx`);
  }
  return '1 ballot, no 5xx';
});
process.exitCode = failed === 0 ? 0 : 1;

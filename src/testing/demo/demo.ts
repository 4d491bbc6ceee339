/** `npm run demo [-- --voters N --keep DIR]`: a whole election on a server of its own, from import to `verify`. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAssets } from '../../build-assets.ts';
import { newInstallation, startServer } from '../server-process.ts';
import { playElection } from './play-election.ts';

const { values } = parseArgs({
  options: { voters: { type: 'string', default: '1000' }, keep: { type: 'string' } },
});
const voters = Number(values.voters);
if (!Number.isInteger(voters) || voters < 1) throw new Error('--voters takes a whole number from 1');

const begun = performance.now();
let last = begun;
let phaseName: string | undefined;
const phase = (name?: string): void => {
  const now = performance.now();
  if (phaseName !== undefined)
    console.log(`  ${((now - last) / 1000).toFixed(2).padStart(7)} s  ${phaseName}`);
  phaseName = name;
  last = now;
};

const folder = values.keep === undefined ? mkdtempSync(join(tmpdir(), 'votix-demo-')) : resolve(values.keep);
mkdirSync(folder, { recursive: true });
const server = mkdtempSync(join(tmpdir(), 'votix-server-'));
try {
  phase('start the server');
  await buildAssets();
  const installation = await newInstallation(server);
  const running = await startServer(installation);
  if (running.setupLink === undefined) throw new Error('the server printed no set-up link');
  try {
    const played = await playElection(installation, running.setupLink, { voters, folder, phase });
    phase();
    for (const contest of played.oracle.tally.contests) {
      console.log(`  ${contest.valid} valid, ${contest.blank} blank, votes ${contest.votes.join(' / ')}`);
    }
    console.log(`The tally equals the oracle; the record verifies; ${played.receipts.length} receipts.`);
  } finally {
    await running.stop();
  }
  console.log(`${voters} voters in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
  if (values.keep !== undefined)
    console.log(`Kept in ${folder}: record.jsonl, openings.jsonl, receipts.json, links.csv`);
} finally {
  rmSync(server, { recursive: true, force: true });
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}

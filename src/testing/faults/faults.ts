/** `npm run faults [-- --kills N --casts N --voters N --mails N --only R1,C4]`: what an election must survive; one line a case, exit code 1 if one fails. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { newestProgram } from '../program.ts';
import { newInstallation } from '../server-process.ts';
import {
  type Case,
  aroundTheClose,
  backedUp,
  killed,
  killedWhileMailing,
  mailServerFails,
  manyBallots,
  manyCredentials,
  postedTwice,
  secondServer,
} from './cases.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    casts: { type: 'string', default: '2000' },
    voters: { type: 'string', default: '1000' },
    mails: { type: 'string', default: '500' },
    only: { type: 'string' },
  },
});

function whole(name: 'kills' | 'casts' | 'voters' | 'mails'): number {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} takes a whole number from 1`);
  return value;
}
const kills = whole('kills');
const casts = whole('casts');
const voters = whole('voters');
const mails = whole('mails');

const program = newestProgram();

const CASES: readonly { readonly id: string; readonly volume: string; readonly play: Case }[] = [
  { id: 'R1', volume: `${kills} kills, ${casts} casts`, play: killed({ kills, casts }) },
  {
    id: 'R3',
    volume: `${kills} kills, ${mails} links and reminders`,
    play: killedWhileMailing({ mails, kills, votes: Math.ceil(mails / 4) }),
  },
  {
    id: 'R9',
    volume: `8 ways of failing, ${Math.ceil(mails / 4)} mails each`,
    play: mailServerFails({ mails: Math.ceil(mails / 4), phase: 12_000 }),
  },
  { id: 'R11', volume: `${voters} votes, 50 a second`, play: backedUp(voters) },
  { id: 'C1', volume: `${voters} voters, each post twice at once`, play: postedTwice(voters) },
  { id: 'C2', volume: `${voters} credentials asked for by one voter`, play: manyCredentials(voters) },
  { id: 'C2', volume: `${voters} ballots under one credential`, play: manyBallots(voters) },
  { id: 'C4', volume: `${voters} casts around the close`, play: aroundTheClose(voters) },
  { id: 'C8', volume: 'a second server on the same folders', play: secondServer },
];

/** Plays one case in a folder of its own; whether it holds. */
async function holds({ id, volume, play }: (typeof CASES)[number]): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'votix-faults-'));
  const begun = performance.now();
  try {
    const found = await play(await newInstallation(folder, program));
    console.log(`${id}  ok      ${volume}: ${found} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    console.log(`${id}  FAILED  ${volume}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const chosen = values.only?.split(',');
let failed = 0;
for (const one of CASES) {
  if (chosen !== undefined && !chosen.includes(one.id)) continue;
  if (!(await holds(one))) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;

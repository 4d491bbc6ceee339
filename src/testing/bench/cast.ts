import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT, readConfig } from '../../config.ts';
import { closeRuntime, openRuntime } from '../../runtime.ts';
import { type BuiltElection, armedElection } from '../election.ts';
import { type Installation, type Program, newInstallation, startServer } from '../server-process.ts';
import { type CastLimits, castLimit, measureCastLimits } from './cast-limits.ts';
import { type Effort, type Figure, quantile } from './figure.ts';
import type { LoadRun } from './load-messages.ts';
import { LoadTool } from './load-tool.ts';
import { processCpuMs } from './process-cpu.ts';

const CLIENTS = 64;

interface Casting {
  readonly run: LoadRun;
  /** CPU milliseconds of the server during the run. */
  readonly serverCpuMs: number | undefined;
}

/** Issue and cast through HTTP with durable commits, by the server as a process and a load tool beside it. */
export async function measureCast({ isQuick }: Effort, program: Program): Promise<readonly Figure[]> {
  // where the product's own database would lie, not a temporary folder that may be memory
  const folder = mkdtempSync(join(PROJECT_ROOT, 'var', 'bench-'));
  try {
    const installation = await newInstallation(join(folder, 'server'), program);
    const { run, serverCpuMs } = await castAll(installation, isQuick ? 800 : 6_000);
    const limits = await measureCastLimits(folder, { clients: CLIENTS, seconds: isQuick ? 1 : 3 });
    return figuresOf(run, limits, serverCpuMs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function castAll(installation: Installation, voters: number): Promise<Casting> {
  // compilers and caches are warm when the clock starts
  const warmUp = Math.ceil(voters / 4);
  const election = await openElection(installation, voters + warmUp);
  const load = new LoadTool();
  const server = await startServer(installation);
  try {
    await load.prepare({
      url: installation.url.replace('localhost', '127.0.0.1'),
      manifest: election.terms.text,
      voters: election.voters.map(({ link, code }) => ({ link, code })),
      clients: CLIENTS,
    });
    await load.vote(warmUp);
    const before = processCpuMs(server.pid);
    const run = await load.vote(voters);
    const after = processCpuMs(server.pid);
    const serverCpuMs = before === undefined || after === undefined ? undefined : after - before;
    return { run, serverCpuMs };
  } finally {
    load.close();
    await server.stop();
  }
}

/** An open election of the product's default key sizes, in the installation's own database. */
async function openElection(installation: Installation, voters: number): Promise<BuiltElection> {
  const runtime = await openRuntime(readConfig({ ...installation.environment }));
  try {
    return await armedElection(runtime, { voters, electionKeyBits: 3072, credentialKeyBits: 2048 });
  } finally {
    await closeRuntime(runtime);
  }
}

function figuresOf(run: LoadRun, limits: CastLimits, serverCpuMs: number | undefined): readonly Figure[] {
  const voters = run.times.length;
  const limit = castLimit(limits);
  const rate = (value: number): string => Math.round(value).toLocaleString('en');
  const perVoter = (ms: number): string => (ms / voters).toFixed(2);
  return [
    {
      name: 'cast.votersPerSecond',
      value: voters / run.seconds,
      limit,
      limitWhat:
        `voters a second if each took two posts to an empty route (${rate(limits.emptyPosts)}/s), two rows of ` +
        `commits of 50 (${rate(limits.groupedRows)} rows/s) and one RSA private operation ` +
        `(${limits.privateHow}: ${rate(limits.privateOperations)}/s), and nothing else`,
      target: { atLeast: 1_000 },
      notes: [
        `${rate(voters)} voters, ${CLIENTS} clients, two durable commits a voter`,
        `raw SQLite commits one row at a time: ${rate(limits.singleCommits)}/s`,
        `CPU ms a voter: server ${serverCpuMs === undefined ? 'not known' : perVoter(serverCpuMs)}, load tool ${perVoter(run.cpuMs)}`,
      ],
    },
    {
      name: 'cast.p99Ms',
      value: quantile(run.times, 0.99),
      limit: (1000 * CLIENTS) / limit,
      limitWhat: `ms that each of ${CLIENTS} clients waits where all of them together reach the limit above`,
      target: { atMost: 3_000 },
      notes: [`median ${quantile(run.times, 0.5).toFixed(0)} ms`],
    },
  ];
}

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What `node` is told to run: the sources through tsx, or the build that `npm start` runs. */
const PROGRAMS = {
  source: ['--import', 'tsx', fileURLToPath(new URL('../../cli.ts', import.meta.url))],
  built: [fileURLToPath(new URL('../../dist/cli.js', import.meta.url))],
} as const;

export type Program = keyof typeof PROGRAMS;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An installation of its own in `folder`: database, mailbox, logs and logos, and the environment that leads there. */
export interface Installation {
  readonly folder: string;
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly program: Program;
  /** Runs one command of the command line to its end. */
  cli(...args: readonly string[]): Promise<Finished>;
}

/** The server as people run it: a process of its own. */
export interface RunningServer {
  /** The one-time link of the first start; undefined where an admin exists. */
  readonly setupLink: string | undefined;
  readonly pid: number;
  /** SIGTERM, and wait until it has ended. */
  stop(): Promise<void>;
  /** `kill -9`, and wait until it is gone. */
  kill(): Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

const start = (
  program: Program,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): ChildProcess =>
  spawn(process.execPath, [...PROGRAMS[program], ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once('exit', (code) => resolve(code));
  });

/** A new installation on a free port of this machine, its folders below `folder`. */
export async function newInstallation(folder: string, program: Program = 'source'): Promise<Installation> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  // localhost, not 127.0.0.1: browsers treat both as trustworthy, and cookies of the two do not mix
  const url = `http://localhost:${port}`;
  const environment = {
    PUBLIC_URL: url,
    HOST: '127.0.0.1',
    PORT: String(port),
    VAR_DIR: join(folder, 'var'),
    LOG_DIR: join(folder, 'logs'),
    LOGO_DIR: join(folder, 'logos'),
  };
  return {
    folder,
    url,
    environment,
    program,
    cli: async (...args) => {
      const child = start(program, args, environment);
      let stdout = '';
      let stderr = '';
      child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      return { code: await ended(child), stdout, stderr };
    },
  };
}

/** Starts the server of an installation and waits until it answers; what it says on the way is the error if it ends. */
export async function startServer(installation: Installation, within = 20_000): Promise<RunningServer> {
  const child = start(installation.program, ['serve'], installation.environment);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const until = Date.now() + within;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended (${child.exitCode}): ${said}`);
    const isReady = await fetch(`${installation.url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady && said.includes('listens on')) break;
    if (Date.now() > until) throw new Error(`the server did not start within ${within} ms: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  // the set-up link follows the first line in the same turn
  await new Promise((resolve) => setTimeout(resolve, 25));
  const signal = async (name: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.kill(name);
    await ended(child);
  };
  return {
    setupLink: /https?:\S+\/setup\/\S+/.exec(said)?.[0],
    pid: child.pid ?? 0,
    stop: () => signal('SIGTERM'),
    kill: () => signal('SIGKILL'),
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { accept } from '../protocol/outcome.ts';
import { closeRuntime, openRuntime } from '../runtime.ts';
import { markVoter } from '../store/roll-marks.ts';
import { type BuiltElection, armedElection } from '../testing/election.ts';
import { type Installation, newInstallation } from '../testing/server-process.ts';

const PATIENCE = { timeout: 120_000 };
const PROGRAM = ['--import', 'tsx', 'cli.ts'];

let folder: string;
let installation: Installation;
let election: BuiltElection;
let backup: string;

/** Opens the installation as the server does, for a moment. */
async function changed(from: number, to: number): Promise<void> {
  const runtime = await openRuntime(readConfig(installation.environment));
  await runtime.store.inTransaction(async (trx) => {
    for (const { id } of election.voters.slice(from, to)) await markVoter(trx, id, new Uint8Array(32));
    return accept(undefined);
  });
  await closeRuntime(runtime);
}

function marks(): number {
  const database = new Database(join(folder, 'var', 'votix.sqlite'), { readonly: true });
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    return database.prepare('select count(*) from voter where is_marked = 1').pluck().get() as number;
  } finally {
    database.close();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'votix-operation-'));
  installation = await newInstallation(folder);
  backup = join(folder, 'backup');
  const runtime = await openRuntime(readConfig(installation.environment));
  election = await armedElection(runtime, { title: 'The board', voters: 6 });
  await closeRuntime(runtime);
  await changed(0, 2);
  const made = await installation.cli('backup', '--out', backup);
  if (made.code !== 0) throw new Error(made.stderr);
  await changed(2, 5);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('backup on the terminal', () => {
  it('never overwrites', PATIENCE, async () => {
    const again = await installation.cli('backup', '--out', backup);
    expect(again).toMatchObject({ code: 2, stderr: `${backup} exists already: name a new folder\n` });
  });

  it('leaves nothing behind on a full disk', PATIENCE, async () => {
    // no file may grow over 200 KiB: what a quota, or the end of a disk, is to a program
    const script = `ulimit -f 200; exec ${process.execPath} ${PROGRAM.join(' ')} backup --out ${folder}/full`;
    const child = spawn('bash', ['-c', script], {
      env: { PATH: process.env['PATH'] ?? '', ...installation.environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await once(child, 'exit')).toEqual([3, null]);
    expect(said).toMatch(/^NO_SPACE: .*\n$/);
    expect(readdirSync(folder).filter((name) => name.startsWith('full'))).toEqual([]);
  });
});

describe('restore on the terminal', () => {
  it('tells what is lost, and changes nothing, in a dry run', PATIENCE, async () => {
    const { code, stdout } = await installation.cli('restore', '--from', backup, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('LOST: 3 voters voted after this backup');
    expect(stdout).toContain('The board: 3 voted after it');
    expect(marks()).toBe(5);
  });

  it('asks before it acts, where somebody can be asked', PATIENCE, async () => {
    const unasked = await installation.cli('restore', '--from', backup);
    expect(unasked.code).toBe(2);
    expect(unasked.stderr).toContain('--confirm');
    const wrong = await installation.cli('restore', '--from', backup, '--confirm', 'yes');
    expect(wrong.code).toBe(2);
    expect(marks()).toBe(5);
  });

  it('leaves the old database or the restored one, whole, when it is killed', PATIENCE, async () => {
    const seen: number[] = [];
    for (const after of [700, 1_000, 1_300, 1_600, 2_000]) {
      const child = spawn(
        process.execPath,
        [...PROGRAM, 'restore', '--from', backup, '--confirm', 'restore'],
        {
          env: { PATH: process.env['PATH'] ?? '', ...installation.environment },
          stdio: 'ignore',
        },
      );
      setTimeout(() => child.kill('SIGKILL'), after);
      await once(child, 'exit');
      seen.push(marks());
    }
    expect(seen.filter((count) => count !== 5 && count !== 2)).toEqual([]);
    if (marks() === 2) await changed(2, 5);
  });

  it('puts the backup in place, and ends with 5 where votes are lost', PATIENCE, async () => {
    const done = await installation.cli('restore', '--from', backup, '--confirm', 'restore', '--json');
    expect(done.code).toBe(5);
    expect(JSON.parse(done.stdout)).toMatchObject({ restored: true, lostVotes: 3 });
    expect(marks()).toBe(2);
  });

  it('knows of the lost votes from what somebody counted', PATIENCE, async () => {
    const words = ['restore', '--from', backup, '--dry-run', '--json'];
    const { stdout } = await installation.cli(...words, '--expected-voted', '6');
    expect(JSON.parse(stdout)).toMatchObject({ lostVotes: 4, restored: false });
    expect((await installation.cli(...words, '--witness', join(folder, 'none.json'))).code).toBe(2);
  });
});

describe('reset on the terminal', () => {
  it('says what it would delete, asks for the title, and deletes', PATIENCE, async () => {
    const dry = await installation.cli('reset', '--dry-run');
    expect(dry.stdout).toContain('6 voters, 1 contests, 3 candidates');
    expect(dry.stdout).not.toMatch(/ballots/);
    expect((await installation.cli('reset')).code).toBe(2);
    const wrong = await installation.cli('reset', '--confirm', 'Another');
    expect(wrong).toMatchObject({ code: 3 });
    expect(wrong.stderr).toContain('TITLE_DIFFERS');
    const right = await installation.cli('reset', '--confirm', 'The board', '--json');
    expect(right.code).toBe(0);
    expect(JSON.parse(right.stdout)).toMatchObject({ deleted: true, voters: 6 });
    expect((await installation.cli('status')).stdout).toContain('No election yet');
  });
});

describe('a start that must not happen (R16)', () => {
  const started = (environment: Readonly<Record<string, string>>) =>
    new Promise<{ code: number | null; said: string }>((resolve) => {
      const child = spawn(process.execPath, [...PROGRAM, 'status'], {
        env: { PATH: process.env['PATH'] ?? '', ...installation.environment, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
      }
      child.once('exit', (code) => resolve({ code, said }));
    });

  it.each([
    ['a secret that is none', { SECRET_KEY: 'changeme' }, 'SECRET_KEY is not a random secret'],
    ['a default secret', { SECRET_KEY: 'A'.repeat(43) }, 'SECRET_KEY is not a random secret'],
    [
      'a secret file that is not there',
      { SECRET_KEY_FILE: '/nowhere/secret' },
      'SECRET_KEY_FILE cannot be read',
    ],
    ['a folder that is a file', { VAR_DIR: '/dev/null/var' }, 'cannot be made'],
    ['an address with a path', { PUBLIC_URL: 'https://vote.example.org/votix' }, 'PUBLIC_URL is an origin'],
    ['a port that is none', { PORT: '70000' }, 'PORT'],
  ])('%s: one line with the remedy', PATIENCE, async (_, environment, line) => {
    const { code, said } = await started(environment);
    expect(code).toBe(2);
    expect(said).toContain(line);
    expect(said.trimEnd().split('\n')).toHaveLength(1);
  });

  it('a database without its secret, a file that is no database', PATIENCE, async () => {
    const secret = join(folder, 'var', 'secret.key');
    rmSync(secret);
    const missing = await started({});
    expect(missing.code).toBe(2);
    expect(missing.said).toMatch(/^the server secret \S+ is missing.*\n$/);
    expect(existsSync(secret)).toBe(false);
    rmSync(join(folder, 'var', 'votix.sqlite'));
    writeFileSync(join(folder, 'var', 'votix.sqlite'), 'something else that is long enough');
    const damaged = await started({ SECRET_KEY: 'Vm90aXggdGVzdCBzZWNyZXQgd2l0aCAzMiBieXRlcyE' });
    expect(damaged).toMatchObject({ code: 3 });
    expect(damaged.said).toMatch(/^file is not a database: .*\n$/);
  });
});

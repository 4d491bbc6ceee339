import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT, SECRET_VARIABLES, environmentSchema } from '../config.ts';
import { newInstallation } from './server-process.ts';

const run = promisify(execFile);
const read = (name: string): string => readFileSync(join(PROJECT_ROOT, name), 'utf8');

const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ');
const compose = read('compose.yml');
const stage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
const instruction = (name: string): string => new RegExp(`^${name} (.*)$`, 'm').exec(stage)?.[1] ?? '';

const known: ReadonlySet<string> = new Set([
  ...Object.keys(environmentSchema.shape),
  ...SECRET_VARIABLES.map((name) => `${name}_FILE`),
  'NODE_ENV',
]);
const pairs = instruction('ENV')
  .split(' ')
  .map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
const folders = ['VAR_DIR', 'LOG_DIR', 'LOGO_DIR'].map((name) => new Map(pairs).get(name));

describe('the container', () => {
  it('runs as an account that is not root, with a health check and a gentle end', () => {
    expect(instruction('USER')).toBe('node');
    expect(instruction('STOPSIGNAL')).toBe('SIGTERM');
    expect(instruction('HEALTHCHECK')).toContain('/healthz');
    expect(compose).toMatch(/read_only: true/);
    expect(compose).toMatch(/cap_drop:\n\s+- ALL\n/);
    expect(compose).toContain('no-new-privileges:true');
  });

  it('stands on a release of Node.js that the program accepts', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    const [, major] = /^ARG NODE=(\d+)-/m.exec(dockerfile) ?? [];
    expect(Number(major)).toBeGreaterThanOrEqual(Number.parseInt(engines.node.replace('>=', ''), 10));
  });

  it('sets only variables that the program reads', () => {
    const block = compose.slice(compose.indexOf('environment:'), compose.indexOf('    secrets:'));
    const names = [...block.matchAll(/^ {6}(\w+):/gm)].map((match) => match[1] ?? '');
    expect(names.length).toBeGreaterThan(5);
    for (const name of [...names, ...pairs.map(([one]) => one)]) expect(known).toContain(name);
  });

  it('keeps everything that it writes in volumes', () => {
    expect(JSON.parse(instruction('VOLUME'))).toEqual(folders);
    for (const folder of folders) expect(compose).toMatch(new RegExp(`- \\w+:${folder}\n`));
  });
});

describe('what the image holds', () => {
  let folder: string;
  let app: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'votix-image-'));
    app = join(folder, 'votix');
    const compiler = join(PROJECT_ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    await run(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', join(app, 'dist')], {
      cwd: PROJECT_ROOT,
    });
    cpSync(join(PROJECT_ROOT, 'package.json'), join(app, 'package.json'));
    for (const name of ['build', 'favicon.svg']) {
      cpSync(join(PROJECT_ROOT, 'static', name), join(app, 'static', name), { recursive: true });
    }
    symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(app, 'node_modules'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Every file with its time of change. */
  const filesOf = (): string[] =>
    readdirSync(app, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.startsWith('node_modules'))
      .map((name) => `${name} ${statSync(join(app, name)).mtimeMs}`);

  it('serves from its three folders alone, is found healthy, and ends when told', async () => {
    const before = filesOf();
    const { environment, url } = await newInstallation(join(folder, 'volumes'));
    const program = join(app, 'dist', 'cli.js');
    const server = spawn(process.execPath, [program, 'serve'], {
      env: environment,
      cwd: '/',
      stdio: 'ignore',
    });
    const ended = once(server, 'exit');
    const isHealthy = async (): Promise<boolean> =>
      fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      );
    const until = Date.now() + 20_000;
    while (!(await isHealthy()) && Date.now() < until) await new Promise((go) => setTimeout(go, 100));
    const [, words = '[]'] = /CMD (\[.*\])/.exec(instruction('HEALTHCHECK')) ?? [];
    const [, ...check] = JSON.parse(words) as string[];
    await run(process.execPath, check, { env: environment });
    server.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await expect(run(process.execPath, check, { env: environment })).rejects.toMatchObject({ code: 1 });
    expect(filesOf()).toEqual(before);
    expect(readdirSync(join(folder, 'volumes')).sort((a, b) => a.localeCompare(b))).toEqual([
      'logos',
      'logs',
      'var',
    ]);
  });
});

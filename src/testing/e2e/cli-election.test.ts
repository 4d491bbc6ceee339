import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receipt, receiptJson } from '../../protocol/receipt.ts';
import { Oracle, someSelections } from '../demo/oracle.ts';
import { demoElection, rollOf } from '../demo/people.ts';
import { requireOracle, termsOverHttp } from '../demo/play-election.ts';
import { type Installation, type RunningServer, newInstallation, startServer } from '../server-process.ts';
import { voteOverHttp } from '../voter-client.ts';
import { tellAsStory } from './story.ts';

const PATIENCE = 240_000;
const VOTERS = 8;

let folder: string;
let installation: Installation;
let server: RunningServer | undefined;
let electionId: string;
let oracle: Oracle;
let receipt: Receipt;
const file = (name: string): string => join(folder, name);
const KEY = ['--key', 'KEY.pem', '--passphrase-file', 'WORDS.txt'];

/** Arguments with the names of files that stand in the test's folder. */
const placed = (args: readonly string[]): string[] =>
  args.map((arg) => (/^[\w-]+\.(pem|txt|json|jsonl|csv)$/i.test(arg) ? file(arg) : arg));

/** Runs a command that must succeed; its answer, one line of JSON. */
async function done(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await installation.cli(...placed(args), '--json');
  expect([args.join(' '), code, stderr]).toEqual([args.join(' '), 0, '']);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** Runs commands that must be refused, all at once: what was asked, the exit code, and the refusal's own code. */
async function refused(...commands: readonly (readonly string[])[]): Promise<string[]> {
  return Promise.all(
    commands.map(async (args) => {
      const { code, stdout, stderr } = await installation.cli(...placed(args), '--json');
      const { error } = JSON.parse(stderr) as { error: { code: string; message: string } };
      expect([args[0], stdout]).toEqual([args[0], '']);
      expect(error.message).toMatch(/^[A-Z].*[.)]$/s);
      return `${args[0]}: ${code} ${error.code}`;
    }),
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'votix-cli-'));
  installation = await newInstallation(join(folder, 'installation'));
  const election = demoElection(new Date(Date.now() + 86_400_000));
  writeFileSync(file('election.json'), JSON.stringify(election));
  writeFileSync(file('roll.csv'), rollOf(VOTERS));
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a whole election on the command line', { timeout: PATIENCE }, () => {
  tellAsStory();

  it('begins with staff and an election', async () => {
    expect(await done('create-user', '--role', 'admin', '--email', 'olive@school.example')).toMatchObject({
      role: 'admin',
      setupLink: expect.stringContaining(`${installation.url}/setup/`),
    });
    electionId = String((await done('create-election', '--file', 'election.json'))['election']);
    const { stdout } = await installation.cli('status', '--json');
    expect(JSON.parse(stdout)).toMatchObject([{ election: electionId, state: 'draft', registered: 0 }]);
  });

  it('refuses what comes too early, and says the next step', async () => {
    expect(
      await refused(
        ['arm', '--out', 'early.pem', '--passphrase-out', 'early.txt'],
        ['open'],
        ['send-links'],
        ['export-links', '--out', 'links.csv'],
        ['close'],
      ),
    ).toEqual([
      'arm: 4 NO_VOTERS',
      'open: 4 NOT_ARMED',
      'send-links: 4 NOT_ARMED',
      'export-links: 4 NOT_ARMED',
      'close: 4 NOT_ARMED',
    ]);
    // a refusal leaves no empty file behind
    expect(() => statSync(file('early.pem'))).toThrow('ENOENT');
    expect(() => statSync(file('links.csv'))).toThrow('ENOENT');
  });

  it('imports the roll', async () => {
    expect(await done('import-voters', '--file', 'roll.csv', '--dry-run')).toMatchObject({ added: VOTERS });
    expect(await done('import-voters', '--file', 'roll.csv')).toMatchObject({ added: VOTERS });
    expect(await done('import_voters', '--file', 'roll.csv')).toMatchObject({ added: 0, kept: VOTERS });
  });

  it('is armed: a key file and words that nobody else can read, and that are proven', async () => {
    await done('arm', '--out', 'KEY.pem', '--passphrase-out', 'WORDS.txt');
    for (const name of ['KEY.pem', 'WORDS.txt']) expect(statSync(file(name)).mode & 0o777).toBe(0o600);
    writeFileSync(file('WRONG.txt'), `${Array.from({ length: 9 }, () => 'zoo').join(' ')}\n`);
    expect(
      await refused(
        ['open'],
        ['send-links'],
        ['prove-key', '--key', 'KEY.pem', '--passphrase-file', 'WRONG.txt'],
        ['prove-key', '--key', 'roll.csv', '--passphrase-file', 'WORDS.txt'],
      ),
    ).toEqual([
      'open: 4 NOT_ARMED',
      'send-links: 4 NOT_ARMED',
      'prove-key: 3 WRONG_PASSPHRASE',
      'prove-key: 3 NOT_A_KEY_FILE',
    ]);
    expect(await done('prove-key', ...KEY)).toMatchObject({ armed: true, copy: 1 });
    expect(await done('prove-key', ...KEY, '--copy', '2')).toMatchObject({ armed: false, copy: 2 });
  });

  it('mails the links, exports them for printing, and opens', async () => {
    expect(await done('send-links', '--dry-run')).toMatchObject({ toSend: VOTERS });
    expect(await done('send-links')).toMatchObject({ queued: VOTERS, sent: VOTERS, refused: 0 });
    expect(await done('send_links')).toMatchObject({ queued: 0, sent: 0 });
    expect(await done('export-links', '--out', 'links.csv')).toMatchObject({ count: VOTERS });
    expect(statSync(file('links.csv')).mode & 0o777).toBe(0o600);
    expect(await refused(['arm', '--out', 'again.pem', '--passphrase-out', 'again.txt'])).toEqual([
      'arm: 4 LINKS_MAILED',
    ]);
    expect(await done('open')).toMatchObject({ state: 'open' });
  });

  it('takes votes while the server runs', async () => {
    server = await startServer(installation, 60_000);
    const terms = await termsOverHttp(installation, electionId);
    oracle = new Oracle(terms.manifest);
    const rows = Papa.parse<{ link: string; code: string }>(readFileSync(file('links.csv'), 'utf8'), {
      header: true,
      skipEmptyLines: true,
    }).data;
    for (const { link: url, code } of rows.slice(1)) {
      const link = /\/vote\/([\w-]{32})#/.exec(url)?.[1] ?? '';
      const selections = someSelections(terms.manifest, Math.random);
      const send = (path: string, init?: RequestInit) => fetch(`${installation.url}${path}`, init);
      receipt = await voteOverHttp(send, terms, { link, code }, selections);
      oracle.add(selections);
    }
    expect(oracle.tally.contests.map(({ valid, blank }) => valid + blank)).toEqual([VOTERS - 1, VOTERS - 1]);
    writeFileSync(file('receipt.json'), JSON.stringify(receiptJson(receipt)));
  });

  it('keeps the urn shut until it is closed, early and with a reason', async () => {
    expect(await refused(['close'], ['deliberate', ...KEY], ['publish'])).toEqual([
      'close: 4 NOT_CLOSED',
      'deliberate: 4 NOT_CLOSED',
      'publish: 4 NOT_TALLIED',
    ]);
    expect(await done('close', '--early', 'Everyone has voted', '--wait')).toMatchObject({ state: 'closed' });
    expect(
      await refused(['import-voters', '--file', 'roll.csv'], ['send-links'], ['open'], ['publish']),
    ).toEqual([
      'import-voters: 4 CLOSED',
      'send-links: 4 CLOSED',
      'open: 4 CLOSED',
      'publish: 4 NOT_TALLIED',
    ]);
  });

  it('is counted with the key, once', async () => {
    expect(await refused(['deliberate', '--key', 'KEY.pem', '--passphrase-file', 'WRONG.txt'])).toEqual([
      'deliberate: 3 WRONG_PASSPHRASE',
    ]);
    expect(await done('deliberate', ...KEY, '--openings-out', 'openings.jsonl')).toMatchObject({
      count: VOTERS - 1,
    });
    expect(await refused(['deliberate', ...KEY])).toEqual(['deliberate: 4 ALREADY_TALLIED']);
  });

  it('is published, once, and its record exported', async () => {
    expect(await done('publish')).toMatchObject({ address: `${installation.url}/results/${electionId}` });
    expect(await refused(['publish'])).toEqual(['publish: 4 ALREADY_PUBLISHED']);
    await done('export-record', '--out', 'record.jsonl');
    const record = readFileSync(file('record.jsonl'), 'utf8');
    requireOracle(record, oracle);
    expect(record).toContain('"reason":"Everyone has voted"');
    expect(await (await fetch(`${installation.url}/elections/${electionId}/record`)).text()).toBe(record);
    const { stdout } = await installation.cli('status', '--json');
    expect(JSON.parse(stdout)).toMatchObject([{ state: 'published', registered: VOTERS, voted: VOTERS - 1 }]);
  });

  it('is verified by a program that trusts nobody, which says what it could not check', async () => {
    const link = readFileSync(file('links.csv'), 'utf8').split('\r\n')[2]?.split(',')[1] ?? '';
    const [whole, bare, tampered] = await Promise.all([
      installation.cli(
        ...placed(['verify', 'record.jsonl', '--openings', 'openings.jsonl', '--receipt', 'receipt.json']),
        '--link',
        link,
      ),
      installation.cli('verify', file('record.jsonl')),
      installation.cli('verify', tamperedRecord()),
    ]);
    expect([whole.code, whole.stdout.trim().split('\n').at(-1)]).toEqual([0, 'Everything holds.']);
    expect([bare.code, bare.stdout.trim().split('\n').at(-1)]).toEqual([
      3,
      'Nothing failed, but not everything was checked: V1, V6, V7, V8.',
    ]);
    expect(tampered.code).toBe(1);
    expect(tampered.stdout).toContain('Do not trust this record');
  });

  it('answers wrong use with 2, and never writes over a file', async () => {
    const wrong = await Promise.all(
      [
        ['arm'],
        ['status', '--election', 'nowhere'],
        ['export-record', '--out', 'record.jsonl'],
        ['verify', 'missing.jsonl'],
        ['create-user', '--role', 'voter', '--email', 'vera@school.example'],
        ['no-such-command'],
      ].map(async (args) => (await installation.cli(...placed(args))).code),
    );
    expect(wrong).toEqual([2, 2, 2, 2, 2, 2]);
  });
});

/** The record with one vote moved from one candidate to another. */
function tamperedRecord(): string {
  const record = readFileSync(file('record.jsonl'), 'utf8');
  const changed = record.replace(/"votes":\[(\d+),(\d+)/, (_, a: string, b: string) => {
    return `"votes":[${Number(a) + 1},${Math.max(0, Number(b) - 1)}`;
  });
  writeFileSync(file('tampered.jsonl'), changed);
  return file('tampered.jsonl');
}

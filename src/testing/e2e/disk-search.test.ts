import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlayedElection, playElection } from '../demo/play-election.ts';
import { type Installation, type RunningServer, newInstallation, startServer } from '../server-process.ts';
import { CAST, cookieOf, formPost } from '../staff.ts';
import { Search, codeForms, numberForms, textForms } from './disk.ts';
import { leftOnDisk } from './secrets.ts';
import { type Column, joinPaths, rankCorrelation, readColumns } from './tables.ts';

const PATIENCE = 300_000;
/** With so many, chance alone takes a rank correlation beyond this once in a million (five standard deviations). */
const VOTERS = 400;
const UNRELATED = 0.25;

let folder: string;
let installation: Installation;
let server: RunningServer;
let played: PlayedElection;
let session: string;
let columns: readonly Column[];
const kept = (name: string): string => join(folder, name);
const database = (): string => join(installation.folder, 'var', 'votix.sqlite');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'votix-disk-'));
  installation = await newInstallation(join(folder, 'installation'));
  server = await startServer(installation, 60_000);
  if (server.setupLink === undefined) throw new Error('the server printed no link');
  played = await playElection(installation, server.setupLink, {
    voters: VOTERS,
    folder,
    phase: () => undefined,
  });
  const { email, password } = CAST.admin;
  const signedIn = await fetch(`${installation.url}/sign-in`, {
    ...formPost({ email, password }),
    redirect: 'manual',
  });
  session = cookieOf(signedIn).split('=')[1] ?? '';
  columns = readColumns(database());
}, PATIENCE);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}, PATIENCE);

describe('the disk of a server after an election', { timeout: PATIENCE }, () => {
  it('holds no key, passphrase, link, code, session or opened ballot', () => {
    const left = leftOnDisk(installation, {
      key: {
        pem: readFileSync(kept('key.pem'), 'utf8'),
        words: readFileSync(kept('key.pem.txt'), 'utf8').trim().split(' '),
      },
      openings: readFileSync(played.openings, 'utf8'),
      values: [session, server.setupLink?.split('/').at(-1) ?? ''],
      voters: played.votes.map(({ voter, link, code }) => ({ email: voter, link, code })),
    });
    expect(left.secrets).toEqual([]);
  });

  it('is searched by something that finds what is there', () => {
    const [vote] = played.votes;
    if (vote === undefined) throw new Error('nobody voted');
    const { voter, link, code } = vote;
    const exported = readFileSync(played.links);
    expect(new Search([...textForms('link', link), ...codeForms('code', code)]).in(exported)).toEqual([
      'link',
      'code',
    ]);
    const tracker = numberForms('tracker', Buffer.from(vote.receipt.tracker));
    const search = new Search([...textForms('address', voter), ...tracker]);
    expect([...new Set(search.inFiles([database()]))].sort()).toEqual(
      [`${database()}: address`, `${database()}: tracker`].sort(),
    );
  });

  it('leads from nobody on the roll to a ballot', () => {
    expect(joinPaths(columns)).toEqual([]);
    // the same search finds a path that is laid for it, in each of the three ways
    const pk = columnOf('ballot', 'pk')[0] ?? Buffer.alloc(0);
    const digest = createHash('sha256').update(pk).digest();
    const note = Buffer.from(`{"seen":"${pk.toString('base64url')}"}`);
    for (const cell of [pk, digest, note]) {
      const planted = { table: 'voter', column: 'planted', cells: [cell] };
      expect(joinPaths([...columns, planted])).toEqual(['voter.planted - ballot.pk']);
    }
  });

  it('keeps every ballot in the same number of bytes, and nothing of when it came', () => {
    const ballot = columns.filter(({ table }) => table === 'ballot');
    expect(ballot.map(({ column }) => column).sort()).toEqual(
      ['c', 'credential', 'election_id', 'kc', 'pk', 'prefix', 'proof', 'sealed', 'tracker'].sort(),
    );
    for (const { cells } of ballot) {
      expect(cells).toHaveLength(VOTERS);
      expect(new Set(cells.map((cell) => cell.length)).size).toBe(1);
    }
  });

  it('orders the roll by nothing that orders the ballots', () => {
    // what the write-ahead log still holds belongs to the file as much, and the server moves it there twice a minute
    const connection = new Database(database());
    connection.pragma('wal_checkpoint(FULL)');
    connection.close();
    const file = readFileSync(database());
    const trackers = played.votes.map(({ receipt }) => Buffer.from(receipt.tracker));
    const ofBallots = {
      key: trackers.map((tracker) => tracker.readUIntBE(0, 6)),
      'place in the file': trackers.map((tracker) => file.indexOf(tracker)),
      'last place in the file': trackers.map((tracker) => file.lastIndexOf(tracker)),
    };
    expect(Math.min(...ofBallots['place in the file'])).toBeGreaterThan(0);
    const emails = columnOf('voter', 'email').map(String);
    const ofVoters: Record<string, readonly number[]> = {
      'order of voting': played.votes.map((_, index) => index),
    };
    for (const { table, column, cells } of columns) {
      if (table !== 'voter' || cells.length !== VOTERS) continue;
      const sorted = [...cells].sort(Buffer.compare);
      const places = cells.map((cell) => sorted.findIndex((other) => other.equals(cell)));
      const isNumber = column === 'rowid_';
      ofVoters[column] = played.votes.map(({ voter }) => {
        const row = emails.indexOf(voter);
        return isNumber ? Number(cells[row]) : (places[row] ?? -1);
      });
    }
    expect(Object.keys(ofVoters)).toEqual(expect.arrayContaining(['rowid_', 'id', 'link_digest']));
    for (const [name, people] of Object.entries(ofVoters)) {
      for (const [place, ballots] of Object.entries(ofBallots)) {
        const rho = Math.abs(rankCorrelation(people, ballots));
        expect(rho, `${name} against ${place}`).toBeLessThan(UNRELATED);
      }
    }
    expect(rankCorrelation([3, 1, 2], [30, 10, 20])).toBe(1);
  });
});

const columnOf = (table: string, column: string): readonly Buffer[] =>
  columns.find((one) => one.table === table && one.column === column)?.cells ?? [];

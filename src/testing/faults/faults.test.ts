import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newInstallation, startServer } from '../server-process.ts';
import type { Send } from '../voter-client.ts';
import { killDuringCasts } from './kill-server.ts';
import { voteManyTimes, voteTwiceEach } from './races.ts';
import { ballotsOf, openElectionOn } from './urn-election.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'votix-faults-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The bounded form of `npm run faults`. */
describe('a server that is killed or raced', () => {
  it(
    'R1: loses no acknowledged ballot, doubles none, and counts what voters wanted',
    { timeout: 300_000 },
    async () => {
      const report = await killDuringCasts(await newInstallation(folder), { kills: 3, casts: 240 });
      expect(report).toMatchObject({ kills: 3, casts: 240, lost: 0 });
    },
  );

  it('C1: 1,000 voters who post twice at once have 1,000 ballots', { timeout: 300_000 }, async () => {
    const installation = await newInstallation(folder);
    const election = await openElectionOn(installation, 1_000);
    const server = await startServer(installation);
    const send: Send = (path, init) => fetch(`${installation.url}${path}`, init);
    expect(await voteTwiceEach(send, election)).toEqual({ unequal: 0 });
    await server.stop();
    expect(await ballotsOf(installation, election.id)).toBe(1_000);
  });

  it('C2: 1,000 posts by one voter, each another choice, are one ballot', { timeout: 300_000 }, async () => {
    const installation = await newInstallation(folder);
    const election = await openElectionOn(installation, 2);
    const server = await startServer(installation);
    const send: Send = (path, init) => fetch(`${installation.url}${path}`, init);
    expect(await voteManyTimes(send, election, 1_000)).toEqual({ taken: 1, serverErrors: 0 });
    await server.stop();
    expect(await ballotsOf(installation, election.id)).toBe(1);
  });
});

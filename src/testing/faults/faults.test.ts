import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

const PATIENCE = { timeout: 300_000 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'votix-faults-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const play = async (one: Case): Promise<string> => one(await newInstallation(folder));

/** The bounded form of `npm run faults`. A machine that runs other tests beside this one may start a server slowly. */
describe('a server that is killed or raced', () => {
  it('R1: loses no acknowledged ballot, doubles none, and counts what voters wanted', PATIENCE, async () => {
    const found = await play(killed({ kills: 3, casts: 240, readyWithin: 30_000 }));
    expect(found).toMatch(/^0 lost, 0 double, /);
  });

  it(
    'R3: killed while it sends, everyone gets every e-mail, and nobody is reminded who voted',
    PATIENCE,
    async () => {
      const found = await play(killedWhileMailing({ mails: 150, kills: 4, votes: 20 }));
      expect(found).toMatch(/^every mail came, [0-4] copies too many in 4 kills, /);
    },
  );

  it(
    'R9: a failing mail server costs nobody the mail, and nothing counts as sent that is not',
    PATIENCE,
    async () => {
      const found = await play(mailServerFails({ mails: 12, phase: 1_500, pageWithin: 3_000 }));
      expect(found).toMatch(/^0 sent without a 250, everyone one mail, /);
    },
  );

  it('R11: a backup amid votes holds every ballot from before it', PATIENCE, async () => {
    expect(await play(backedUp(200))).toContain('tally equals the oracle');
  });

  it('C1: 1,000 voters who post twice at once have 1,000 ballots', PATIENCE, async () => {
    expect(await play(postedTwice(1_000))).toBe('1,000 ballots, the same receipt twice');
  });

  it('C2: 1,000 posts by one voter, each another choice, are one ballot', PATIENCE, async () => {
    expect(await play(manyCredentials(1_000))).toBe('1 ballot, no 5xx');
  });

  it('C2: 1,000 ballots under one credential are one ballot', PATIENCE, async () => {
    expect(await play(manyBallots(1_000))).toBe('1 ballot, no 5xx');
  });

  it('C4: casts around the close are counted or refused, as each voter is told', PATIENCE, async () => {
    expect(await play(aroundTheClose(200))).toMatch(/^\d+ taken and counted, \d+ told that it is closed$/);
  });

  it('C8: a second server on the same folders refuses to start', PATIENCE, async () => {
    expect(await play(secondServer)).toContain('refused');
  });
});

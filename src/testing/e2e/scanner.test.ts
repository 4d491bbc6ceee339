import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { launchChromium } from '../chromium.ts';
import { type BuiltElection, type BuiltVoter, armedElection } from '../election.ts';
import { type TestRuntime, temporaryRuntime } from '../runtime.ts';
import { newDevice, voteInBooth, voteWithoutScript } from './electors.ts';

const PATIENCE = 120_000;
const TIMES = 50;
const PRESSES = 100;
const AGENTS = ['SafeLinks/1.0', 'Barracuda Sentinel', 'Mozilla/5.0 (compatible; LinkScanner)', ''];

let test: TestRuntime;
let server: ReturnType<typeof serve>;
let origin: string;
let browser: Browser;
let open: BuiltElection;
let waiting: BuiltElection;

beforeAll(async () => {
  test = await temporaryRuntime();
  const contests = [
    { title: 'Chair', candidates: ['Ada', 'Grace'] },
    { title: 'Board', method: 'approval', max: 2, candidates: ['Alan', 'Barbara'] },
  ] as const;
  open = await armedElection(test.runtime, { voters: 2, contests });
  const opensAt = test.clock.now() + 3_600_000;
  waiting = await armedElection(test.runtime, {
    state: 'armed',
    voters: 1,
    contests,
    opensAt,
    closesAt: opensAt + 3_600_000,
  });
  const { fetch: answer } = createApp(test.runtime);
  const address = await new Promise<AddressInfo>((resolve) => {
    server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' }, resolve);
  });
  origin = `http://localhost:${address.port}`;
  browser = await launchChromium();
}, PATIENCE);
afterAll(async () => {
  await browser.close();
  server.close();
  await test.dispose();
});

const voterOf = (election: BuiltElection, index: number): BuiltVoter => {
  const voter = election.voters[index];
  if (voter === undefined) throw new RangeError(`no voter ${index}`);
  return voter;
};

/** What a scanner could have used up: ballots, marks, credentials, tries, mails. */
async function usedUp(): Promise<Record<string, number>> {
  const { read } = test.runtime.store;
  const voters = await read.selectFrom('voter').select(['is_marked', 'blinded_digest']).execute();
  const rows = async (table: 'ballot' | 'code_tries' | 'mail'): Promise<number> =>
    (await read.selectFrom(table).selectAll().execute()).length;
  return {
    ballots: await rows('ballot'),
    marks: voters.filter((voter) => voter.is_marked === 1 || voter.blinded_digest !== null).length,
    tries: await rows('code_tries'),
    mails: await rows('mail'),
  };
}
const NOTHING = { ballots: 0, marks: 0, tries: 0, mails: 0 };

/** Numbers that look drawn, and are the same from run to run. */
function drawer(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

/** One press in so many is on a button that sends, so that the way leads on to the last page. */
const SENDS = 3;

/**
 * The sandbox of a mail scanner: opens the link, lets the scripts run, types a word into every field, and presses what
 * can be pressed, drawn each time anew, wherever that leads; comes back when it has left. Answers what was pressed.
 */
async function pressEverything(page: Page, url: string): Promise<ReadonlySet<string>> {
  const pressed = new Set<string>();
  const draw = drawer(7);
  const visit = (): Promise<unknown> => page.goto(url).catch(() => undefined);
  await visit();
  for (let press = 0; press < PRESSES; press++) {
    if (!page.url().startsWith(`${origin}/vote`)) await visit();
    await page.waitForTimeout(60);
    for (const field of await page.locator('input:is([type=text], :not([type])):visible').all()) {
      await field.fill('scanned', { timeout: 1_000 }).catch(() => undefined);
    }
    const all = page.locator(':is(a, button, summary, input):visible');
    const sends = page.locator('button[type=submit]:visible');
    const found = draw(SENDS) === 0 && (await sends.count()) > 0 ? sends : all;
    const target = found.nth(draw(Math.max(1, await found.count())));
    const name = await target
      .evaluate(
        (one: HTMLElement) => {
          one.click();
          return one.outerHTML.slice(0, 300);
        },
        undefined,
        { timeout: 1_000 },
      )
      // pressed while the page was leaving
      .catch(() => undefined);
    if (name !== undefined) pressed.add(name);
  }
  return pressed;
}

describe('a scanner of mails', { timeout: PATIENCE }, () => {
  it('uses up nothing by asking fifty times', async () => {
    for (const election of [open, waiting]) {
      const { link } = voterOf(election, 0);
      for (let time = 0; time < TIMES; time++) {
        const headers = { 'User-Agent': AGENTS[time % AGENTS.length] ?? '' };
        for (const method of ['GET', 'HEAD']) {
          const answer = await fetch(`${origin}/vote/${link}?scan=${time}`, { method, headers });
          await answer.arrayBuffer();
          expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null]);
          for (const path of ['review', 'cast', 'credential', 'resend']) {
            const inner = await fetch(`${origin}/vote/${link}/${path}`, { method, headers });
            await inner.arrayBuffer();
            expect(inner.status).toBe(404);
          }
        }
      }
    }
    expect(await usedUp()).toEqual(NOTHING);
  });

  it.each([
    ['with scripts', '', true],
    ['without scripts', '', false],
    ['where the server seals', '?seal=server', true],
  ])('uses up nothing by pressing everything, %s', async (_, query, hasScript) => {
    const context = await newDevice(browser, { language: 'en', hasScript });
    const { link } = voterOf(open, 0);
    const [, digest] = open.path(voterOf(open, 0)).split('#');
    const pressed = await pressEverything(
      await context.newPage(),
      `${origin}/vote/${link}${query}#${digest}`,
    );
    // it came as far as the last button
    const all = [...pressed].join('\n');
    expect(all).toContain('type="radio"');
    expect(all).toMatch(/<button[^>]*type="submit"[^>]*>\s*Vot(e|er)\s*</);
    await context.close();
    expect(await usedUp()).toEqual(NOTHING);
  });

  it('leaves the page before the opening, and its calendar, as they are', async () => {
    const context = await newDevice(browser, { language: 'en' });
    const page = await context.newPage();
    const pressed = await pressEverything(page, origin + waiting.path(voterOf(waiting, 0)));
    expect([...pressed].join('\n')).toContain('calendar.ics');
    await context.close();
    expect(await usedUp()).toEqual(NOTHING);
  });

  it('takes from nobody the vote, the code or the link', async () => {
    const { manifest } = open.terms;
    const ids = manifest.contests.map(({ candidates }) => [candidates[0]?.id ?? '']);
    for (const [index, hasScript] of [true, false].entries()) {
      const voter = voterOf(open, index);
      const context = await newDevice(browser, { language: 'en', hasScript });
      const mailed = { ...voter, url: origin + open.path(voter) };
      const vote = hasScript ? voteInBooth : voteWithoutScript;
      const { receipt } = await vote(await context.newPage(), mailed, manifest, ids);
      expect(receipt).toContain(open.id);
      await context.close();
    }
    expect(await usedUp()).toEqual({ ...NOTHING, ballots: 2, marks: 2 });
  });
});

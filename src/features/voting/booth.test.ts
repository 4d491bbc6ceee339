import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { trackerText } from '../../protocol/ballot.ts';
import { toBase64url } from '../../protocol/bytes.ts';
import { rawPrivate } from '../../protocol/node/credential-key.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { openBallot } from '../../protocol/sealed-ballot.ts';
import { encodePlaintext } from '../../protocol/selection.ts';
import { plain } from '../../store/record.ts';
import { launchChromium } from '../../testing/chromium.ts';
import { type BuiltElection, type BuiltVoter, armedElection } from '../../testing/election.ts';
import { type TestRuntime, temporaryRuntime } from '../../testing/runtime.ts';

let test: TestRuntime;
let election: BuiltElection;
let browser: Browser;
let server: ReturnType<typeof serve>;
let origin: string;
let nextVoter = 0;
const nextOf = (): BuiltVoter => {
  const voter = election.voters[nextVoter++];
  if (voter === undefined) throw new Error('no voter left');
  return voter;
};

beforeAll(async () => {
  test = await temporaryRuntime();
  election = await armedElection(test.runtime, {
    voters: 30,
    electionKeyBits: 3072,
    contests: [
      { title: 'Chair', candidates: ['Ada Lovelace', 'Grace Hopper'], shuffled: true },
      { title: 'Board', method: 'approval', max: 2, candidates: ['Alan', 'Barbara', 'Claude'] },
    ],
  });
  const app = createApp(test.runtime);
  const address = await new Promise<AddressInfo>((resolve) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, resolve);
  });
  origin = `http://localhost:${address.port}`;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  server.close();
  await test.dispose();
});

const step = (page: Page): Promise<string | null> => page.locator('main').getAttribute('data-code');
const reach = (page: Page, name: string): Promise<void> =>
  page.locator(`[data-step="${name}"]:not([hidden])`).waitFor({ timeout: 20_000 });

async function device(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en', ...options });
  context.setDefaultTimeout(15_000);
  return context;
}

async function openBallotOf(context: BrowserContext, voter: BuiltVoter): Promise<Page> {
  const page = await context.newPage();
  await page.goto(origin + election.path(voter));
  return page;
}

/** Chooses one of the first contest and one of the second, and goes on to the review. */
async function choose(page: Page, chair = 'Grace Hopper', board = 'Barbara'): Promise<void> {
  await page.locator('#continue').waitFor();
  await page.getByText(chair, { exact: true }).click();
  await page.getByText(board, { exact: true }).click();
  await page.locator('#continue').click();
  await reach(page, 'review');
}

async function vote(page: Page, code: string): Promise<void> {
  await page.locator('#code').fill(code);
  await page.locator('#code-form button[type=submit]').click();
}

const trackerOn = (page: Page): Promise<string | null> => page.locator('[data-tracker]').textContent();

interface UrnBallot {
  readonly tracker: string;
  readonly plaintext: string;
}

/** What the urn holds of trackers known here, opened with the election's key. */
async function urn(): Promise<UrnBallot[]> {
  const rows = await test.runtime.store.read
    .selectFrom('ballot')
    .selectAll()
    .where('election_id', '=', election.id)
    .execute();
  return Promise.all(
    rows.map(async (row) => {
      const [pk, c, kc, sealed] = [row.pk, row.c, row.kc, row.sealed].map(plain);
      if (!pk || !c || !kc || !sealed) throw new Error('a ballot lacks a part');
      const r = rawPrivate(election.privateKey, c);
      const opened = await openBallot(nodePrimitives, election.terms, { pk, c, kc, sealed }, r);
      if (!opened.ok) throw new Error(opened.code);
      return { tracker: trackerText(plain(row.tracker)), plaintext: toBase64url(opened.value) };
    }),
  );
}

const plaintextOf = (chair: string, board: string): string => {
  const ids = election.terms.manifest.contests.map(({ candidates }) => candidates);
  const idOf = (contest: number, wanted: string) =>
    ids[contest]?.find(({ name }) => name === wanted)?.id ?? '';
  return toBase64url(encodePlaintext(election.terms.manifest, [[idOf(0, chair)], [idOf(1, board)]]));
};

const stored = (page: Page): Promise<Record<string, string>[]> =>
  page.evaluate(() =>
    Object.entries(localStorage).map(([, value]) => JSON.parse(String(value)) as Record<string, string>),
  );

describe('the booth in Chromium', () => {
  it('seals on the device, hides the link, and ends with a receipt that survives a reload', async () => {
    const voter = nextOf();
    const context = await device();
    const page = await context.newPage();
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    const faults: string[] = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(origin + election.path(voter));
    await choose(page);
    expect(page.url()).toBe(`${origin}/vote`);
    expect(await page.locator('[data-notice="no-fragment"]').isVisible()).toBe(false);
    expect(await page.locator('[data-summary]').textContent()).toContain('Grace Hopper');
    await vote(page, `${voter.code.slice(0, 3)} ${voter.code.slice(3)}`);
    await reach(page, 'done');

    const tracker = await trackerOn(page);
    expect(tracker).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
    expect((await urn()).find((ballot) => ballot.tracker === tracker)?.plaintext).toBe(
      plaintextOf('Grace Hopper', 'Barbara'),
    );
    expect(Object.keys((await stored(page))[0] ?? {}).sort()).toEqual(['M', 'receipt', 'tracker']);
    expect(await page.locator('[data-qr] svg').count()).toBe(1);
    const body = await page.locator('body').innerText();
    expect(body).not.toContain('Grace Hopper');

    // neither the choice nor a plaintext has left the device, and the tracker stands in no address
    const ids = election.terms.manifest.contests.flatMap(({ candidates }) => candidates.map(({ id }) => id));
    for (const request of sent) for (const id of ids) expect(request).not.toContain(id);
    expect(sent.every((request) => request.startsWith(origin))).toBe(true);
    expect(faults).toEqual([]);

    await page.reload();
    await reach(page, 'done');
    expect(await trackerOn(page)).toBe(tracker);
    expect(page.url()).toBe(`${origin}/vote`);
    await context.close();
  });

  it('says what is wrong with choice and code, keeps the choice, and works by keyboard alone', async () => {
    const voter = nextOf();
    const context = await device();
    const page = await openBallotOf(context, voter);
    await page.locator('#continue').waitFor();
    await page.keyboard.press('Tab');
    await page.locator('#continue').press('Enter');
    expect(await page.locator('.error-summary').first().innerText()).toMatch(/Chair – .*\n.*Board – /s);
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('error-summary');

    await page.locator('#contest-0 input').first().focus();
    await page.keyboard.press('Space');
    for (const name of ['Alan', 'Barbara', 'Claude'])
      await page
        .getByLabel(name)
        .focus()
        .then(() => page.keyboard.press('Space'));
    expect(await page.locator('#contest-1 [data-count]').innerText()).toBe('3 of 2 chosen');
    await page.locator('#continue').press('Enter');
    expect(await page.locator('.error-summary').first().innerText()).toContain('Board – choose 2 at most');
    // the blank vote stands alone
    await page.locator('#contest-1 input[value=blank]').press('Space');
    expect(await page.locator('#contest-1 input:checked').count()).toBe(1);
    await page.locator('#continue').press('Enter');
    await reach(page, 'review');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Check, then vote');

    await vote(page, '12 34');
    await page.locator('#code').press('Enter');
    expect(await page.locator('[data-code-error]').innerText()).toContain('6 digits');
    await vote(page, '12');
    expect(await page.locator('[data-code-error]').isVisible()).toBe(true);
    await vote(page, voter.code.startsWith('1') ? '222222' : '111111');
    await page.getByText('4 tries are left').waitFor();
    await page.locator('[data-resend]').click();
    await page.locator('[data-resent]').waitFor();
    expect(await page.locator('[data-summary]').innerText()).toContain('Blank vote');
    await page.locator('[data-change]').click();
    await reach(page, 'ballot');
    expect(await page.locator('#contest-1 input[value=blank]').isChecked()).toBe(true);
    await page.locator('#continue').press('Enter');
    await reach(page, 'review');
    await page.locator('#code').fill(voter.code);
    await page.locator('#code').press('Enter');
    await reach(page, 'done');
    await context.close();
  });

  it('makes one ballot of a double click', async () => {
    const voter = nextOf();
    const context = await device();
    const page = await openBallotOf(context, voter);
    await choose(page);
    const before = (await urn()).length;
    await page.locator('#code').fill(voter.code);
    await page.locator('#code-form button[type=submit]').dblclick();
    await reach(page, 'done');
    expect((await urn()).length).toBe(before + 1);
    await context.close();
  });

  it('goes on by itself after a crash between credential and cast', async () => {
    const voter = nextOf();
    const context = await device();
    const page = await openBallotOf(context, voter);
    await choose(page, 'Ada Lovelace', 'Claude');
    await page.route('**/ballots', (route) => route.abort());
    await vote(page, voter.code);
    await page.locator('[data-step=working]').waitFor();
    await page.waitForFunction(() =>
      Object.values(localStorage).some((value) => String(value).includes('"credential"')),
    );
    const [held] = await stored(page);
    expect(Object.keys(held ?? {}).sort()).toEqual(
      ['M', 'blinded', 'c', 'credential', 'inv', 'kc', 'pk', 'prefix', 'sealed', 'sk'].sort(),
    );
    expect(JSON.stringify(held)).not.toContain(voter.code);
    await page.close();

    const again = await openBallotOf(context, voter);
    await reach(again, 'done');
    const tracker = await trackerOn(again);
    expect((await urn()).find((ballot) => ballot.tracker === tracker)?.plaintext).toBe(
      plaintextOf('Ada Lovelace', 'Claude'),
    );
    await context.close();
  });

  it('goes on by itself where the answer with the credential was lost', async () => {
    const voter = nextOf();
    const context = await device();
    const page = await openBallotOf(context, voter);
    await choose(page);
    await page.route('**/credential', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await vote(page, voter.code);
    await reach(page, 'trouble');
    expect(await page.locator('[data-step=trouble]').innerText()).toContain('Your vote was not recorded');
    await page.close();
    const again = await openBallotOf(context, voter);
    await reach(again, 'done');
    await context.close();
  });

  it('gets the same receipt where the answer to the cast was lost', async () => {
    const voter = nextOf();
    const context = await device();
    const page = await openBallotOf(context, voter);
    await choose(page);
    const before = (await urn()).length;
    await page.route('**/ballots', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await vote(page, voter.code);
    await reach(page, 'unconfirmed');
    await page.unroute('**/ballots');
    await page.locator('[data-step=unconfirmed] [data-retry]').click();
    await reach(page, 'done');
    expect((await urn()).length).toBe(before + 1);
    await context.close();
  });

  it('casts the new choice where the earlier request never arrived', async () => {
    const voter = nextOf();
    const context = await device();
    const page = await openBallotOf(context, voter);
    await choose(page, 'Ada Lovelace', 'Alan');
    await page.route('**/credential', (route) => route.abort());
    await vote(page, voter.code);
    await reach(page, 'trouble');
    await page.close();
    const again = await openBallotOf(context, voter);
    await again.getByText('Your earlier try was not finished').waitFor();
    await choose(again, 'Grace Hopper', 'Claude');
    await vote(again, voter.code);
    await reach(again, 'done');
    const tracker = await trackerOn(again);
    expect((await urn()).find((ballot) => ballot.tracker === tracker)?.plaintext).toBe(
      plaintextOf('Grace Hopper', 'Claude'),
    );
    await context.close();
  });

  it('tells a second device that the vote was used elsewhere, and shows it no receipt', async () => {
    const voter = nextOf();
    const [first, second] = [await device(), await device()];
    const stale = await openBallotOf(second, voter);
    await choose(stale);
    const page = await openBallotOf(first, voter);
    await choose(page);
    await vote(page, voter.code);
    await reach(page, 'done');
    await vote(stale, voter.code);
    await reach(stale, 'elsewhere');
    expect(await stale.locator('[data-step=elsewhere]').innerText()).toContain('another device');
    await second.clearCookies();
    const fresh = await openBallotOf(await device(), voter);
    await fresh.getByText('You have already voted').first().waitFor();
    expect(await step(fresh)).toBe('ALREADY_VOTED');
    await fresh.getByText('on another device').first().waitFor();
    // another voter on the first device sees neither receipt nor pending vote
    const other = await openBallotOf(first, nextOf());
    await other.locator('#continue').waitFor();
    expect(await step(other)).toBe('ballot');
    await Promise.all([first.close(), second.close(), fresh.context().close()]);
  });

  it('refuses a page of another election, and warns where the link is not whole', async () => {
    const voter = nextOf();
    const context = await device();
    const page = await context.newPage();
    await page.goto(`${origin}/vote/${voter.link}#${toBase64url(new Uint8Array(32).fill(1))}`);
    await reach(page, 'mismatch');
    expect(await page.locator('#ballot-form').isVisible()).toBe(false);
    const cut = await (await device()).newPage();
    await cut.goto(`${origin}/vote/${voter.link}`);
    await cut.locator('#continue').waitFor();
    expect(await cut.locator('[data-notice="no-fragment"]').isVisible()).toBe(true);
    await Promise.all([context.close(), cut.context().close()]);
  });

  it.each<[string, () => void]>([
    [
      'storage',
      () =>
        Object.defineProperty(window, 'localStorage', {
          get: () => {
            throw new Error('denied');
          },
        }),
    ],
    ['WebCrypto', () => Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })],
  ])('falls back without %s, and says so before a choice', async (_, breakBrowser) => {
    const context = await device();
    await context.addInitScript(breakBrowser);
    const page = await openBallotOf(context, nextOf());
    await page.getByText('This browser cannot seal a ballot itself').waitFor();
    expect(await page.locator('#ballot-form button[type=submit]').isEnabled()).toBe(true);
    await context.close();
  });

  it('lets a voter without JavaScript vote, and says so first', async () => {
    const voter = nextOf();
    const context = await device({ javaScriptEnabled: false });
    const page = await openBallotOf(context, voter);
    // what stands in noscript is shown, but no locator by text looks there
    expect(await page.locator('body').innerText()).toContain('Your choice will be sealed by the server');
    await page.getByText('Ada Lovelace', { exact: true }).click();
    await page.getByText('Blank vote', { exact: true }).nth(1).click();
    await page.locator('#ballot-form button[type=submit]:visible').click();
    await page.locator('#code').fill(voter.code);
    await page.getByRole('button', { name: 'Vote', exact: true }).click();
    await page.locator('main[data-code=done]').waitFor();
    const tracker = await trackerOn(page);
    await page.reload();
    expect(await trackerOn(page)).toBe(tracker);
    expect((await urn()).some((ballot) => ballot.tracker === tracker)).toBe(true);
    await context.close();
  });

  it('S16: casts, counts and consumes nothing for a program that clicks everything', async () => {
    const voter = nextOf();
    const context = await device();
    const page = await openBallotOf(context, voter);
    await page.locator('#continue').waitFor();
    for (let round = 0; round < 6; round++) {
      if (round === 3) await page.goto(`${origin}/vote/${voter.link}?seal=server`);
      await page.evaluate(() => {
        for (const thing of document.querySelectorAll<HTMLElement>('input, summary, button')) thing.click();
      });
      await page.waitForTimeout(500);
    }
    const { read } = test.runtime.store;
    const row = await read
      .selectFrom('voter')
      .selectAll()
      .where('id', '=', voter.id)
      .executeTakeFirstOrThrow();
    const tries = await read.selectFrom('code_tries').selectAll().where('voter_id', '=', voter.id).execute();
    expect([row.is_marked, tries.length]).toEqual([0, 0]);
    // the link still serves the voter
    const own = await openBallotOf(await device(), voter);
    await choose(own);
    await vote(own, voter.code);
    await reach(own, 'done');
    await Promise.all([context.close(), own.context().close()]);
  });

  it('stays within 50 KB on the wire, bundle and style sheet included', async () => {
    const context = await device();
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send('Network.enable');
    let received = 0;
    client.on('Network.loadingFinished', ({ encodedDataLength }) => (received += encodedDataLength));
    await page.goto(origin + election.path(nextOf()));
    await page.locator('#continue').waitFor();
    await page.waitForLoadState('networkidle');
    expect(received).toBeGreaterThan(10_000);
    expect(received).toBeLessThan(50 * 1024);
    await context.close();
  });
});

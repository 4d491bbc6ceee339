import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { createApp } from '../http/app.tsx';
import { trackerText } from '../protocol/ballot.ts';
import { toBase64url } from '../protocol/bytes.ts';
import { rawPrivate } from '../protocol/node/credential-key.ts';
import { nodePrimitives } from '../protocol/node/primitives.ts';
import { openBallot } from '../protocol/sealed-ballot.ts';
import { encodePlaintext } from '../protocol/selection.ts';
import { plain } from '../store/record.ts';
import { launchChromium } from './chromium.ts';
import { type BuiltElection, type BuiltVoter, armedElection } from './election.ts';
import { type TestRuntime, temporaryRuntime } from './runtime.ts';

/** A ballot of the urn, opened with the election's key, which only tests have here. */
export interface OpenedBallot {
  /** As the voter sees it. */
  readonly tracker: string;
  /** base64url. */
  readonly plaintext: string;
}

/** A listening server, an open election of two contests (Chair, Board), and a real Chromium. */
export interface BoothStage {
  readonly test: TestRuntime;
  readonly election: BuiltElection;
  readonly origin: string;
  nextVoter(): BuiltVoter;
  /** A browser profile of its own: another device. */
  device(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Opens the mailed link of a voter. */
  open(context: BrowserContext, voter: BuiltVoter): Promise<Page>;
  urn(): Promise<OpenedBallot[]>;
  /** What the choice of these two names is as a plaintext. */
  plaintextOf(chair: string, board: string): string;
  dispose(): Promise<void>;
}

export async function boothStage(): Promise<BoothStage> {
  const test = await temporaryRuntime();
  const election = await armedElection(test.runtime, {
    voters: 30,
    electionKeyBits: 3072,
    contests: [
      { title: 'Chair', candidates: ['Ada Lovelace', 'Grace Hopper'], shuffled: true },
      { title: 'Board', method: 'approval', max: 2, candidates: ['Alan', 'Barbara', 'Claude'] },
    ],
  });
  const { fetch } = createApp(test.runtime);
  const [server, address] = await new Promise<[ReturnType<typeof serve>, AddressInfo]>((resolve) => {
    const started = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (info) => resolve([started, info]));
  });
  const origin = `http://localhost:${address.port}`;
  const browser: Browser = await launchChromium();
  const left = [...election.voters];

  const idOf = (contest: number, wanted: string): string =>
    election.terms.manifest.contests[contest]?.candidates.find(({ name }) => name === wanted)?.id ?? '';

  return {
    test,
    election,
    origin,
    nextVoter() {
      const voter = left.shift();
      if (voter === undefined) throw new Error('no voter left');
      return voter;
    },
    async device(options = {}) {
      const context = await browser.newContext({ locale: 'en', ...options });
      context.setDefaultTimeout(15_000);
      return context;
    },
    async open(context, voter) {
      const page = await context.newPage();
      await page.goto(origin + election.path(voter));
      return page;
    },
    urn: () => openedUrn(test, election),
    plaintextOf: (chair, board) =>
      toBase64url(encodePlaintext(election.terms.manifest, [[idOf(0, chair)], [idOf(1, board)]])),
    async dispose() {
      await browser.close();
      server.close();
      await test.dispose();
    },
  };
}

async function openedUrn(test: TestRuntime, election: BuiltElection): Promise<OpenedBallot[]> {
  const rows = await test.runtime.store.read
    .selectFrom('ballot')
    .selectAll()
    .where('election_id', '=', election.id)
    .execute();
  return Promise.all(
    rows.map(async (row) => {
      const ballot = { pk: plain(row.pk), c: plain(row.c), kc: plain(row.kc), sealed: plain(row.sealed) };
      const r = rawPrivate(election.privateKey, ballot.c);
      const opened = await openBallot(nodePrimitives, election.terms, ballot, r);
      if (!opened.ok) throw new Error(opened.code);
      return { tracker: trackerText(plain(row.tracker)), plaintext: toBase64url(opened.value) };
    }),
  );
}

/** The code of the page's state, as programs read it. */
export const step = (page: Page): Promise<string | null> => page.locator('main').getAttribute('data-code');

/** Waits until the booth shows one of its steps. */
export const reach = (page: Page, name: string): Promise<void> =>
  page.locator(`[data-step="${name}"]:not([hidden])`).waitFor({ timeout: 20_000 });

/** Chooses one of the first contest and one of the second, and goes on to the review. */
export async function choose(page: Page, chair = 'Grace Hopper', board = 'Barbara'): Promise<void> {
  await page.locator('#continue').waitFor();
  await page.getByText(chair, { exact: true }).click();
  await page.getByText(board, { exact: true }).click();
  await page.locator('#continue').click();
  await reach(page, 'review');
}

/** Types the code and presses the final button. */
export async function vote(page: Page, code: string): Promise<void> {
  await page.locator('#code').fill(code);
  await page.locator('#code-form button[type=submit]').click();
}

export const trackerOn = (page: Page): Promise<string | null> => page.locator('[data-tracker]').textContent();

/** What this browser profile keeps, each entry as the object it is. */
export const stored = (page: Page): Promise<Record<string, string>[]> =>
  page.evaluate(() =>
    Object.values(localStorage).map((value) => JSON.parse(String(value)) as Record<string, string>),
  );

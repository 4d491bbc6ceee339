import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStaff } from '../../features/staff/index.ts';
import { sendAdminTest } from '../../features/mailing/index.ts';
import { allRoutes, createApp } from '../../http/app.tsx';
import { deliverQueued } from '../../mail/deliver.ts';
import { launchChromium } from '../chromium.ts';
import { type TestRuntime, temporaryRuntime } from '../runtime.ts';
import { CAST } from '../staff.ts';
import { walkThroughServerSealing } from './booth-walk.ts';
import { newDevice } from './electors.ts';
import { Gallery } from './gallery.ts';
import { fill, submit } from './preparing.ts';
import { StagedElection } from './staged-election.ts';
import { Traffic, weigh } from './traffic.ts';
import { tellAsStory } from './story.ts';

const PATIENCE = 240_000;
const LARGEST_PAGE = 50 * 1024;

let test: TestRuntime;
let server: ReturnType<typeof serve>;
let origin: string;
let browser: Browser;
let gallery: Gallery;
let traffic: Traffic;
/** Olive at her desk, and a voter at a phone, whose pages know no session. */
let olive: Page;
let visitor: Page;
let election: StagedElection;
/** Pathnames that were asked for. */
const seen = new Set<string>();
const tooHeavy: string[] = [];

beforeAll(async () => {
  test = await temporaryRuntime();
  const { runtime } = test;
  const { fetch: answer } = createApp(runtime);
  const address = await new Promise<AddressInfo>((resolve) => {
    server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' }, resolve);
  });
  origin = `http://localhost:${address.port}`;
  browser = await launchChromium();
  gallery = new Gallery('pages', origin);
  traffic = new Traffic(origin);
  const pages = [];
  for (const isPhone of [false, true]) {
    const context = await newDevice(browser, { language: 'en', isPhone });
    traffic.watch(context);
    pages.push(await context.newPage());
  }
  [olive, visitor] = pages as [Page, Page];
  const { name, email, password } = CAST.admin;
  await createStaff(runtime, { name, email, password, role: 'admin', actor: 'test' });
}, PATIENCE);
afterAll(async () => {
  await browser.close();
  server.close();
  await test.dispose();
});

/** Shows a page in both languages. `ready` is what must be there before it is looked at. */
async function see(page: Page, name: string, path: string, ready = 'main'): Promise<void> {
  await gallery.shootBoth(page, name, async () => {
    // where only the fragment differs a browser would stay on the page that it shows
    await page.goto('about:blank');
    await page.goto(origin + path);
    await page.locator(ready).first().waitFor();
    seen.add(new URL(origin + path).pathname);
  });
}

/** The pages of the election that differ from state to state, by the end of their path. */
const seeElection = async (state: string, ...pages: readonly string[]): Promise<void> => {
  for (const page of pages) {
    const name = page === '' ? 'overview' : page.replaceAll('/', '-');
    await see(olive, `${name}-${state}`, `/elections/${election.id}${page === '' ? '' : `/${page}`}`);
  }
};

/** A voter's page, and what it weighs for somebody who comes for the first time. */
async function seeVoterPage(name: string, path: string, ready?: string): Promise<void> {
  await see(visitor, name, path, ready);
  const context = await newDevice(browser, { language: 'fr', isPhone: true });
  const bytes = await weigh(context, origin + path);
  if (bytes > LARGEST_PAGE) tooHeavy.push(`${name}: ${bytes} bytes`);
  await context.close();
}

async function signIn(): Promise<void> {
  await olive.goto(`${origin}/sign-in`);
  await fill(olive, { email: CAST.admin.email, password: CAST.admin.password });
  await submit(olive, '/sign-in');
  await olive.waitForURL('**/elections');
}

describe('every page, in English and French, on a phone and at a desk', { timeout: PATIENCE }, () => {
  tellAsStory();

  it('before anybody has signed in', async () => {
    await see(visitor, 'front', '/');
    await see(visitor, 'sign-in', '/sign-in');
    await gallery.shootBoth(visitor, 'sign-in-refused', async () => {
      await visitor.goto(`${origin}/sign-in`);
      await fill(visitor, { email: 'nobody@school.example', password: 'not the password' });
      await submit(visitor, '/sign-in');
      await visitor.locator('.alert-danger').waitFor();
    });
    await see(visitor, 'not-found', '/no-such-page');
    const { email, name } = CAST.technician;
    const made = await createStaff(test.runtime, { name, email, role: 'technician', actor: 'test' });
    const link = made.ok ? new URL(made.value.setupLink ?? origin).pathname : '/';
    await see(visitor, 'set-up', link);
  });

  it('of the server', async () => {
    await signIn();
    await see(olive, 'elections-none', '/elections');
    await see(olive, 'election-new', '/elections/new');
    for (const page of ['settings', 'staff', 'password', 'confirm', 'mailbox']) {
      await see(olive, page, `/${page}`);
    }
    await sendAdminTest(test.runtime, { to: CAST.admin.email });
    await deliverQueued(test.runtime);
    await see(olive, 'mailbox-kept', '/mailbox');
    const mail = (await olive.locator('a[href^="/mailbox/"]').first().getAttribute('href')) ?? '';
    await see(olive, 'mail', mail);
    await gallery.shootBoth(olive, 'settings-faults', async () => {
      await olive.goto(`${origin}/settings`);
      await fill(olive, { organisation: '', timeZone: 'Mars/Olympus', domains: 'not a domain' });
      await submit(olive, '/settings');
      await olive.locator('.error-summary').waitFor();
    });
  });

  it('of a draft', async () => {
    election = await StagedElection.draft(test);
    await see(olive, 'elections', '/elections');
    await seeElection(
      'draft',
      '',
      'configure',
      'register-candidate',
      'register-voter',
      'import-voters',
      'buildings',
      'voters/new',
      'contests/new',
      'arm',
      'links',
      'dashboard',
      'deliberate',
      'results',
      'prove-key',
      'log',
    );
    const root = `/elections/${election.id}`;
    await olive.goto(`${origin}${root}/configure`);
    const contest = (await olive.locator('.entry a[href*="/contests/"]').first().getAttribute('href')) ?? '';
    await see(olive, 'contest-edit', contest);
    await see(olive, 'candidate-new', `${contest}/candidates/new`);
    await olive.goto(`${origin}${root}/register-candidate`);
    const candidate =
      (await olive.locator('a[href*="/candidates/"]:not([href$=new])').first().getAttribute('href')) ?? '';
    await see(olive, 'candidate-edit', candidate);
    await see(olive, 'voter-edit', `${root}/voters/${(await election.voter(0)).id}`);
    await gallery.shootBoth(olive, 'voter-new-faults', async () => {
      await olive.goto(`${origin}${root}/voters/new`);
      await submit(olive, '/voters/new');
      await olive.locator('.error-summary').waitFor();
    });
    await gallery.shootBoth(olive, 'import-unreadable', async () => {
      await olive.goto(`${origin}${root}/import-voters`);
      const buffer = Buffer.from('<!doctype html><title>Not a roll</title>');
      await olive.locator('#roll').setInputFiles({ name: 'roll.csv', mimeType: 'text/csv', buffer });
      await submit(olive, '/import-voters');
      await olive.locator('.error-summary').waitFor();
    });
    const buffer = Buffer.from('Nom;E-mail\nPetit;petit@school.example\n');
    await olive.locator('#roll').setInputFiles({ name: 'roll.csv', mimeType: 'text/csv', buffer });
    await submit(olive, '/import-voters');
    await olive.waitForURL('**/previews/*');
    seen.add(new URL(olive.url()).pathname);
    for (const path of [
      'configure',
      'register-candidate',
      'register-voter',
      'import-voters',
      'arm',
      'deliberate',
      'buildings',
    ]) {
      await olive.goto(`${origin}/${path}`);
      expect(await olive.locator('h1').count()).toBe(1);
      seen.add(`/${path}`);
    }
  });

  it('while the key is made and proven', async () => {
    await seeVoterPage('voter-not-ready', (await election.voter(0)).path);
    await election.arm();
    await seeElection('arming', '', 'arm', 'prove-key');
    await election.prove();
    await seeElection('armed', '', 'configure', 'register-candidate', 'prove-key', 'links', 'dashboard');
    await seeVoterPage('voter-not-open', (await election.voter(0)).path, '#countdown:not([hidden])');
  });

  it('while people vote', async () => {
    await election.open();
    await signIn();
    for (const index of [0, 1, 2, 3, 4, 5]) await election.vote(index);
    await election.lock(6);
    const [voted, locked, other] = [
      await election.voter(0),
      await election.voter(6),
      await election.voter(7),
    ];
    await seeElection('open', '', 'links', 'dashboard', 'register-voter', 'log');
    await see(olive, 'voter-locked-out', `/elections/${election.id}/voters/${locked.id}`);
    await seeVoterPage('voter-ballot', other.path, '#continue:not([hidden])');
    await seeVoterPage('voter-ballot-server', `/vote/${other.link}?seal=server`);
    await seeVoterPage('voter-ballot-unable', `/vote/${other.link}?seal=unable`);
    await seeVoterPage('voter-locked', locked.path);
    await seeVoterPage('voter-already-voted', voted.path, '[data-elsewhere]:not([hidden])');
    await seeVoterPage(
      'voter-incomplete-link',
      `/vote/${other.link}`,
      '[data-notice="no-fragment"]:not([hidden])',
    );
    await seeVoterPage(
      'voter-other-election',
      `/vote/${other.link}#${'A'.repeat(43)}`,
      '[data-step="mismatch"]:not([hidden])',
    );
    await seeVoterPage('voter-bad-link', `/vote/${'A'.repeat(32)}`);
    const shell = await newDevice(browser, { language: 'en', isPhone: true });
    await see(await shell.newPage(), 'voter-shell', '/vote');
    await shell.close();
  });

  it('of a vote that the server seals, from the choice to the receipt', async () => {
    const [first, second] = [await election.voter(7), await election.voter(8)];
    await walkThroughServerSealing(gallery, visitor, origin, [first, second]);
    expect(await visitor.locator('[data-tracker]').innerText()).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
  });

  it('after the close', async () => {
    await election.close();
    const { path } = await election.voter(9);
    await seeElection('closed', '', 'dashboard', 'register-voter', 'import-voters', 'deliberate', 'results');
    await seeVoterPage('voter-closed', path);
    await seeVoterPage('results-waiting', `/results/${election.id}`);
    await election.count();
    await seeElection('tallied', '', 'results');
    await election.publish();
    await seeElection('published', '', 'results', 'log');
    await seeVoterPage('voter-results', path);
    await seeVoterPage('results', `/results/${election.id}`);
    await seeVoterPage('receipt', `/results/${election.id}/receipt`);
    await see(visitor, 'front-published', '/');
  });

  it('leaves no page out', () => {
    const pages = allRoutes(test.runtime).filter(
      ({ method, surface }) => method === 'GET' && surface === 'page',
    );
    const missed = pages
      .map(({ path }) => path)
      .filter((path) => {
        const pattern = new RegExp(`^${path.replace(/\./g, '\\.').replace(/:\w+/g, '[^/]+')}$`);
        return ![...seen].some((one) => pattern.test(one));
      });
    // a calendar is a file for the voter's own program
    expect(missed).toEqual(['/elections/:election/calendar.ics']);
    expect(gallery.size).toBeGreaterThan(70);
  });

  it('weighs little for a voter on the way', () => {
    expect(tooHeavy).toEqual([]);
  });

  it('can be used by everybody, and asks nobody else', () => {
    expect(gallery.untranslated).toEqual([]);
    expect(gallery.faults.join('\n')).toBe('');
    expect([...traffic.foreign, ...traffic.unguarded, ...traffic.faults]).toEqual([]);
  });
});

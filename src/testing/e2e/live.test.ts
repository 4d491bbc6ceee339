import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PageTour } from './page-tour.ts';
import { StagedElection } from './staged-election.ts';
import { tellAsStory } from './story.ts';

const PATIENCE = 120_000;

let tour: PageTour;
let election: StagedElection;

beforeAll(async () => {
  tour = await PageTour.begin();
  election = await StagedElection.draft(tour.test);
  await election.arm();
  await election.prove();
  await election.open();
  await tour.signIn();
}, PATIENCE);
afterAll(() => tour.end());

const figure = (page: Page): Promise<string> => page.locator('[data-figure] .figure-value').innerText();
const state = (page: Page): Promise<string> => page.locator('.following-state').innerText();

describe('figures that move by themselves', { timeout: PATIENCE }, () => {
  tellAsStory();

  it('the dashboard follows a vote, stands still while paused, and goes on', async () => {
    const { olive, origin } = tour;
    await olive.goto(`${origin}/elections/${election.id}/dashboard`);
    await expect.poll(() => state(olive)).toContain('follow the vote');
    expect(await figure(olive)).toBe('0%');
    await election.vote(0);
    await expect.poll(() => figure(olive), { timeout: 12_000 }).toBe('8.3%');

    const pause = olive.getByRole('button', { name: 'Pause' });
    await pause.click();
    expect(await pause.getAttribute('aria-pressed')).toBe('true');
    expect(await state(olive)).toMatch(/^Paused at \d\d:\d\d\.$/);
    await election.vote(1);
    await olive.waitForTimeout(7_000);
    expect(await figure(olive)).toBe('8.3%');
    await pause.click();
    await expect.poll(() => figure(olive), { timeout: 12_000 }).toBe('16.7%');
  });

  it('works by its link where scripts do not run', async () => {
    const context = await tour.browser.newContext({
      javaScriptEnabled: false,
      locale: 'en',
      storageState: await tour.olive.context().storageState(),
    });
    const page = await context.newPage();
    await page.goto(`${tour.origin}/elections/${election.id}/dashboard`);
    expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Refresh' }).click();
    expect(await figure(page)).toBe('16.7%');
    await context.close();
  });

  it('the hall screen moves on, and says when nobody answers', async () => {
    const { visitor, origin } = tour;
    await visitor.goto(`${origin}/live`);
    const value = visitor.locator('.hall-value');
    expect(await value.innerText()).toBe('16.7%');
    await election.vote(2);
    await expect.poll(() => value.innerText(), { timeout: 25_000 }).toBe('25%');
    await visitor.context().setOffline(true);
    const offline = visitor.locator('.hall-offline');
    await offline.waitFor({ state: 'visible', timeout: 15_000 });
    expect(await offline.innerText()).toMatch(/figures as of \d\d:\d\d/);
    expect(await value.innerText()).toBe('25%');
    await visitor.context().setOffline(false);
    await offline.waitFor({ state: 'hidden', timeout: 15_000 });
  });

  it('the dashboard that was open shows the close', async () => {
    const { olive } = tour;
    await olive.locator('h1').click();
    await election.close();
    await expect.poll(() => olive.locator('[data-live]').count(), { timeout: 15_000 }).toBe(0);
    expect(await olive.locator('.tiles').innerText()).toContain('Closed');
  });

  it('arrow keys lead through the contests on the wall', async () => {
    await election.count();
    await election.publish();
    const { visitor, origin } = tour;
    await visitor.goto(`${origin}/results/${election.id}/screen`);
    expect(await visitor.locator('h1').innerText()).toBe('Chair');
    await visitor.keyboard.press('ArrowRight');
    await visitor.waitForURL('**/screen?contest=2');
    expect(await visitor.locator('h1').innerText()).toBe('Board');
    await visitor.keyboard.press('ArrowLeft');
    await visitor.waitForURL('**/screen?contest=1');
  });
});

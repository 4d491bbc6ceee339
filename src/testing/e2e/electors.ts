import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { Manifest } from '../../protocol/manifest.ts';
import type { MailedLink } from './link-mails.ts';
import { downloaded } from './preparing.ts';

/** For each contest the chosen candidates' ids; none is blank. */
export type Selections = readonly (readonly string[])[];

/** What a voter wanted, and the receipt file they keep. */
export interface Voted {
  readonly voter: MailedLink;
  readonly selections: Selections;
  readonly receipt: string;
}

export interface Device {
  readonly language: 'en' | 'fr';
  readonly isPhone?: boolean;
  readonly hasScript?: boolean;
  /** The test itself cuts this device's connections. */
  readonly isDisturbed?: boolean;
}

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** A browser of a voter's own: nothing in it from anybody else. */
export async function newDevice(browser: Browser, device: Device): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...(device.isPhone === true ? PHONE : {}),
    locale: device.language === 'fr' ? 'fr-FR' : 'en-GB',
    javaScriptEnabled: device.hasScript !== false,
  });
  context.setDefaultTimeout(60_000);
  return context;
}

/** Where the booth stands. */
export const step = (page: Page, name: string): Locator =>
  page.locator(`[data-step="${name}"]:not([hidden])`);

/** Ticks the boxes of a choice, the blank one for none. */
export async function tick(page: Page, manifest: Manifest, selections: Selections): Promise<void> {
  for (const index of manifest.contests.keys()) {
    const chosen = selections[index] ?? [];
    for (const value of chosen.length === 0 ? ['blank'] : chosen) {
      await page.locator(`#contest-${index} input[value="${value}"]`).check();
    }
  }
}

/** Opens the link and goes on to the review, with the booth at work. */
export async function chooseInBooth(
  page: Page,
  voter: MailedLink,
  manifest: Manifest,
  selections: Selections,
): Promise<void> {
  await page.goto(voter.url);
  await page.locator('#continue').waitFor();
  await tick(page, manifest, selections);
  await page.locator('#continue').click();
  await step(page, 'review').waitFor();
}

export async function typeCode(page: Page, code: string): Promise<void> {
  await page.locator('#code').fill(code);
  await page.locator('#code-form button[type=submit]').click();
}

/** The receipt file, saved by the button of the last page. */
export async function saveReceipt(page: Page): Promise<string> {
  const { name, text } = await downloaded(page, '[data-download]:visible');
  if (name !== 'votix-receipt.json') throw new Error(`the receipt is called ${name}`);
  return text;
}

/** A whole vote in the booth, and its receipt. */
export async function voteInBooth(
  page: Page,
  voter: MailedLink,
  manifest: Manifest,
  selections: Selections,
): Promise<Voted> {
  await chooseInBooth(page, voter, manifest, selections);
  await typeCode(page, `${voter.code.slice(0, 3)} ${voter.code.slice(3)}`);
  await step(page, 'done').waitFor();
  return { voter, selections, receipt: await saveReceipt(page) };
}

/** A whole vote without JavaScript: three pages of the server. */
export async function voteWithoutScript(
  page: Page,
  voter: MailedLink,
  manifest: Manifest,
  selections: Selections,
): Promise<Voted> {
  await page.goto(voter.url);
  await tick(page, manifest, selections);
  await page.locator('#ballot-form button[type=submit]:visible').click();
  await page.locator('#code').fill(voter.code);
  await page.locator('form[action$="/cast"] button[type=submit]').click();
  await page.locator('main[data-code=done]').waitFor();
  return { voter, selections, receipt: await saveReceipt(page) };
}

/** Works through `items`, so many at a time. */
export async function inLanes<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const waiting = [...items.entries()];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

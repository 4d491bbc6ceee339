import type { Page } from 'playwright-core';
import type { Manifest } from '../../protocol/manifest.ts';
import { type Selections, type Voted, chooseInBooth, saveReceipt, step, tick, typeCode } from './electors.ts';
import type { Gallery } from './gallery.ts';
import type { MailedLink } from './link-mails.ts';
import { submit } from './preparing.ts';
import type { Scene } from './scene.ts';

/** A voter at a page, and what they want. */
interface Visit {
  readonly voter: MailedLink;
  readonly manifest: Manifest;
  readonly selections: Selections;
}

/** Through every page of the booth: nothing chosen, a wrong code, the receipt, and the receipt again after a reload. */
async function walkThroughBooth({ gallery }: Scene, page: Page, visit: Visit): Promise<Voted> {
  const { voter, manifest, selections } = visit;
  await page.goto(voter.url);
  await page.locator('#continue').waitFor();
  await gallery.shoot(page, 'ballot');
  await page.locator('#continue').click();
  await gallery.shoot(page, 'ballot-faults');
  await tick(page, manifest, selections);
  await page.locator('#continue').click();
  await step(page, 'review').waitFor();
  await gallery.shoot(page, 'review');
  await typeCode(page, voter.code === '000000' ? '000001' : '000000');
  await page.locator('main[data-code=WRONG_CODE]').waitFor();
  await gallery.shoot(page, 'wrong-code');
  await typeCode(page, voter.code);
  await step(page, 'done').waitFor();
  await gallery.shoot(page, 'done');
  const receipt = await saveReceipt(page);
  await page.reload();
  await step(page, 'done').waitFor();
  if ((await saveReceipt(page)) !== receipt) throw new Error('a reload shows another receipt');
  return { voter, selections, receipt };
}

/** A vote while another device holds a choice for the same link: that one, and a third, are told so; one ballot. */
export async function voteBesideAnotherDevice(
  scene: Scene,
  language: 'en' | 'fr',
  visit: Visit,
): Promise<Voted> {
  const { gallery } = scene;
  const { voter, manifest } = visit;
  const blank = manifest.contests.map(() => []);
  const voted = await scene.atDevice({ language, isPhone: true }, async (other) => {
    await chooseInBooth(other, voter, manifest, blank);
    const first = await scene.atDevice({ language, isPhone: true }, (page) =>
      walkThroughBooth(scene, page, visit),
    );
    await typeCode(other, voter.code);
    await step(other, 'elsewhere').waitFor();
    await gallery.shoot(other, 'voted-elsewhere');
    return first;
  });
  await scene.atDevice({ language }, async (third) => {
    await third.goto(voter.url);
    await third.locator('main[data-code=ALREADY_VOTED]').waitFor();
    await gallery.shoot(third, 'already-voted');
  });
  return voted;
}

/** The connection is cut at every point where it can be; each page says what it means, and the ballot arrives. */
export async function walkThroughTroubles({ gallery }: Scene, page: Page, visit: Visit): Promise<Voted> {
  const { voter, manifest, selections } = visit;
  await chooseInBooth(page, voter, manifest, selections);
  await page.route('**/credential', (route) => route.abort());
  await typeCode(page, voter.code);
  await step(page, 'trouble').waitFor();
  await gallery.shoot(page, 'trouble');
  await page.unroute('**/credential');

  await page.route('**/ballots', (route) => route.abort());
  await step(page, 'trouble').locator('[data-retry]').click();
  await step(page, 'unconfirmed').waitFor();
  await gallery.shoot(page, 'trouble-unconfirmed');
  await page.unroute('**/ballots');

  const json = { error: { code: 'CREDENTIAL_INVALID', message: '' } };
  await page.route('**/ballots', (route) => route.fulfill({ status: 400, json }));
  await step(page, 'unconfirmed').locator('[data-retry]').click();
  await step(page, 'refused').waitFor();
  await gallery.shoot(page, 'trouble-refused');
  await page.unroute('**/ballots');

  await page.locator('[data-reload]').click();
  await step(page, 'done').waitFor();
  return { voter, selections, receipt: await saveReceipt(page) };
}

/** A device that sealed a ballot and never reached the server: what it shows once voting has ended. */
export async function comeTooLate(
  { gallery, browser }: Scene,
  visit: Visit,
  end: () => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB' });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const { voter, manifest, selections } = visit;
  await chooseInBooth(page, voter, manifest, selections);
  await page.route('**/credential', (route) => route.abort());
  await typeCode(page, voter.code);
  await step(page, 'trouble').waitFor();
  await page.unroute('**/credential');
  await end();
  for (const language of ['en', 'fr']) {
    await page.goto(voter.url.replace('#', `?lang=${language}#`));
    await step(page, 'too-late').waitFor();
    await gallery.shoot(page, 'too-late');
  }
  await context.close();
}

/** Each verdict on a receipt file, on the voter's own device: in the urn, no receipt at all, of another ballot. */
export async function checkReceipts(
  { gallery }: Scene,
  page: Page,
  path: string,
  receipt: string,
): Promise<void> {
  const forged = receipt.replace(/(?<="tracker":")./, (first) => (first === 'A' ? 'B' : 'A'));
  for (const [name, content, kind] of [
    ['receipt-found', receipt, 'success'],
    ['receipt-not-one', 'Dear diary', 'warning'],
    ['receipt-forged', forged, 'danger'],
  ] as const) {
    await gallery.shootBoth(page, name, async () => {
      await page.goto(path);
      const buffer = Buffer.from(content);
      await page
        .locator('#receipt')
        .setInputFiles({ name: 'receipt.json', mimeType: 'application/json', buffer });
      await page.locator('#check-receipt button[type=submit]').click();
      await page.locator(`#verdict .alert-${kind}`).first().waitFor();
    });
  }
}

/**
 * The three pages where the server seals: nothing chosen, a wrong code, the receipt. A receipt is shown in answer to a
 * post, so that it takes one voter for each language to see it.
 */
export async function walkThroughServerSealing(
  gallery: Gallery,
  page: Page,
  origin: string,
  voters: readonly { readonly link: string; readonly code: string }[],
): Promise<void> {
  const [first] = voters;
  if (first === undefined) throw new Error('nobody votes');
  const choose = async (link: string): Promise<void> => {
    await page.goto(`${origin}/vote/${link}?seal=server`);
    for (const contest of [0, 1]) await page.locator(`#contest-${contest} input`).first().check();
    await submit(page, '/review');
    await page.locator('main[data-code=review]').waitFor();
  };
  const cast = async (code: string): Promise<void> => {
    await page.locator('#code').fill(code);
    await submit(page, '/cast');
  };
  await gallery.shootBoth(page, 'voter-ballot-server-faults', async () => {
    await page.goto(`${origin}/vote/${first.link}?seal=server`);
    await submit(page, '/review');
    await page.locator('.error-summary').waitFor();
  });
  await gallery.shootBoth(page, 'voter-review-server', () => choose(first.link));
  await gallery.shootBoth(page, 'voter-wrong-code-server', async () => {
    await choose(first.link);
    await cast(first.code === '000000' ? '000001' : '000000');
    await page.locator('main[data-code=WRONG_CODE]').waitFor();
  });
  const waiting = [...voters];
  await gallery.shootBoth(page, 'voter-done-server', async () => {
    const voter = waiting.shift() ?? first;
    await choose(voter.link);
    await cast(voter.code);
    await page.locator('main[data-code=done]').waitFor();
  });
}

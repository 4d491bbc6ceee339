import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBase64url } from '../../protocol/bytes.ts';
import {
  type BoothStage,
  boothStage,
  choose,
  reach,
  stored,
  trackerOn,
  vote,
} from '../../testing/booth-stage.ts';

let booth: BoothStage;
beforeAll(async () => {
  booth = await boothStage();
});
afterAll(() => booth.dispose());

describe('the booth in Chromium', () => {
  it('seals on the device, hides the link, and ends with a receipt that survives a reload', async () => {
    const voter = booth.nextVoter();
    const context = await booth.device();
    const page = await context.newPage();
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    const faults: string[] = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(booth.origin + booth.election.path(voter));
    await choose(page);
    expect(page.url()).toBe(`${booth.origin}/vote`);
    expect(await page.locator('[data-notice="no-fragment"]').isVisible()).toBe(false);
    expect(await page.locator('[data-summary]').textContent()).toContain('Grace Hopper');
    await vote(page, `${voter.code.slice(0, 3)} ${voter.code.slice(3)}`);
    await reach(page, 'done');

    const tracker = await trackerOn(page);
    expect(tracker).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
    expect((await booth.urn()).find((ballot) => ballot.tracker === tracker)?.plaintext).toBe(
      booth.plaintextOf('Grace Hopper', 'Barbara'),
    );
    expect(Object.keys((await stored(page))[0] ?? {}).sort()).toEqual(['M', 'receipt', 'tracker']);
    expect(await page.locator('[data-qr] svg').count()).toBe(1);
    const body = await page.locator('body').innerText();
    expect(body).not.toContain('Grace Hopper');

    // neither the choice nor a plaintext has left the device, and the tracker stands in no address
    const ids = booth.election.terms.manifest.contests.flatMap(({ candidates }) =>
      candidates.map(({ id }) => id),
    );
    for (const request of sent) for (const id of ids) expect(request).not.toContain(id);
    expect(sent.every((request) => request.startsWith(booth.origin))).toBe(true);
    expect(faults).toEqual([]);

    await page.reload();
    await reach(page, 'done');
    expect(await trackerOn(page)).toBe(tracker);
    expect(page.url()).toBe(`${booth.origin}/vote`);
    await context.close();
  });

  it('says what is wrong with choice and code, keeps the choice, and works by keyboard alone', async () => {
    const voter = booth.nextVoter();
    const context = await booth.device();
    const page = await booth.open(context, voter);
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

  it('refuses a page of another election, and warns where the link is not whole', async () => {
    const voter = booth.nextVoter();
    const context = await booth.device();
    const page = await context.newPage();
    await page.goto(`${booth.origin}/vote/${voter.link}#${toBase64url(new Uint8Array(32).fill(1))}`);
    await reach(page, 'mismatch');
    expect(await page.locator('#ballot-form').isVisible()).toBe(false);
    const cut = await (await booth.device()).newPage();
    await cut.goto(`${booth.origin}/vote/${voter.link}`);
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
    const context = await booth.device();
    await context.addInitScript(breakBrowser);
    const page = await booth.open(context, booth.nextVoter());
    await page.getByText('This browser cannot seal a ballot itself').waitFor();
    expect(await page.locator('#ballot-form button[type=submit]').isEnabled()).toBe(true);
    await context.close();
  });

  it('lets a voter without JavaScript vote, and says so first', async () => {
    const voter = booth.nextVoter();
    const context = await booth.device({ javaScriptEnabled: false });
    const page = await booth.open(context, voter);
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
    expect((await booth.urn()).some((ballot) => ballot.tracker === tracker)).toBe(true);
    await context.close();
  });

  it('S16: casts, counts and consumes nothing for a program that clicks everything', async () => {
    const voter = booth.nextVoter();
    const context = await booth.device();
    const page = await booth.open(context, voter);
    await page.locator('#continue').waitFor();
    for (let round = 0; round < 6; round++) {
      if (round === 3) await page.goto(`${booth.origin}/vote/${voter.link}?seal=server`);
      await page.evaluate(() => {
        for (const thing of document.querySelectorAll<HTMLElement>('input, summary, button')) thing.click();
      });
      await page.waitForTimeout(500);
    }
    const { read } = booth.test.runtime.store;
    const row = await read
      .selectFrom('voter')
      .selectAll()
      .where('id', '=', voter.id)
      .executeTakeFirstOrThrow();
    const tries = await read.selectFrom('code_tries').selectAll().where('voter_id', '=', voter.id).execute();
    expect([row.is_marked, tries.length]).toEqual([0, 0]);
    // the link still serves the voter
    const own = await booth.open(await booth.device(), voter);
    await choose(own);
    await vote(own, voter.code);
    await reach(own, 'done');
    await Promise.all([context.close(), own.context().close()]);
  });

  it('changes its language and keeps link and manifest out of sight', async () => {
    const context = await booth.device();
    const page = await booth.open(context, booth.nextVoter());
    await page.locator('#continue').waitFor();
    await page.getByText('Français').click();
    await page.getByRole('button', { name: 'Continuer' }).waitFor();
    expect(page.url()).toBe(`${booth.origin}/vote?lang=fr`);
    expect(await page.locator('[data-notice="no-fragment"]').isVisible()).toBe(false);
    await page.reload();
    await page.getByRole('button', { name: 'Continuer' }).waitFor();
    await context.close();
  });

  it('stays within 50 KB on the wire, bundle and style sheet included', async () => {
    const context = await booth.device();
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send('Network.enable');
    let received = 0;
    client.on('Network.loadingFinished', ({ encodedDataLength }) => (received += encodedDataLength));
    await page.goto(booth.origin + booth.election.path(booth.nextVoter()));
    await page.locator('#continue').waitFor();
    await page.waitForLoadState('networkidle');
    expect(received).toBeGreaterThan(10_000);
    expect(received).toBeLessThan(50 * 1024);
    await context.close();
  });
});

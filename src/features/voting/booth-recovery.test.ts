import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BoothStage,
  boothStage,
  choose,
  reach,
  step,
  stored,
  trackerOn,
  vote,
} from '../../testing/booth-stage.ts';

let booth: BoothStage;
beforeAll(async () => {
  booth = await boothStage();
});
afterAll(() => booth.dispose());

describe('the booth after a mishap', () => {
  it('makes one ballot of a double click', async () => {
    const voter = booth.nextVoter();
    const context = await booth.device();
    const page = await booth.open(context, voter);
    await choose(page);
    const before = (await booth.urn()).length;
    await page.locator('#code').fill(voter.code);
    await page.locator('#code-form button[type=submit]').dblclick();
    await reach(page, 'done');
    expect((await booth.urn()).length).toBe(before + 1);
    await context.close();
  });

  it('goes on by itself after a crash between credential and cast', async () => {
    const voter = booth.nextVoter();
    const context = await booth.device();
    const page = await booth.open(context, voter);
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

    const again = await booth.open(context, voter);
    await reach(again, 'done');
    const tracker = await trackerOn(again);
    expect((await booth.urn()).find((ballot) => ballot.tracker === tracker)?.plaintext).toBe(
      booth.plaintextOf('Ada Lovelace', 'Claude'),
    );
    await context.close();
  });

  it('goes on by itself where the answer with the credential was lost', async () => {
    const voter = booth.nextVoter();
    const context = await booth.device();
    const page = await booth.open(context, voter);
    await choose(page);
    await page.route('**/credential', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await vote(page, voter.code);
    await reach(page, 'trouble');
    expect(await page.locator('[data-step=trouble]').innerText()).toContain('Your vote was not recorded');
    await page.close();
    const again = await booth.open(context, voter);
    await reach(again, 'done');
    await context.close();
  });

  it('gets the same receipt where the answer to the cast was lost', async () => {
    const voter = booth.nextVoter();
    const context = await booth.device();
    const page = await booth.open(context, voter);
    await choose(page);
    const before = (await booth.urn()).length;
    await page.route('**/ballots', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await vote(page, voter.code);
    await reach(page, 'unconfirmed');
    await page.unroute('**/ballots');
    await page.locator('[data-step=unconfirmed] [data-retry]').click();
    await reach(page, 'done');
    expect((await booth.urn()).length).toBe(before + 1);
    await context.close();
  });

  it('casts the new choice where the earlier request never arrived', async () => {
    const voter = booth.nextVoter();
    const context = await booth.device();
    const page = await booth.open(context, voter);
    await choose(page, 'Ada Lovelace', 'Alan');
    await page.route('**/credential', (route) => route.abort());
    await vote(page, voter.code);
    await reach(page, 'trouble');
    await page.close();
    const again = await booth.open(context, voter);
    await again.getByText('Your earlier try was not finished').waitFor();
    await choose(again, 'Grace Hopper', 'Claude');
    await vote(again, voter.code);
    await reach(again, 'done');
    const tracker = await trackerOn(again);
    expect((await booth.urn()).find((ballot) => ballot.tracker === tracker)?.plaintext).toBe(
      booth.plaintextOf('Grace Hopper', 'Claude'),
    );
    await context.close();
  });

  it('tells a second device that the vote was used elsewhere, and shows it no receipt', async () => {
    const voter = booth.nextVoter();
    const [first, second] = [await booth.device(), await booth.device()];
    const stale = await booth.open(second, voter);
    await choose(stale);
    const page = await booth.open(first, voter);
    await choose(page);
    await vote(page, voter.code);
    await reach(page, 'done');
    await vote(stale, voter.code);
    await reach(stale, 'elsewhere');
    expect(await stale.locator('[data-step=elsewhere]').innerText()).toContain('another device');
    await second.clearCookies();
    const fresh = await booth.open(await booth.device(), voter);
    await fresh.getByText('You have already voted').first().waitFor();
    expect(await step(fresh)).toBe('ALREADY_VOTED');
    await fresh.getByText('on another device').first().waitFor();
    // another voter on the first device sees neither receipt nor pending vote
    const other = await booth.open(first, booth.nextVoter());
    await other.locator('#continue').waitFor();
    expect(await step(other)).toBe('ballot');
    await Promise.all([first.close(), second.close(), fresh.context().close()]);
  });
});

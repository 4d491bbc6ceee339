import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { CAST } from '../staff.ts';
import type { Gallery } from './gallery.ts';
import { type SavedKey, bringKey, fill, picture, submit } from './preparing.ts';

/** Olive types her password once more, as the acts that decide ask for, and goes on to `path`. */
async function confirmPassword(page: Page, gallery: Gallery, path: string): Promise<void> {
  const confirm = new URL(`/confirm?next=${encodeURIComponent(new URL(path).pathname)}`, path).href;
  await gallery.shootBoth(page, 'confirm', () => page.goto(confirm));
  await fill(page, { password: CAST.admin.password });
  await submit(page, '/confirm');
  await page.waitForURL(path);
}

/** DELIBERATE: a picture instead of the key, the wrong words, then the right ones; ends where the ballots are counted. */
export async function deliberate(page: Page, gallery: Gallery, path: string, key: SavedKey): Promise<void> {
  const words = key.words.join(' ');
  await confirmPassword(page, gallery, path);
  await gallery.shootBoth(page, 'deliberate-wrong-file', async () => {
    await page.goto(path);
    await bringKey(page, readFileSync(picture('logo.webp')), words);
    await page.locator('#keyFile-error').waitFor();
  });
  await page.goto(path);
  await bringKey(page, key.pem, `${words} ${words}`);
  await page.locator('#passphrase-error').waitFor();
  await bringKey(page, key.pem, words);
  await page.locator('a[href$="/openings"]').waitFor();
  await gallery.shootBoth(page, 'deliberated', () => page.reload());
}

/** Olive sees the results, publishes them, and everybody sees them. */
export async function publish(page: Page, gallery: Gallery, root: string): Promise<void> {
  await confirmPassword(page, gallery, `${root}/results`);
  await gallery.shootBoth(page, 'results-unpublished', () => page.reload());
  await submit(page, '/publish');
  await page.locator('.alert-success').waitFor();
  await gallery.shootBoth(page, 'results-published', () => page.reload());
}

/** The votes of each candidate in the tables of a results page, opened or not. */
export async function shownVotes(page: Page): Promise<ReadonlyMap<string, number>> {
  const rows = await page
    .locator('.result-contest tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
  return new Map(rows.map(([name = '', count]) => [name, Number(count)]));
}

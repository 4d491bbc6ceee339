import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Download, Page } from 'playwright-core';
import { rollOf } from '../demo/people.ts';
import { CAST } from '../staff.ts';
import type { Gallery } from './gallery.ts';

const SAMPLES = join(import.meta.dirname, '../samples');
export const picture = (name: string): string => join(SAMPLES, 'images', name);

/** Types into the fields of the page, by their ids. */
export async function fill(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [id, value] of Object.entries(fields)) await page.locator(`#${id}`).fill(value);
}

/** Presses the button of the form that posts to an address that ends so. */
export const submit = (page: Page, action: string): Promise<void> =>
  page.locator(`form[action$="${action}"] button[type=submit]`).first().click();

/** Follows a one-time link: a password that is too simple, then a good one. Ends signed in, on the list of elections. */
export async function setUpAccount(
  page: Page,
  gallery: Gallery,
  link: string,
  person: { readonly name?: string; readonly email?: string; readonly password: string },
): Promise<void> {
  const { password, ...rest } = person;
  const kind = rest.email === undefined ? 'set-up-member' : 'set-up-first';
  await gallery.shootBoth(page, kind, () => page.goto(link));
  await gallery.shootBoth(page, `${kind}-too-simple`, async () => {
    await page.goto(link);
    await fill(page, { ...rest, password: 'passwordpassword' });
    await page.locator('main form button[type=submit]').click();
    await page.locator('#password-error').waitFor();
  });
  await fill(page, { ...rest, password });
  await page.locator('main form button[type=submit]').click();
  await page.waitForURL('**/elections');
}

export interface ContestForm {
  readonly title: string;
  readonly method: 'plurality' | 'approval';
  readonly max: number;
}

/** Olive creates the election; an empty form is told every fault at once. Answers the election's id. */
export async function createElection(
  page: Page,
  gallery: Gallery,
  election: Readonly<Record<string, string>>,
  contests: readonly ContestForm[],
): Promise<string> {
  await gallery.shootBoth(page, 'election-new-faults', async () => {
    await page.goto(new URL('/elections/new', page.url()).href);
    await submit(page, '/elections/new');
    await page.locator('.error-summary').waitFor();
  });
  await fill(page, election);
  await page.locator('input[name=opening][value=proven]').check();
  await submit(page, '/elections/new');
  await page.waitForURL('**/configure?saved*');
  const configure = new URL('./configure', page.url()).href;
  const electionId = /elections\/([0-9a-f-]{36})\//.exec(configure)?.[1] ?? '';
  for (const { title, method, max } of contests) {
    await page.goto(new URL('./contests/new', configure).href);
    await page.locator(`input[name=method][value=${method}]`).check();
    await fill(page, { title, max: String(max) });
    await submit(page, '/contests/new');
    await page.waitForURL(configure);
  }
  return electionId;
}

/** Adds a technician; the answer shows a one-time link for them. */
async function createTechnician(
  page: Page,
  person: { readonly name: string; readonly email: string },
): Promise<void> {
  await page.goto(new URL('/staff', page.url()).href);
  await fill(page, { name: person.name, email: person.email });
  await submit(page, '/staff');
  await page.locator('.copyable').waitFor();
}

/** Tess and Theo, the first in French; Theo's one-time link. */
export async function createTechnicians(page: Page, gallery: Gallery): Promise<string> {
  const people = [{ name: 'Tess Lemaire', email: 'tess@school.example' }, CAST.technician];
  await gallery.shootBoth(page, 'staff-link', async () => {
    const person = people.shift();
    if (person !== undefined) await createTechnician(page, person);
  });
  return page.locator('.copyable').innerText();
}

export interface CandidateForm {
  readonly contest: string;
  readonly name: string;
  readonly slogan: string;
  /** A sample picture. */
  readonly logo?: string;
}

/** Theo registers candidates; a picture in a form that could hold a script is refused in words. */
export async function registerCandidates(
  page: Page,
  gallery: Gallery,
  electionId: string,
  candidates: readonly CandidateForm[],
): Promise<void> {
  const list = new URL(`/elections/${electionId}/register-candidate`, page.url()).href;
  const open = async (contest: string): Promise<void> => {
    await page.goto(list);
    const section = page.locator('section', {
      has: page.getByRole('heading', { name: contest, exact: true }),
    });
    await section.locator('a[href$="/candidates/new"]').click();
  };
  const [first] = candidates;
  if (first === undefined) throw new Error('no candidate');
  await gallery.shootBoth(page, 'candidate-svg-refused', async () => {
    await open(first.contest);
    await fill(page, { name: first.name });
    await page.locator('#logo').setInputFiles(picture('logo-script.svg'));
    await submit(page, '/candidates/new');
    await page.locator('#logo-error').waitFor();
  });
  for (const { contest, name, slogan, logo } of candidates) {
    await open(contest);
    await fill(page, { name, slogan, details: `What ${name} wants:\nquiet mornings, long evenings.` });
    if (logo !== undefined) await page.locator('#logo').setInputFiles(picture(logo));
    await submit(page, '/candidates/new');
    await page.waitForURL(list);
  }
}

const TYPED_BY_HAND = [
  'Nom;Prénom;Adresse e-mail',
  'Absente;Anna;anna@school.example',
  'Absent;Bruno;bruno school.example',
  'Absente;Carla;carla@school.example',
  'Absent;Driss;driss@@school.example',
  'Absente;Elin;elin@school.example',
].join('\r\n');

/** Theo imports what is right in a file typed by hand, after seeing what is wrong with it; then a whole roll. */
export async function importRolls(
  page: Page,
  gallery: Gallery,
  electionId: string,
  voters: number,
): Promise<void> {
  const root = new URL(`/elections/${electionId}`, page.url()).href;
  const preview = async (name: string, content: string): Promise<void> => {
    await page.goto(`${root}/import-voters`);
    await page.locator('#roll').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
    await submit(page, '/import-voters');
    await page.waitForURL('**/previews/*');
  };
  await gallery.shootBoth(page, 'import-preview-errors', () => preview('liste.csv', TYPED_BY_HAND));
  const shown = await page.locator('main').innerText();
  if (!/Line 3\n.*bruno school\.example.*Line 5\n.*driss@@school\.example/s.test(shown)) {
    throw new Error(`the preview does not name both errors: ${shown}`);
  }
  // nothing is on the roll before it is confirmed
  await page.goto(`${root}/register-voter`);
  await page.locator('.empty').waitFor();
  await preview('liste.csv', TYPED_BY_HAND);
  await submit(page, '/import-voters/confirm');
  await page.waitForURL('**/register-voter?added=3*refused=2');
  await gallery.shootBoth(page, 'import-preview', () => preview('roll.csv', rollOf(voters)));
  await submit(page, '/import-voters/confirm');
  await page.waitForURL(`**/register-voter?added=${voters}*`);
  await gallery.shootBoth(page, 'imported', () => page.reload());
}

export interface SavedKey {
  readonly pem: string;
  readonly words: readonly string[];
}

/** ARM: the page is the only copy; what Olive saves from it. In French first: starting again makes the last key count. */
export async function arm(page: Page, gallery: Gallery, electionId: string): Promise<SavedKey> {
  const path = new URL(`/elections/${electionId}/arm`, page.url()).href;
  await gallery.shootBoth(page, 'arm-key-handed', async () => {
    await page.goto(path);
    await submit(page, '/arm');
    await page.locator('#passphrase').waitFor();
  });
  const words = await page.locator('#passphrase li').allInnerTexts();
  const pem = await downloaded(page, '#key-file');
  return { pem: pem.text, words };
}

/** The proof on a new page: a picture, the words in another order, then the file that was saved with its words. */
export async function proveKey(page: Page, gallery: Gallery, root: string, key: SavedKey): Promise<void> {
  const bring = async (file: string | Buffer, words: readonly string[]): Promise<void> => {
    await page.goto(`${root}/prove-key`);
    await bringKey(page, file, words.join(' ').toUpperCase());
  };
  const refusal = page.locator('#ceremony-status .alert-danger');
  await gallery.shootBoth(page, 'prove-key-wrong-file', async () => {
    await bring(readFileSync(picture('logo.webp')), key.words);
    await refusal.waitFor();
  });
  await refusal.getByText('it is a picture').waitFor();
  await gallery.shootBoth(page, 'prove-key-wrong-words', async () => {
    await bring(key.pem, key.words.toReversed());
    await refusal.waitFor();
  });
  await bring(key.pem, key.words);
  await page.waitForURL('**/prove-key?proven=first');
  await gallery.shootBoth(page, 'prove-key-proven', () => page.reload());
}

/** What a click on a download link saves. */
export async function downloaded(page: Page, selector: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all<[Promise<Download>, Promise<void>]>([
    page.waitForEvent('download'),
    page.locator(selector).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString('utf8') };
}

/** Chooses a key file and types the words on the page of the proof, or of the deliberation. */
export async function bringKey(page: Page, file: string | Buffer, words: string): Promise<void> {
  const key = typeof file === 'string' ? Buffer.from(file) : file;
  await page.locator('#keyFile').setInputFiles({
    name: 'votix key (1).pem',
    mimeType: 'application/octet-stream',
    buffer: key,
  });
  await page.locator('#passphrase').fill(words);
  await page.locator('form:has(#keyFile) button[type=submit]').click();
}

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../config.ts';
import { createApp } from '../../http/app.tsx';
import { accept } from '../../protocol/outcome.ts';
import { rollFigures } from '../../store/roll-figures.ts';
import { loadSettings, saveSettings } from '../../store/settings.ts';
import { draftElection } from '../../testing/draft-election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { formPost, signInAs } from '../../testing/staff.ts';
import { sweepUploads } from './kept-uploads.ts';
import type { RollReading, RollSettings } from './reading/index.ts';
import { describeFileError } from './reading/index.ts';

const SAMPLES = join(PROJECT_ROOT, 'src/testing/samples/rolls');
const USUAL = {
  domains: ['example.org', 'etu.example.org'],
  promotions: ['E1', 'E2', 'E3', 'E4', 'E5'],
  buildings: ['Perrault', 'Dupont', 'Marne-la-Vallée'],
};

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let theo: Record<string, string>;
beforeAll(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
  theo = await signInAs(app, runtime, 'technician');
});
afterAll(() => runtime.cleanup());

const configure = async (lists: Partial<RollSettings>): Promise<void> => {
  const settings = await loadSettings(runtime.store.read, runtime.environment);
  await runtime.store.inTransaction(async (trx) => {
    const changed = { ...settings, ...(lists as typeof USUAL) };
    await saveSettings(trx, changed, ['domains', 'promotions', 'buildings']);
    return accept(true);
  });
};

const uploads = (): string[] => {
  const folder = join(runtime.folder, 'imports');
  return existsSync(folder) ? readdirSync(folder) : [];
};

/** The pages of one election as Theo's browser goes through them. */
async function atDesk(language = 'en') {
  const id = await draftElection(runtime);
  const root = `/elections/${id}`;
  const headers = {
    ...theo,
    Cookie: `${theo['Cookie']}; votix_language=${language}`,
    'Accept-Language': language,
  };
  const get = (path: string) => app.request(path, { headers });
  const post = (path: string, fields: Record<string, string>) => app.request(path, formPost(fields, headers));
  const choose = (bytes: Uint8Array | string, name = 'roll.csv') => {
    const body = new FormData();
    const content = typeof bytes === 'string' ? bytes : new Uint8Array(bytes);
    body.set('roll', new File([content], name, { type: 'application/octet-stream' }));
    return app.request(`${root}/import-voters`, { method: 'POST', headers, body });
  };
  /** Chooses a readable file; answers its preview page and the id in it. */
  const preview = async (bytes: Uint8Array | string) => {
    const answer = await choose(bytes);
    expect(answer.status).toBe(303);
    const path = answer.headers.get('location') ?? '';
    const page = await get(path);
    expect(page.status).toBe(200);
    const html = await page.text();
    return { path, html, id: /name="preview" value="([^"]+)"/.exec(html)?.[1] ?? '' };
  };
  const registered = async () => (await rollFigures(runtime.store.read, id)).registered;
  return { id, root, get, post, choose, preview, registered };
}

const text = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

const GOOD = 'nom;prénom;courriel\nÉluard;Vera;vera@example.org\nHamon;Victor;victor@example.org\n';
const MIXED = `${GOOD}=1+1;"<b>Stan</b>";stan@elsewhere.example\nKeller;;tess@example.org\n`;

describe('choosing a file', () => {
  it('shows what was read and writes nothing; the confirmation imports it, once', async () => {
    const desk = await atDesk();
    const form = await (await desk.get(`${desk.root}/import-voters`)).text();
    expect(form).toContain('name="roll"');
    expect(form).toContain('enctype="multipart/form-data"');
    const { html, id } = await desk.preview(GOOD);
    expect(html).toContain('Nothing has been imported yet.');
    expect(html).toContain('UTF-8');
    expect(html).toContain('victor@example.org');
    expect(html).toContain('name="mode" value="all"');
    expect(await desk.registered()).toBe(0);

    const done = await desk.post(`${desk.root}/import-voters/confirm`, { preview: id, mode: 'all' });
    expect(done.status).toBe(303);
    const list = done.headers.get('location') ?? '';
    expect(list).toBe(`${desk.root}/register-voter?added=2&updated=0&kept=0&refused=0`);
    const page = text(await (await desk.get(list)).text());
    expect(page).toContain('New: 2. Changed: 0.');
    expect(page).toContain('Éluard Vera');
    expect(uploads()).toEqual([]);

    const again = await desk.post(`${desk.root}/import-voters/confirm`, { preview: id, mode: 'all' });
    expect(again.status).toBe(409);
    expect(await again.text()).toContain('data-code="PREVIEW_GONE"');
  });

  it('lists every error with line, column and remedy, as text; only the valid rows go in on request', async () => {
    await configure({ domains: ['example.org'] });
    const desk = await atDesk();
    const { html, path, id } = await desk.preview(MIXED);
    expect(text(html)).toContain('Rows with errors: 2');
    expect(text(html)).toContain('Line 4 E-mail: “stan@elsewhere.example” is not of an allowed domain.');
    expect(text(html)).toContain('Line 5 First name: The first name is missing. Add it, or remove the row.');
    expect(html).not.toContain('<b>Stan');
    expect(html).toContain('name="mode" value="only-valid"');

    const csv = await desk.get(`${path}/errors.csv`);
    expect(csv.headers.get('content-disposition')).toContain('attachment');
    expect(await csv.text()).toContain('4,E-mail,stan@elsewhere.example,');

    // all or nothing is not fooled by a changed field
    const all = await desk.post(`${desk.root}/import-voters/confirm`, { preview: id, mode: 'all' });
    expect(all.headers.get('location')).toBe(path);
    expect(await desk.registered()).toBe(0);
    const some = await desk.post(`${desk.root}/import-voters/confirm`, { preview: id, mode: 'only-valid' });
    expect(some.headers.get('location')).toContain('added=2&updated=0&kept=0&refused=2');
    expect(await desk.registered()).toBe(2);
    await configure({ domains: [] });
  });

  it('asks about voters who are on the roll already only where something would change', async () => {
    const desk = await atDesk();
    const { id } = await desk.preview(GOOD);
    await desk.post(`${desk.root}/import-voters/confirm`, { preview: id, mode: 'all' });
    const same = await desk.preview(GOOD);
    expect(text(same.html)).toContain('On the roll already (same e-mail address) 2');
    expect(same.html).not.toContain('name="existing"');
    const other = await desk.preview(GOOD.replace('Hamon', 'Hamon-Joly'));
    expect(other.html).toContain('name="existing"');
    const done = await desk.post(`${desk.root}/import-voters/confirm`, {
      preview: other.id,
      mode: 'all',
      existing: 'update',
    });
    expect(done.headers.get('location')).toContain('added=0&updated=1&kept=1');
    await desk.post(`${desk.root}/import-voters/discard`, { preview: same.id });
  });

  it('speaks French', async () => {
    const desk = await atDesk('fr');
    expect(await (await desk.get(`${desk.root}/import-voters`)).text()).toContain('Importer les électeurs');
    const { html } = await desk.preview(MIXED);
    expect(text(html)).toContain('Lignes avec des erreurs : 1');
    expect(text(html)).toContain('Ligne 5 Prénom : Le prénom manque. Ajoutez-le, ou supprimez la ligne.');
    expect(await (await desk.choose('')).text()).toContain('Il n’y a personne dans ce fichier.');
  });

  it('tells that no file was chosen, and refuses a body over the limit', async () => {
    const desk = await atDesk();
    const none = await desk.post(`${desk.root}/import-voters`, {});
    expect(none.status).toBe(422);
    expect(await none.text()).toContain('Choose a file first.');
    expect((await desk.choose(new Uint8Array(5 * 1024 * 1024 + 1))).status).toBe(422);
    expect((await desk.choose(new Uint8Array(6 * 1024 * 1024))).status).toBe(413);
  });

  it('makes cells that a spreadsheet would run plain text in the download (S8)', async () => {
    const desk = await atDesk();
    const cells = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(1)'];
    const rows = cells.map((cell) => `Last;First;"${cell.replaceAll('"', '""')}"`);
    const { path } = await desk.preview(['nom;prénom;courriel', 'A;B;a@example.org', ...rows].join('\n'));
    const csv = await (await desk.get(`${path}/errors.csv`)).text();
    const lines = csv.trim().split('\r\n').slice(1);
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toMatch(/^\d+,E-mail,"?'[=+@-]/);
  });
});

describe('a chosen file', () => {
  it('is readable by the server alone, leaves nothing when put aside, and is gone after an hour', async () => {
    const desk = await atDesk();
    await sweepUploads(runtime);
    const before = new Set(uploads());
    const { id, path } = await desk.preview(GOOD);
    const [name = ''] = uploads().filter((file) => !before.has(file));
    expect(name).toMatch(/^[0-9a-f]{64}\.roll$/);
    expect(statSync(join(runtime.folder, 'imports', name)).mode & 0o777).toBe(0o600);
    expect(name).not.toContain(id);
    expect((await desk.post(`${desk.root}/import-voters/discard`, { preview: id })).status).toBe(303);
    expect(uploads()).not.toContain(name);
    expect((await desk.get(path)).status).toBe(409);

    const old = await desk.preview(GOOD);
    runtime.clock.step(61 * 60_000);
    expect((await desk.get(old.path)).status).toBe(409);
    await sweepUploads(runtime);
    expect(uploads()).toEqual([]);
  });

  it.each(['../votix.sqlite', '..%2f..%2fvotix.sqlite', '%00', 'x'.repeat(5_000)])(
    'is found by its id alone (S10) %#',
    async (id) => {
      const desk = await atDesk();
      expect([404, 409]).toContain((await desk.get(`${desk.root}/import-voters/previews/${id}`)).status);
      const confirmed = await desk.post(`${desk.root}/import-voters/confirm`, { preview: id, mode: 'all' });
      expect(confirmed.status).toBe(409);
    },
  );

  it('belongs to its election', async () => {
    const [one, two] = [await atDesk(), await atDesk()];
    const { id } = await one.preview(GOOD);
    const elsewhere = await two.post(`${two.root}/import-voters/confirm`, { preview: id, mode: 'all' });
    expect(elsewhere.status).toBe(409);
    expect(await two.registered()).toBe(0);
  });

  it('is imported once by two confirmations at the same time', async () => {
    const desk = await atDesk();
    const { id } = await desk.preview(GOOD);
    const confirm = () => desk.post(`${desk.root}/import-voters/confirm`, { preview: id, mode: 'all' });
    const statuses = (await Promise.all([confirm(), confirm()])).map(({ status }) => status);
    expect(statuses.sort((a, b) => a - b)).toEqual([303, 409]);
    expect(await desk.registered()).toBe(2);
  });
});

interface Expected extends RollReading {
  readonly settings?: Partial<RollSettings>;
}

const SUFFIX = '.expected.json';
const samples = readdirSync(SAMPLES)
  .filter((name) => name.endsWith(SUFFIX))
  .map((file) => ({
    name: file.slice(0, -SUFFIX.length),
    expected: JSON.parse(readFileSync(join(SAMPLES, file), 'utf8')) as Expected,
  }));

describe('the sample rolls, through the pages', () => {
  it.each(samples.filter(({ expected }) => expected.file_error === null))(
    '$name goes in',
    async ({ name, expected }) => {
      await configure({ ...USUAL, ...expected.settings });
      const desk = await atDesk();
      const { html, id } = await desk.preview(readFileSync(join(SAMPLES, name)));
      for (const { line } of expected.errors) expect(html).toContain(`>Line ${line}</p>`);
      const mode = expected.errors.length === 0 ? 'all' : 'only-valid';
      expect(html).toContain(`name="mode" value="${mode}"`);
      const done = await desk.post(`${desk.root}/import-voters/confirm`, { preview: id, mode });
      expect(done.status).toBe(303);
      expect(await desk.registered()).toBe(expected.voters.length);
    },
  );

  it.each(
    samples.flatMap(({ name, expected: { file_error: fault } }) => (fault === null ? [] : { name, fault })),
  )('$name is refused as $fault', async ({ name, fault }) => {
    const desk = await atDesk();
    const answer = await desk.choose(readFileSync(join(SAMPLES, name)), name);
    expect(answer.status).toBe(422);
    expect(text(await answer.text())).toContain(describeFileError('en', fault));
  });
});

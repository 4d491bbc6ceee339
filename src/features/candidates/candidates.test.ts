import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../config.ts';
import { createApp } from '../../http/app.tsx';
import { listContests } from '../../store/elections.ts';
import { createElectionFromFile } from '../election-setup/index.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { formPost, signInAs } from '../../testing/staff.ts';

const SAMPLES = join(PROJECT_ROOT, 'src/testing/samples/images');
let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let theo: Record<string, string>;
let root: string;

beforeAll(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
  theo = await signInAs(app, runtime, 'technician');
  const created = await createElectionFromFile(runtime, {
    actor: 'cli',
    input: {
      title: 'Board',
      organiser: 'Society',
      contact: 'vote@example.org',
      language: 'en',
      timeZone: 'UTC',
      closesAt: '2026-03-05T18:00',
      contests: [{ title: 'Chair' }, { title: 'Board', method: 'approval', max: 3 }],
    },
    readPicture: () => undefined,
  });
  if (!created.ok) throw new Error(JSON.stringify(created.detail));
  root = `/elections/${created.value.electionId}`;
});
afterAll(() => runtime.cleanup());

const contests = () => listContests(runtime.store.read, root.split('/')[2] ?? '');
const firstContest = async () => {
  const [contest] = await contests();
  if (contest === undefined) throw new Error('the contest is there');
  return contest;
};
const newPath = async () => `${root}/contests/${(await firstContest()).id}/candidates/new`;

/** A post of the candidate form as a browser sends it, with a picture. */
function upload(
  path: string,
  name: string,
  picture: Uint8Array<ArrayBuffer>,
  declared: string,
  fileName = 'logo.png',
) {
  const body = new FormData();
  body.set('name', name);
  body.set('slogan', 'For all');
  body.set('details', 'First line\r\nsecond line');
  body.set('logo', new File([picture], fileName, { type: declared }));
  return app.request(path, { method: 'POST', headers: theo, body });
}

const sample = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(join(SAMPLES, name)));

describe('registering candidates', () => {
  it.each(['logo-400x300.png', 'logo.webp', 'logo-transparent.gif', 'photo-gps-orientation-6.jpg'])(
    'takes %s, whatever it claims to be, and serves it as WebP for ever',
    async (name) => {
      const answer = await upload(await newPath(), name, sample(name), 'text/html', '../../evil.php');
      expect(answer.status).toBe(303);
      const candidate = (await firstContest()).candidates.at(-1);
      expect(candidate).toMatchObject({ name, slogan: 'For all', details: 'First line\nsecond line' });
      expect(candidate?.logo).toMatch(/^[0-9a-f]{64}\.webp$/);
      const served = await app.request(`/logos/${candidate?.logo}`);
      expect(served.status).toBe(200);
      expect(served.headers.get('content-type')).toBe('image/webp');
      expect(served.headers.get('cache-control')).toContain('immutable');
      expect(await (await app.request(`${root}/register-candidate`, { headers: theo })).text()).toContain(
        `/logos/${candidate?.logo}`,
      );
    },
  );

  it.each([
    ['logo-script.svg', 'image/svg+xml', 'Give a PNG, JPEG, WebP or GIF picture.'],
    ['logo-script.svg', 'image/png', 'Give a PNG, JPEG, WebP or GIF picture.'],
    ['bomb-12000x12000.png', 'image/png', 'At most 5 MB and 40 megapixels.'],
  ])('refuses %s declared as %s and keeps the form', async (name, declared, sentence) => {
    const files = readdirSync(runtime.config.logoDir).length;
    const { candidates } = await firstContest();
    const answer = await upload(await newPath(), 'Mallory', sample(name), declared);
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain(sentence);
    expect(html).toContain('value="Mallory"');
    expect((await firstContest()).candidates).toHaveLength(candidates.length);
    expect(readdirSync(runtime.config.logoDir)).toHaveLength(files);
  });

  it('tells faults of the form and of the picture together', async () => {
    const html = await (await upload(await newPath(), ' ', sample('logo-script.svg'), 'image/png')).text();
    expect(html).toContain('href="#name"');
    expect(html).toContain('href="#logo"');
  });

  it('refuses a body far over the limit without reading it', async () => {
    const answer = await upload(await newPath(), 'Mallory', new Uint8Array(7 * 1024 * 1024), 'image/png');
    expect(answer.status).toBe(413);
  });

  it('works without a picture, and offers the next form at once', async () => {
    const path = await newPath();
    const answer = await app.request(path, formPost({ name: 'Plain', next: 'new' }, theo));
    expect(answer.headers.get('location')).toBe(path);
    expect((await firstContest()).candidates.at(-1)).toMatchObject({ name: 'Plain', logo: null });
  });

  it('keeps the picture when the words change, and drops it on request', async () => {
    const candidate = (await firstContest()).candidates[0];
    const path = `${root}/candidates/${candidate?.id}`;
    await app.request(path, formPost({ name: 'Renamed' }, theo));
    expect((await firstContest()).candidates[0]).toMatchObject({ name: 'Renamed', logo: candidate?.logo });
    await app.request(path, formPost({ name: 'Renamed', removeLogo: 'on' }, theo));
    expect((await firstContest()).candidates[0]).toMatchObject({ name: 'Renamed', logo: null });
  });

  it('moves and removes them', async () => {
    const names = async () => (await firstContest()).candidates.map(({ name }) => name);
    const before = await names();
    const second = (await firstContest()).candidates[1];
    await app.request(`${root}/candidates/${second?.id}/move`, formPost({ direction: 'up' }, theo));
    expect((await names()).slice(0, 2)).toEqual([before[1], before[0]]);
    await app.request(`${root}/candidates/${second?.id}/remove`, formPost({}, theo));
    expect(await names()).toEqual([before[0], ...before.slice(2)]);
    expect((await firstContest()).candidates.map(({ position }) => position)).toEqual(
      before.slice(1).map((_, position) => position),
    );
  });

  it('finds no candidate of another election', async () => {
    const candidate = (await firstContest()).candidates[0];
    const path = `/elections/00000000-0000-4000-8000-000000000000/candidates/${candidate?.id}`;
    for (const act of ['', '/move', '/remove']) {
      expect((await app.request(`${path}${act}`, formPost({ name: 'Mine' }, theo))).status).toBe(404);
    }
  });
});

describe('served logos', () => {
  it.each([
    '/logos/..%2f..%2fvotix.sqlite',
    '/logos/%2e%2e/votix.sqlite',
    '/logos/../votix.sqlite',
    '/logos/..%5cvotix.sqlite',
    '/logos/%00.webp',
    '/logos/votix.sqlite',
    '/logos/',
    `/logos/${'0'.repeat(64)}.webp`,
  ])('%s leads nowhere (S10)', async (path) => {
    expect((await app.request(path)).status).toBe(404);
  });
});

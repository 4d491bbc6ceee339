import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { loadSettings } from '../../store/settings.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { formPost, signInAs } from '../../testing/staff.ts';

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let olive: Record<string, string>;

beforeAll(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
  olive = await signInAs(app, runtime, 'admin');
});
afterAll(() => runtime.cleanup());

const FIELDS = {
  organisation: 'École  Test',
  language: 'fr',
  timeZone: 'Europe/Paris',
  domains: 'Example.org\r\n\r\n@etu.example.org\r\nexample.org',
  promotions: 'E1\r\nE2',
  buildings: 'Perrault\r\nMarne-la-Vallée\r\n  perrault ',
};
const settings = () => loadSettings(runtime.store.read, 'Votix');

it('starts from the configured organisation and empty lists', async () => {
  expect(await settings()).toMatchObject({
    organisation: 'Votix',
    domains: [],
    promotions: [],
    buildings: [],
  });
});

it('keeps lists one entry a line, without repeats', async () => {
  const answer = await app.request('/settings', formPost(FIELDS, olive));
  expect(answer.headers.get('location')).toBe('/settings?saved');
  expect(await settings()).toEqual({
    organisation: 'École Test',
    language: 'fr',
    timeZone: 'Europe/Paris',
    domains: ['example.org', 'etu.example.org'],
    promotions: ['E1', 'E2'],
    buildings: ['Perrault', 'Marne-la-Vallée'],
  });
  const form = await (await app.request('/elections/new', { headers: olive })).text();
  expect(form).toContain('value="École Test"');
});

it('tells a wrong domain by name, keeps the form and the settings', async () => {
  const before = await settings();
  const fields = { ...FIELDS, domains: 'example.org\nnot a domain', timeZone: 'Paris' };
  const answer = await app.request('/settings', formPost(fields, olive));
  const html = await answer.text();
  expect(answer.status).toBe(422);
  expect(html).toContain('Not a domain: not a domain.');
  expect(html).toContain('href="#timeZone"');
  expect(html).toContain('value="Paris"');
  expect(await settings()).toEqual(before);
});

it('writes who changed what into the audit log, once', async () => {
  await app.request('/settings', formPost({ ...FIELDS, promotions: 'E3' }, olive));
  await app.request('/settings', formPost({ ...FIELDS, promotions: 'E3' }, olive));
  const entries = await runtime.store.read
    .selectFrom('audit_entry')
    .select(['actor', 'fields'])
    .where('kind', '=', 'settings-changed')
    .execute();
  expect(entries.at(-1)).toEqual({ actor: 'olive@school.example', fields: '{"names":"promotions"}' });
  expect(entries).toHaveLength(2);
});

it('is for admins', async () => {
  const theo = await signInAs(app, runtime, 'technician');
  expect((await app.request('/settings', { headers: theo })).status).toBe(403);
  expect((await app.request('/settings', formPost(FIELDS, theo))).status).toBe(403);
});

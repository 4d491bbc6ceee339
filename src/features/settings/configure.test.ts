import { readFileSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { sweepLogos } from '../../logos.ts';
import { databaseFile } from '../../runtime.ts';
import { findElection, updateElection } from '../../store/elections.ts';
import { loadSettings } from '../../store/settings.ts';
import { draftElection } from '../../testing/draft-election.ts';
import { armedElection } from '../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { SAME_ORIGIN, formPost, signInAs } from '../../testing/staff.ts';
import { accept } from '../../protocol/outcome.ts';

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let olive: Record<string, string>;

beforeEach(async () => {
  runtime = await openTestRuntime({
    environment: { SMTP_HOST: 'mail.environment.example', SMTP_PASSWORD: 'x' },
  });
  app = createApp(runtime);
  olive = await signInAs(app, runtime, 'admin');
});
afterEach(() => runtime.cleanup());

const ASSOCIATION = {
  organisation: 'École  Test',
  'offers-en': 'on',
  'offers-fr': 'on',
  language: 'fr',
  timeZone: 'Europe/Paris',
  publicUrl: '',
};
const MAIL = {
  smtpHost: 'smtp.school.example',
  smtpPort: '465',
  smtpTls: 'implicit',
  smtpVerifyCertificate: 'on',
  smtpUser: 'votix',
  smtpPassword: 'correct horse battery',
  mailFrom: 'vote@school.example',
  mailReplyTo: 'office@school.example',
  mailPerMinute: '120',
  quietFrom: '22:00',
  quietUntil: '07:00',
};
const post = (section: string, fields: Record<string, string>) =>
  app.request(`/configure/${section}`, formPost(fields, olive));
const page = async (): Promise<string> => (await app.request('/configure', { headers: olive })).text();
const settings = () => loadSettings(runtime.store.read, runtime.environment);

it('is in force at once, and given back to the environment when emptied', async () => {
  const answer = await post('association', { ...ASSOCIATION, publicUrl: 'https://Vote.School.example/' });
  expect(answer.headers.get('location')).toBe('/configure?saved=association');
  expect(runtime.config).toMatchObject({
    organisation: 'École Test',
    publicUrl: 'https://vote.school.example',
  });
  expect((await app.request('/')).headers.get('strict-transport-security')).toContain('max-age');
  expect(await (await app.request('/')).text()).toContain('École Test');

  olive = await signInAs(app, runtime, 'admin');
  await post('association', { ...ASSOCIATION, organisation: '' });
  expect(runtime.config).toMatchObject({ organisation: 'Test School', publicUrl: 'http://localhost:3000' });
  const kept = await runtime.store.read.selectFrom('setting').select('name').execute();
  expect(kept.map(({ name }) => name)).toEqual(['language']);
});

it('keeps lists one entry a line, without repeats', async () => {
  const lists = {
    domains: 'Example.org\r\n\r\n@etu.example.org\r\nexample.org',
    promotions: 'E1\r\nE2\r\ne1',
  };
  expect((await post('voters', lists)).headers.get('location')).toBe('/configure?saved=voters');
  expect(await settings()).toMatchObject({
    domains: ['example.org', 'etu.example.org'],
    promotions: ['E1', 'E2'],
  });
});

it('tells each fault at its field, and loses nothing that was typed', async () => {
  const before = await settings();
  const association = await post('association', {
    ...ASSOCIATION,
    timeZone: 'Mars/Olympus',
    publicUrl: 'vote',
  });
  expect(association.status).toBe(422);
  const html = await association.text();
  expect(html).toContain('href="#timeZone"');
  expect(html).toContain('href="#publicUrl"');
  expect(html).toContain('value="Mars/Olympus"');
  expect(html).toContain('École  Test');

  const faulty = { ...MAIL, smtpPort: '70000', mailFrom: 'nobody', smtpHost: 'two words', smtpTls: 'some' };
  const mail = await (await post('mail', faulty)).text();
  for (const name of ['smtpPort', 'mailFrom', 'smtpHost', 'smtpTls'])
    expect(mail).toContain(`href="#${name}"`);
  expect(mail).toContain('value="two words"');
  expect(mail).not.toContain('correct horse battery');
  expect(await (await post('mail', { ...MAIL, quietUntil: '' })).text()).toContain('href="#quietUntil"');
  expect(await (await post('voters', { domains: 'not a domain' })).text()).toContain(
    'Not a domain: not a domain.',
  );
  const nobody = { ...ASSOCIATION, 'offers-en': '', 'offers-fr': '' };
  const { 'offers-en': _en, 'offers-fr': _fr, ...without } = nobody;
  expect(await (await post('association', without)).text()).toContain('href="#languages"');
  expect(await settings()).toEqual(before);
});

it('keeps the mail password sealed, unseen, and with the server it was typed for', async () => {
  await post('mail', MAIL);
  expect(runtime.config.smtp).toEqual({
    host: 'smtp.school.example',
    port: 465,
    tls: 'implicit',
    verifyCertificate: true,
    user: 'votix',
    password: 'correct horse battery',
  });
  expect(runtime.config).toMatchObject({
    mailFrom: 'vote@school.example',
    mailReplyTo: 'office@school.example',
    mailPerMinute: 120,
    quietHours: { from: '22:00', until: '07:00', timeZone: 'Europe/Paris' },
  });
  expect(await page()).not.toContain('correct horse battery');
  for (const file of ['', '-wal']) {
    const bytes = readFileSync(`${databaseFile(runtime.config)}${file}`);
    expect(bytes.includes('correct horse battery')).toBe(false);
    expect(bytes.includes(Buffer.from('correct horse battery').toString('base64url'))).toBe(false);
  }
  const { fields } = await runtime.store.read
    .selectFrom('audit_entry')
    .select('fields')
    .where('kind', '=', 'settings-changed')
    .executeTakeFirstOrThrow();
  expect(fields).toContain('smtpPassword');
  expect(fields).not.toContain('correct');

  await post('mail', { ...MAIL, smtpPassword: '', smtpPort: '587', smtpTls: 'starttls' });
  expect(runtime.config.smtp).toMatchObject({ port: 587, password: 'correct horse battery' });
  const elsewhere = await post('mail', { ...MAIL, smtpPassword: '', smtpHost: 'mine.example' });
  expect(elsewhere.status).toBe(422);
  expect(await elsewhere.text()).toContain('href="#smtpPassword"');
  expect(runtime.config.smtp?.host).toBe('smtp.school.example');

  await post('mail', { ...MAIL, smtpPassword: '', forgetSmtpPassword: 'on' });
  expect(runtime.config.smtp?.password).toBeUndefined();
});

it('never hands the password of the environment to another server', async () => {
  await post('mail', { ...MAIL, smtpPassword: '', smtpUser: '' });
  expect(runtime.config.smtp).toMatchObject({ user: undefined, password: undefined });
  await post('mail', { ...MAIL, smtpPassword: '', smtpHost: '' });
  expect(runtime.config.smtp).toMatchObject({ host: 'mail.environment.example', password: 'x' });
});

it('shows a logo, which outlives the sweep', async () => {
  const form = new FormData();
  for (const [name, value] of Object.entries(ASSOCIATION)) form.append(name, value);
  const picture = readFileSync('src/testing/samples/images/logo-400x300.png');
  form.append('logo', new File([picture], 'logo.png'));
  const answer = await app.request('/configure/association', {
    method: 'POST',
    headers: { ...olive, ...SAME_ORIGIN },
    body: form,
  });
  expect(answer.status).toBe(303);
  const { logo, logoDir } = runtime.config;
  expect(await (await app.request('/')).text()).toContain(`/logos/${logo}`);
  expect(await page()).toContain(`/logos/${logo}`);
  const hourAgo = new Date(Date.now() - 3_600_000);
  for (const name of readdirSync(logoDir)) utimesSync(join(logoDir, name), hourAgo, hourAgo);
  await sweepLogos(runtime);
  expect(readdirSync(logoDir)).toEqual([logo]);
  await post('association', { ...ASSOCIATION, removeLogo: 'on' });
  expect(runtime.config.logo).toBeUndefined();
  expect(readdirSync(logoDir)).toEqual([]);
});

it('refuses to move the address that mailed links carry, with the reason', async () => {
  const { id } = await armedElection(runtime);
  const moved = { ...ASSOCIATION, publicUrl: 'https://elsewhere.example' };
  await runtime.store.inTransaction(async (trx) => {
    await updateElection(trx, id, { links_mailed: 1 });
    return accept(true);
  });
  const refused = await post('association', moved);
  const html = await refused.text();
  expect(refused.status).toBe(422);
  expect(html).toContain('carry the present address');
  expect(html).toContain('value="https://elsewhere.example"');
  expect(runtime.config.publicUrl).toBe('http://localhost:3000');
});

it('lets nobody switch the second person off while an election is under way', async () => {
  await post('association', { ...ASSOCIATION, twoPersonApproval: 'on' });
  await armedElection(runtime);
  const refused = await post('association', ASSOCIATION);
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('switch the second person off');
  expect((await settings()).twoPersonApproval).toBe(true);
});

it('moves the window of the current election until its key is proven', async () => {
  const id = await draftElection(runtime);
  const times = { election: id, opensAt: '2026-12-01T08:00', closesAt: '2026-12-03T18:00' };
  expect((await post('window', times)).headers.get('location')).toBe('/configure?saved=window');
  const row = await findElection(runtime.store.read, id);
  expect(new Date(row?.closes_at ?? 0).toISOString()).toBe('2026-12-03T18:00:00.000Z');
  const wrong = await (await post('window', { ...times, closesAt: '2026-11-01T08:00' })).text();
  expect(wrong).toContain('href="#closesAt"');
  expect(wrong).toContain('value="2026-11-01T08:00"');

  const { id: armed } = await armedElection(runtime);
  const frozen = await post('window', { ...times, election: armed });
  expect(frozen.status).toBe(409);
  expect(await frozen.text()).toContain('data-code="FROZEN"');
});

it('offers only the languages that were chosen', async () => {
  const { 'offers-fr': _, ...english } = ASSOCIATION;
  await post('association', english);
  const html = await (await app.request('/', { headers: { 'Accept-Language': 'fr' } })).text();
  expect(html).toContain('<html lang="en"');
  expect(html).not.toContain('Français');
});

it('leads technicians to the current election, and lets them change nothing', async () => {
  const id = await draftElection(runtime);
  const theo = await signInAs(app, runtime, 'technician');
  const shown = await app.request('/configure', { headers: theo });
  expect(shown.headers.get('location')).toBe(`/elections/${id}/configure`);
  for (const section of ['association', 'voters', 'mail', 'window']) {
    expect((await app.request(`/configure/${section}`, formPost({}, theo))).status).toBe(403);
  }
});

it('asks for the password before anything is typed', async () => {
  runtime.clock.step(6 * 60_000);
  const shown = await app.request('/configure', { headers: olive });
  expect(shown.headers.get('location')).toBe('/confirm?next=%2Fconfigure');
});

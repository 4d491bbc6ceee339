import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { accept } from '../../protocol/outcome.ts';
import { saveCodeTries } from '../../store/code-tries.ts';
import { updateElection } from '../../store/elections.ts';
import { eventOfRow } from '../../store/public-events.ts';
import { rollFigures } from '../../store/roll-figures.ts';
import { loadSettings, saveSettings } from '../../store/settings.ts';
import type { Transaction } from '../../store/store.ts';
import { draftElection } from '../../testing/draft-election.ts';
import { armedElection } from '../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { CAST, formPost, signInAs } from '../../testing/staff.ts';
import { linkOf } from '../../voter-secrets.ts';
import { importRoll } from './import-roll.ts';

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let theo: Record<string, string>;
beforeAll(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
  theo = await signInAs(app, runtime, 'technician');
});
afterAll(() => runtime.cleanup());

const get = (path: string) => app.request(path, { headers: theo });
const post = (path: string, fields: Record<string, string> = {}) => app.request(path, formPost(fields, theo));
const write = (work: (trx: Transaction) => Promise<void>) =>
  runtime.store.inTransaction(async (trx) => {
    await work(trx);
    return accept(true);
  });

const roll = (electionId: string) =>
  runtime.store.read
    .selectFrom('voter')
    .selectAll()
    .where('election_id', '=', electionId)
    .orderBy('name_key')
    .execute();

const events = async (electionId: string) =>
  (
    await runtime.store.read
      .selectFrom('public_event')
      .select('content')
      .where('election_id', '=', electionId)
      .orderBy('seq')
      .execute()
  ).map(({ content }) => {
    const { kind, data } = eventOfRow(content);
    return { kind, data };
  });

const audited = async (electionId: string) =>
  (
    await runtime.store.read
      .selectFrom('audit_entry')
      .select(['kind', 'actor', 'fields'])
      .where('election_id', '=', electionId)
      .where('kind', 'like', 'voter-%')
      .orderBy('seq')
      .execute()
  ).map(({ kind, actor, fields }) => [kind, actor, fields]);

const mark = (voterId: string) =>
  write(async (trx) => {
    const marked = { is_marked: 1 as const, blinded_digest: new Uint8Array(32) };
    await trx.updateTable('voter').set(marked).where('id', '=', voterId).execute();
  });

const VERA = { last_name: ' Éluard ', first_name: 'Vera', email: 'Vera <VERA@school.example>' };

describe('the list', () => {
  it('is ordered and found without accents and capitals, page by page', async () => {
    const id = await draftElection(runtime);
    const rows = Array.from(
      { length: 118 },
      (_, i) => `Martin ${String(i).padStart(3, '0')};Ana;m${i}@x.org`,
    );
    rows.push('Éluard;Hélène_100%;h@x.org', 'Zola;O’Neil "Bob";z@x.org');
    const bytes = new TextEncoder().encode(`nom;prénom;courriel\n${rows.join('\n')}`);
    await importRoll(runtime, { electionId: id, actor: 'cli', bytes, mode: 'all', existing: 'keep' });
    const path = `/elections/${id}/register-voter`;
    const namesOn = async (query: string) =>
      [...(await (await get(`${path}${query}`)).text()).matchAll(/\/voters\/[0-9a-f-]{36}">([^<]+)</g)].map(
        ([, name]) => name,
      );
    const first = await namesOn('');
    expect(first).toHaveLength(50);
    expect(first.slice(0, 2)).toEqual(['Éluard Hélène_100%', 'Martin 000 Ana']);
    expect((await namesOn('?page=2'))[0]).toBe('Martin 049 Ana');
    expect(await namesOn('?page=3')).toHaveLength(20);
    expect(await namesOn('?page=99')).toEqual(await namesOn('?page=3'));
    expect(await namesOn('?page=-1')).toEqual(first);
    expect(await namesOn('?search=HELENE+eluard')).toEqual(['Éluard Hélène_100%']);
    expect(await namesOn('?search=m117%40x')).toEqual(['Martin 117 Ana']);
    expect(await namesOn('?search=_')).toEqual(['Éluard Hélène_100%']);
    expect(await namesOn('?search=%25')).toEqual(['Éluard Hélène_100%']);
    expect(await namesOn(`?search=${encodeURIComponent('"bob"')}`)).toHaveLength(1);
    const none = await (await get(`${path}?search=${encodeURIComponent('"><script>')}`)).text();
    expect(none).toContain('Nobody on the roll matches.');
    expect(none).not.toContain('"><script>');
    expect(await (await get(`${path}?search=ana&page=2`)).text()).toContain('search=ana&amp;page=3');
  });

  it('never says who has voted, only how many', async () => {
    const { id, voters } = await armedElection(runtime, { voters: 2 });
    const path = `/elections/${id}/register-voter`;
    const before = await (await get(path)).text();
    await mark(voters[0]?.id ?? '');
    const after = await (await get(path)).text();
    expect(before).toContain('<dt>Have voted</dt><dd>0</dd>');
    expect(after).toContain('<dt>Have voted</dt><dd>1</dd>');
    expect(after.replace('<dd>1</dd>', '<dd>0</dd>')).toBe(before);
  });
});

describe('one voter', () => {
  it('is added under the rules of a roll file, and told the faults at their fields', async () => {
    const id = await draftElection(runtime);
    const path = `/elections/${id}/voters/new`;
    const empty = await (await post(path)).text();
    for (const field of ['last_name', 'first_name', 'email']) expect(empty).toContain(`href="#${field}"`);
    const wrong = await post(path, { ...VERA, email: 'vera at school' });
    expect(wrong.status).toBe(422);
    const html = await wrong.text();
    expect(html).toContain('value="vera at school"');
    expect(html).toContain('Give an e-mail address such as');

    const added = await post(path, VERA);
    expect(added.headers.get('location')).toBe(`/elections/${id}/register-voter?did=added`);
    const [vera] = await roll(id);
    expect(vera).toMatchObject({ last_name: 'Éluard', email: 'vera@school.example', link_version: 1 });
    const twice = await post(path, { ...VERA, first_name: 'Other' });
    expect(await twice.text()).toContain('This address is on the roll already.');
    expect(await roll(id)).toHaveLength(1);
    expect(await audited(id)).toEqual([['voter-added', CAST.technician.email, '{}']]);
  });

  it('has promotion and building of the settings, where there are any', async () => {
    const id = await draftElection(runtime);
    const usual = await loadSettings(runtime.store.read, runtime.environment);
    const lists = { domains: ['school.example'], promotions: ['E1', 'E2'], buildings: [] };
    await write((trx) => saveSettings(trx, { ...usual, ...lists }, ['domains', 'promotions', 'buildings']));
    const path = `/elections/${id}/voters/new`;
    expect(await (await get(path)).text()).toContain('<option value="E2">E2</option>');
    const wrong = await (await post(path, { ...VERA, promotion: 'E9', email: 'v@x.example' })).text();
    expect(wrong).toContain('Choose one of: E1, E2.');
    expect(wrong).toContain('Only addresses of these domains are allowed: school.example.');
    await post(path, { ...VERA, promotion: 'e2', building: 'Anywhere' });
    expect(await roll(id)).toMatchObject([{ promotion: 'E2', building: 'Anywhere' }]);
    await write((trx) => saveSettings(trx, usual, ['domains', 'promotions', 'buildings']));
  });

  it('is corrected; another address means another link once links are out, and never after voting', async () => {
    const { id } = await armedElection(runtime, { voters: 2, state: 'armed' });
    const [one, two] = await roll(id);
    if (one === undefined || two === undefined) throw new Error('two voters');
    const path = `/elections/${id}/voters/${one.id}`;
    const edit = (fields: Record<string, string>) =>
      post(path, { last_name: one.last_name, first_name: one.first_name, email: one.email, ...fields });
    expect((await edit({ last_name: 'Émile' })).headers.get('location')).toBe(`${path}?did=saved`);
    expect((await edit({ email: 'early@school.example' })).status).toBe(303);
    expect((await roll(id))[0]).toMatchObject({ email: 'early@school.example', link_version: 1 });
    expect(await events(id)).toEqual([]);

    await write((trx) => updateElection(trx, id, { links_mailed: 1 }));
    expect((await edit({ email: two.email })).status).toBe(422);
    expect((await edit({ email: 'late@school.example' })).status).toBe(303);
    const moved = (await roll(id)).find((voter) => voter.id === one.id);
    expect(moved).toMatchObject({ email: 'late@school.example', link_version: 2 });
    expect((await app.request(`/vote/${linkOf(runtime.secret, one)}`)).status).toBe(404);
    expect(
      (await app.request(`/vote/${linkOf(runtime.secret, { id: one.id, link_version: 2 })}`)).status,
    ).toBe(200);
    expect(await events(id)).toEqual([{ kind: 'linksReplaced', data: { count: 1 } }]);

    await mark(one.id);
    const late = await edit({ email: 'third@school.example' });
    expect(await late.text()).toContain('data-code="VOTER_MARKED"');
    expect((await edit({ email: 'late@school.example', first_name: 'Zoé' })).status).toBe(303);
  });

  it('is removed, and its link with it, unless the roll is marked', async () => {
    const { id, voters } = await armedElection(runtime, { voters: 2, state: 'open' });
    const [one, two] = voters;
    if (one === undefined || two === undefined) throw new Error('two voters');
    await mark(two.id);
    expect((await app.request(`/vote/${one.link}`)).status).toBe(200);
    const removed = await post(`/elections/${id}/voters/${one.id}/remove`);
    expect(removed.headers.get('location')).toBe(`/elections/${id}/register-voter?did=removed`);
    expect((await app.request(`/vote/${one.link}`)).status).toBe(404);
    const refused = await post(`/elections/${id}/voters/${two.id}/remove`);
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('data-code="VOTER_MARKED"');
    expect((await rollFigures(runtime.store.read, id)).registered).toBe(1);
    await post(`/elections/${id}/voters/new`, VERA);
    expect(await events(id)).toEqual([
      { kind: 'rollChanged', data: { added: 0, removed: 1 } },
      { kind: 'rollChanged', data: { added: 1, removed: 0 } },
    ]);
    expect((await audited(id)).map(([kind]) => kind)).toEqual(['voter-removed', 'voter-added']);
  });

  it('cannot be touched from another election, nor after the close', async () => {
    const { id, voters } = await armedElection(runtime, { voters: 1, state: 'open' });
    const other = await draftElection(runtime);
    const voter = voters[0]?.id ?? '';
    for (const act of ['', '/remove', '/unlock']) {
      expect((await post(`/elections/${other}/voters/${voter}${act}`, VERA)).status).toBe(404);
    }
    await write((trx) => updateElection(trx, id, { state: 'closed' }));
    for (const path of ['new', voter, `${voter}/remove`]) {
      const answer = await post(`/elections/${id}/voters/${path}`, VERA);
      expect(await answer.text()).toContain('data-code="CLOSED"');
    }
    const page = await (await get(`/elections/${id}/voters/${voter}`)).text();
    expect(page).toContain('The roll can no longer change.');
    expect(page).not.toContain('/remove"');
  });
});

describe('a locked link', () => {
  it('is shown with the time it opens by itself, and opened by staff at once', async () => {
    const { id, voters } = await armedElection(runtime, { voters: 2, state: 'open' });
    const now = runtime.clock.now();
    const [one, two] = voters;
    await write(async (trx) => {
      const tries = { recentWrongAt: [], totalWrong: 5, lockedUntil: now + 60_000 };
      await saveCodeTries(trx, one?.id ?? '', tries);
      await saveCodeTries(trx, two?.id ?? '', { recentWrongAt: [], totalWrong: 20, lockedUntil: null });
    });
    const path = `/elections/${id}/register-voter`;
    const page = await (await get(path)).text();
    expect(page).toContain('Locked until you unlock it');
    expect(page).toMatch(/Locked until \w+, 2 March 2026/);
    const unlocked = await post(`/elections/${id}/voters/${two?.id}/unlock`);
    expect(unlocked.headers.get('location')).toBe(`/elections/${id}/voters/${two?.id}?did=unlocked`);
    expect(await (await get(path)).text()).not.toContain('Locked until you unlock it');
    expect(await audited(id)).toEqual([['voter-unlocked', CAST.technician.email, '{}']]);
    runtime.clock.step(61_000);
    expect(await (await get(path)).text()).not.toContain('Locked links');
  });
});

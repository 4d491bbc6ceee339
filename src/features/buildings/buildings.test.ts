import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { buildingLooks } from '../../store/buildings.ts';
import { loadSettings } from '../../store/settings.ts';
import { armedElection } from '../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { formPost, signInAs } from '../../testing/staff.ts';

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let theo: Record<string, string>;
let root: string;
let electionId: string;

beforeAll(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
  theo = await signInAs(app, runtime, 'technician');
  const election = await armedElection(runtime, { voters: 3 });
  electionId = election.id;
  root = `/elections/${electionId}`;
});
afterAll(() => runtime.cleanup());

const post = async (path: string, fields: Record<string, string>) =>
  app.request(`${root}/${path}`, formPost(fields, theo));
const lists = async () => {
  const { buildings, promotions } = await loadSettings(runtime.store.read, runtime.environment);
  return { buildings, promotions };
};
const page = async () => (await app.request(`${root}/buildings`, { headers: theo })).text();
const namesOn = async (list: 'building' | 'promotion') => {
  const rows = await runtime.store.read
    .selectFrom('voter')
    .select([list])
    .where('election_id', '=', electionId)
    .orderBy('email')
    .execute();
  return rows.map((row) => row[list]);
};
const sentences = async () => {
  const rows = await runtime.store.read
    .selectFrom('audit_entry')
    .select(['actor', 'kind', 'fields'])
    .orderBy('seq', 'desc')
    .limit(1)
    .execute();
  return rows[0];
};

it('keeps a building with icon and colour, and a promotion', async () => {
  const added = await post('buildings', { name: ' Perrault ', icon: 'bank', colour: '#1F6FB2' });
  expect(added.headers.get('location')).toBe(`${root}/buildings?saved`);
  await post('buildings', { name: 'Dupont', icon: 'tree', colour: '#4f7a28' });
  await post('promotions', { name: 'E1' });
  expect(await lists()).toEqual({ buildings: ['Perrault', 'Dupont'], promotions: ['E1'] });
  expect(await buildingLooks(runtime.store.read)).toEqual({
    Perrault: { icon: 'bank', colour: '#1f6fb2' },
    Dupont: { icon: 'tree', colour: '#4f7a28' },
  });
  const html = await page();
  expect(html).toContain('fill="#1f6fb2"');
  expect(html).toContain('0 voters');
});

it('tells each fault at the field of the form it belongs to', async () => {
  const refused = await post('buildings/change', {
    entry: 'Dupont',
    name: 'perrault',
    icon: 'tree',
    colour: '#000000',
  });
  expect(refused.status).toBe(422);
  const html = await refused.text();
  expect(html).toContain('href="#building-1-name"');
  expect(html).toContain('This name is in the list already.');
  for (const icon of ['../../package', 'no-such-icon', '']) {
    const wrong = await post('buildings', { name: 'C', icon, colour: 'red' });
    const said = await wrong.text();
    expect(wrong.status).toBe(422);
    expect(said).toContain('href="#building-new-icon"');
    expect(said).toContain('href="#building-new-colour"');
  }
  expect((await post('promotions', { name: 'x'.repeat(101) })).status).toBe(422);
  expect((await post('promotions', { name: ' ' })).status).toBe(422);
  expect((await post('promotions/change', { entry: 'E9', name: 'E2' })).status).toBe(404);
  expect(await lists()).toEqual({ buildings: ['Perrault', 'Dupont'], promotions: ['E1'] });
});

it('moves entries, and leaves the ends where they are', async () => {
  await post('buildings/move', { entry: 'Dupont', direction: 'up' });
  expect((await lists()).buildings).toEqual(['Dupont', 'Perrault']);
  await post('buildings/move', { entry: 'Dupont', direction: 'up' });
  await post('buildings/move', { entry: 'Perrault', direction: 'down' });
  expect((await lists()).buildings).toEqual(['Dupont', 'Perrault']);
});

it('renames and removes on the rolls that can still change, in the audit log by name', async () => {
  const [first] = (
    await runtime.store.read.selectFrom('voter').select('id').orderBy('email').limit(1).execute()
  ).map(({ id }) => id);
  const voter = { last_name: 'A', first_name: 'B', email: 'ab@school.example' };
  const assigned = await app.request(
    `${root}/voters/${first}`,
    formPost({ ...voter, building: 'Dupont', promotion: 'E1' }, theo),
  );
  expect(assigned.status).toBe(303);
  expect(await page()).toContain('1 voter will belong to none');

  await post('buildings/change', { entry: 'Dupont', name: 'Hugo', icon: 'book', colour: '#a02318' });
  expect(await namesOn('building')).toContain('Hugo');
  expect(Object.keys(await buildingLooks(runtime.store.read))).toEqual(
    expect.arrayContaining(['Hugo', 'Perrault']),
  );
  expect(await sentences()).toEqual({
    actor: 'theo@school.example',
    kind: 'building-changed',
    fields: '{"before":"Dupont","name":"Hugo"}',
  });

  await post('promotions/remove', { entry: 'E1' });
  expect(new Set(await namesOn('promotion'))).toEqual(new Set(['']));
  expect(await sentences()).toMatchObject({ kind: 'promotion-removed', fields: '{"name":"E1"}' });
});

it('leaves the rolls of elections that are over as they were', async () => {
  const trx = runtime.store.inTransaction.bind(runtime.store);
  await trx(async (writer) => {
    await writer.updateTable('election').set({ state: 'closed' }).where('id', '=', electionId).execute();
    return { ok: true, value: undefined };
  });
  await post('buildings/remove', { entry: 'Hugo' });
  expect((await lists()).buildings).toEqual(['Perrault']);
  expect(await namesOn('building')).toContain('Hugo');
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { accept } from '../../protocol/outcome.ts';
import { findElection, listContests, listElections, updateElection } from '../../store/elections.ts';
import { armedElection } from '../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { formPost, signInAs } from '../../testing/staff.ts';

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let olive: Record<string, string>;
let theo: Record<string, string>;

beforeAll(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
  olive = await signInAs(app, runtime, 'admin');
  theo = await signInAs(app, runtime, 'technician');
});
afterAll(() => runtime.cleanup());

const get = (path: string, headers = olive) => app.request(path, { headers });
const text = async (path: string, headers = olive) => (await get(path, headers)).text();
const post = (path: string, fields: Record<string, string>, headers = olive) =>
  app.request(path, formPost(fields, headers));

const FIELDS = {
  title: 'Board 2026',
  organiser: 'The Reading Society',
  contact: 'vote@example.org',
  description: '',
  language: 'en',
  timeZone: 'Europe/Paris',
  opening: 'set',
  opensAt: '2026-03-03T08:00',
  closesAt: '2026-03-03T18:00',
  graceSeconds: '300',
  codeDigits: '6',
  publication: 'totals',
  electionKeyBits: '2048',
  credentialKeyBits: '2048',
};

async function createElection(fields: Partial<typeof FIELDS> = {}): Promise<string> {
  const answer = await post('/elections/new', { ...FIELDS, ...fields });
  expect(answer.status).toBe(303);
  const id = /^\/elections\/([0-9a-f-]{36})\/configure\?saved/.exec(
    answer.headers.get('location') ?? '',
  )?.[1];
  if (id === undefined) throw new Error(`no election behind ${answer.headers.get('location')}`);
  return id;
}

const contestsOf = (id: string) => listContests(runtime.store.read, id);

describe('creating an election', () => {
  it('keeps what was filled in', async () => {
    const id = await createElection();
    expect(await findElection(runtime.store.read, id)).toMatchObject({
      title: 'Board 2026',
      opens_at: Date.parse('2026-03-03T07:00:00Z'),
      closes_at: Date.parse('2026-03-03T17:00:00Z'),
      state: 'draft',
    });
    expect(await text(`/elections/${id}/configure?saved`)).toContain('value="2026-03-03T08:00"');
  });

  it.each([
    ['title', { title: ' ' }, 'Fill this in.'],
    ['title', { title: 'A\u202Eb' }, 'invisible control'],
    ['contact', { contact: 'nobody' }, 'office@example.org'],
    ['timeZone', { timeZone: 'Mars/Olympus' }, 'IANA'],
    ['opensAt', { opensAt: '2026-03-29T02:30' }, 'does not exist'],
    ['closesAt', { closesAt: '2026-03-03T08:00' }, 'must end after it opens'],
    ['closesAt', { opening: 'proven', closesAt: '2026-03-02T09:00' }, 'already past'],
    ['closesAt', { closesAt: '' }, 'Give a day and a time'],
    ['codeDigits', { codeDigits: '9' }, 'At most 8.'],
    ['graceSeconds', { graceSeconds: '1.5' }, 'whole number'],
    ['electionKeyBits', { electionKeyBits: '1024' }, 'At least 2048.'],
    ['publication', { publication: 'all' }, 'Choose one of'],
  ])('says what is wrong with %s and keeps the form', async (name, fields, sentence) => {
    const before = (await listElections(runtime.store.read)).length;
    const answer = await post('/elections/new', { ...FIELDS, ...fields });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain(sentence);
    expect(html).toContain(`href="#${name}"`);
    expect(html).toContain('value="The Reading Society"');
    expect(await listElections(runtime.store.read)).toHaveLength(before);
  });

  it('says which of two equal hours was taken, and keeps it when the form is saved again', async () => {
    const times = { opensAt: '2026-10-25T02:30', closesAt: '2026-10-25T02:45' };
    const answer = await post('/elections/new', { ...FIELDS, ...times });
    const location = answer.headers.get('location') ?? '';
    const html = await text(location);
    expect(html).toContain('the first one was taken');
    expect(html).toContain('the second one was taken');
    const path = location.replace(/\?.*/, '');
    expect((await post(path, { ...FIELDS, ...times })).status).toBe(303);
    const id = path.split('/')[2] ?? '';
    expect(await findElection(runtime.store.read, id)).toMatchObject({
      opens_at: Date.parse('2026-10-25T00:30:00Z'),
      closes_at: Date.parse('2026-10-25T01:45:00Z'),
    });
  });

  it('escapes what people type', async () => {
    const id = await createElection({ title: '<script>alert(1)</script>' });
    for (const path of ['/elections', `/elections/${id}`, `/elections/${id}/configure`]) {
      const html = await text(path);
      expect(html).toContain('&lt;script&gt;alert(1)');
      expect(html).not.toContain('<script>alert');
    }
  });
});

describe('contests', () => {
  it('are added, changed, moved and removed', async () => {
    const id = await createElection();
    const root = `/elections/${id}/contests`;
    await post(`${root}/new`, { title: 'Chair', method: 'plurality', order: 'declared', min: '7', max: '9' });
    await post(`${root}/new`, {
      title: 'Board',
      method: 'approval',
      min: '1',
      max: '3',
      blank: 'on',
      order: 'shuffled',
    });
    const [chair, board] = await contestsOf(id);
    expect(chair).toMatchObject({
      title: 'Chair',
      min_choices: 1,
      max_choices: 1,
      has_blank: 0,
      is_shuffled: 0,
    });
    expect(board).toMatchObject({
      title: 'Board',
      min_choices: 1,
      max_choices: 3,
      has_blank: 1,
      is_shuffled: 1,
    });
    await post(`${root}/${board?.id}/move`, { direction: 'up' });
    expect((await contestsOf(id)).map(({ title }) => title)).toEqual(['Board', 'Chair']);
    await post(`${root}/${chair?.id}`, { title: 'President', method: 'plurality', order: 'declared' });
    await post(`${root}/${board?.id}/remove`, {});
    expect((await contestsOf(id)).map(({ title, position }) => [title, position])).toEqual([
      ['President', 0],
    ]);
  });

  it('refuse limits that contradict each other', async () => {
    const id = await createElection();
    const fields = { title: 'Board', method: 'approval', min: '3', max: '2', order: 'declared' };
    const answer = await post(`/elections/${id}/contests/new`, fields);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('The minimum is above the maximum.');
    expect(await contestsOf(id)).toEqual([]);
  });

  it('of another election are not found', async () => {
    const [one, other] = [await createElection(), await createElection()];
    await post(`/elections/${one}/contests/new`, { title: 'Chair', method: 'plurality', order: 'declared' });
    const [contest] = await contestsOf(one);
    for (const act of ['', '/move', '/remove']) {
      const answer = await post(`/elections/${other}/contests/${contest?.id}${act}`, { title: 'Mine' });
      expect(answer.status).toBe(404);
    }
    expect(await contestsOf(one)).toMatchObject([{ title: 'Chair' }]);
  });
});

describe('the steps of an election', () => {
  const tasks = (html: string) =>
    [...html.matchAll(/<li class="task task-(\w+)">(.*?)<\/li>/gs)].map((match) => match[1]);

  it('follow it from draft to open', async () => {
    const id = await createElection();
    const path = `/elections/${id}`;
    expect(tasks(await text(path))).toEqual([
      'todo',
      'blocked',
      'todo',
      'blocked',
      'blocked',
      'blocked',
      'blocked',
      'blocked',
      'blocked',
      'blocked',
    ]);
    expect(await text(path)).toContain('Add at least one contest');
    await post(`${path}/contests/new`, { title: 'Chair', method: 'plurality', order: 'declared' });
    expect(tasks(await text(path)).slice(0, 2)).toEqual(['done', 'todo']);
    const open = await armedElection(runtime);
    expect(tasks(await text(`/elections/${open.id}`))).toEqual([
      'done',
      'done',
      'done',
      'done',
      'done',
      'todo',
      'todo',
      'blocked',
      'blocked',
      'blocked',
    ]);
  });

  it('say what blocks the key, in the language of the reader', async () => {
    const id = await createElection();
    await post(`/elections/${id}/contests/new`, { title: 'Chair', method: 'plurality', order: 'declared' });
    const html = await text(`/elections/${id}`, { ...olive, 'Accept-Language': 'fr' });
    expect(html).toContain('Ajoutez d’abord un candidat à la question «\u00a0Chair\u00a0»');
  });
});

it('technicians read the settings of an election, without its form', async () => {
  const id = await createElection();
  const html = await text(`/elections/${id}/configure`, theo);
  expect(html).toContain('Board 2026');
  expect(html).not.toContain('name="title"');
  expect(html).not.toContain('can no longer change');
});

describe('the dashboard', () => {
  it('shows turnout and times, and moves the closing time', async () => {
    const { id } = await armedElection(runtime);
    const path = `/elections/${id}`;
    expect(await text(`${path}/dashboard`)).toContain('0 of 3 voters');
    const extended = await post(`${path}/extend`, { closesAt: '2026-03-05T10:00', reason: 'Strike' });
    expect(extended.headers.get('location')).toBe(`${path}/dashboard?extended`);
    expect(await findElection(runtime.store.read, id)).toMatchObject({
      closes_at: Date.parse('2026-03-05T09:00:00Z'),
    });
    const unreasoned = await post(`${path}/close-early`, { closeReason: '' });
    expect(unreasoned.status).toBe(422);
    expect(await unreasoned.text()).toContain('href="#closeReason"');
    expect((await post(`${path}/close-early`, { closeReason: 'All have voted' })).status).toBe(303);
    expect(await text(`${path}/dashboard`)).not.toContain(`action="${path}/extend"`);
  });

  it('opens an armed election at its hour only', async () => {
    const opensAt = runtime.clock.now() + 60_000;
    const { id } = await armedElection(runtime, { state: 'armed', opensAt });
    const early = await post(`/elections/${id}/open`, {});
    expect(early.status).toBe(409);
    expect(await early.text()).toContain('data-code="TOO_EARLY"');
    runtime.clock.set(opensAt);
    expect((await post(`/elections/${id}/open`, {})).status).toBe(303);
    expect(await findElection(runtime.store.read, id)).toMatchObject({ state: 'open' });
  });

  it('offers technicians the figures and none of the acts', async () => {
    const { id } = await armedElection(runtime);
    const html = await text(`/elections/${id}/dashboard`, theo);
    expect(html).toContain('0 of 3 voters');
    expect(html).not.toContain('<form method="post" action="/elections/');
    for (const page of ['open', 'extend', 'close-early', 'configure', 'contests/new']) {
      expect((await post(`/elections/${id}/${page}`, {}, theo)).status).toBe(403);
    }
  });
});

it('every page answers for every state, in both languages', async () => {
  const { id } = await armedElection(runtime);
  for (const state of [
    'draft',
    'arming',
    'armed',
    'open',
    'closed',
    'tallied',
    'published',
    'archived',
  ] as const) {
    await runtime.store.inTransaction(async (trx) => accept(await updateElection(trx, id, { state })));
    for (const language of ['en', 'fr']) {
      for (const page of ['', '/configure', '/register-candidate', '/dashboard']) {
        const answer = await get(`/elections/${id}${page}`, { ...olive, 'Accept-Language': language });
        expect([state, page, answer.status]).toEqual([state, page, 200]);
        expect(await answer.text()).toContain(`<html lang="${language}"`);
      }
    }
  }
});

it('an election that does not exist is not found', async () => {
  for (const page of ['', '/configure', '/dashboard', '/register-candidate', '/contests/new']) {
    expect((await get(`/elections/00000000-0000-4000-8000-000000000000${page}`)).status).toBe(404);
  }
});

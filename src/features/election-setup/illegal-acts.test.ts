import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ELECTION_STATES, type ElectionState } from '../../domain/election.ts';
import { createApp } from '../../http/app.tsx';
import { accept } from '../../protocol/outcome.ts';
import { listContests, updateElection } from '../../store/elections.ts';
import { type BuiltElection, armedElection } from '../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { formPost, signInAs } from '../../testing/staff.ts';
import { closeElection } from './close-election.ts';

let runtime: OpenedRuntime;
let election: BuiltElection;
let app: ReturnType<typeof createApp>;
let olive: Record<string, string>;
let contest: string;
let candidate: string;

beforeAll(async () => {
  runtime = await openTestRuntime();
  election = await armedElection(runtime, { voters: 1 });
  app = createApp(runtime);
  olive = await signInAs(app, runtime, 'admin');
  const [first] = await listContests(runtime.store.read, election.id);
  contest = first?.id ?? '';
  candidate = first?.candidates[0]?.id ?? '';
});
afterAll(() => runtime.cleanup());

const put = (state: ElectionState) =>
  runtime.store.inTransaction(async (trx) => accept(await updateElection(trx, election.id, { state })));

/** Everything of the election that an act could change; no two reads differ unless something did. */
async function snapshot(): Promise<string> {
  const { read } = runtime.store;
  return JSON.stringify([
    await read.selectFrom('election').selectAll().execute(),
    await read.selectFrom('contest').selectAll().orderBy('id').execute(),
    await read.selectFrom('candidate').selectAll().orderBy('id').execute(),
    await read.selectFrom('public_event').select('content').execute(),
    await read.selectFrom('close_line').select('content').execute(),
    await read.selectFrom('audit_entry').select('seq').where('election_id', '=', election.id).execute(),
  ]);
}

const FIELDS = {
  title: 'Other',
  organiser: 'Other',
  contact: 'other@example.org',
  language: 'fr',
  timeZone: 'UTC',
  opening: 'proven',
  closesAt: '2099-01-01T10:00',
  graceSeconds: '0',
  codeDigits: '4',
  publication: 'openings',
  electionKeyBits: '2048',
  credentialKeyBits: '2048',
};
const CONTEST_FIELDS = { title: 'Other', method: 'plurality', order: 'declared' };
const UP_TO_OPEN = ['draft', 'arming', 'armed', 'open'] as const;

/** Each post with the states in which it is refused while people could vote, and the code that it is refused with. */
const POSTS: readonly (readonly [
  page: () => string,
  fields: Record<string, string>,
  code: string,
  states: readonly ElectionState[],
])[] = [
  ...(
    [
      [() => 'configure', FIELDS],
      [() => 'contests/new', CONTEST_FIELDS],
      [() => `contests/${contest}`, CONTEST_FIELDS],
      [() => `contests/${contest}/move`, { direction: 'down' }],
      [() => `contests/${contest}/remove`, {}],
      [() => `contests/${contest}/candidates/new`, { name: 'Mallory' }],
      [() => `candidates/${candidate}`, { name: 'Mallory' }],
      [() => `candidates/${candidate}/move`, { direction: 'down' }],
      [() => `candidates/${candidate}/remove`, {}],
    ] as const
  ).map(([page, fields]) => [page, fields, 'FROZEN', ELECTION_STATES.slice(2)] as const),
  [() => 'open', {}, 'NOT_ARMED', ['draft', 'arming']],
  [() => 'open', {}, 'CLOSED', ELECTION_STATES.slice(4)],
  [() => 'extend', { closesAt: '2099-01-01T10:00', reason: 'Because' }, 'NOT_ARMED', ['draft', 'arming']],
  [() => 'extend', { closesAt: '2099-01-01T10:00', reason: 'Because' }, 'CLOSED', ELECTION_STATES.slice(4)],
  [() => 'extend', { closesAt: '2020-01-01T10:00', reason: 'Because' }, 'NOT_LATER', ['armed', 'open']],
  [() => 'close-early', { closeReason: 'Because' }, 'NOT_OPEN', ['draft', 'arming', 'armed']],
  [() => 'close-early', { closeReason: 'Because' }, 'CLOSED', ELECTION_STATES.slice(4)],
];

describe('posts that the lifecycle forbids (S18)', () => {
  for (const [page, fields, code, states] of POSTS) {
    it.each(states)(
      `${page().replace(/\/\//g, '/:id/')} answers ${code} in %s and changes nothing`,
      async (state) => {
        await put(state);
        const before = await snapshot();
        const answer = await app.request(`/elections/${election.id}/${page()}`, formPost(fields, olive));
        expect(answer.status).toBe(409);
        expect(await answer.text()).toContain(`data-code="${code}"`);
        expect(await snapshot()).toBe(before);
      },
    );
  }

  it.each(UP_TO_OPEN)('does not close in %s before its time', async (state) => {
    await put(state);
    const before = await snapshot();
    const closed = await closeElection(runtime, { electionId: election.id, actor: 'cli' });
    expect(closed.ok ? 'closed' : closed.code).toBe(
      state === 'draft' || state === 'arming' ? 'NOT_ARMED' : 'NOT_CLOSED',
    );
    expect(await snapshot()).toBe(before);
  });

  it('shows no count of any kind before the close', async () => {
    await put('open');
    for (const page of ['', '/dashboard', '/configure', '/register-candidate']) {
      const answer = await app.request(`/elections/${election.id}${page}`, { headers: olive });
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toMatch(/\bballots? (counted|cast|so far)\b|\bvotes?: \d/i);
    }
  });
});

import { serve } from '@hono/node-server';
import fc from 'fast-check';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEAST_SHOWN } from '../../domain/participation.ts';
import { createApp } from '../../http/app.tsx';
import { accept } from '../../protocol/outcome.ts';
import { updateElection } from '../../store/elections.ts';
import { listTurnout } from '../../store/turnout-hours.ts';
import { draftElection } from '../../testing/draft-election.ts';
import { type BuiltElection, armedElection } from '../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { CAST, formPost, signInAs } from '../../testing/staff.ts';
import { voteOverHttp } from '../../testing/voter-client.ts';
import { noteTurnouts } from './turnout-clock.ts';

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let olive: Record<string, string>;
let theo: Record<string, string>;
let origin: string;
let stop: () => void;

beforeAll(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
  olive = await signInAs(app, runtime, 'admin');
  theo = await signInAs(app, runtime, 'technician');
  const { fetch: answer } = app;
  const address = await new Promise<AddressInfo>((resolve) => {
    const server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' }, resolve);
    stop = () => void server.close();
  });
  origin = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  stop();
  await runtime.cleanup();
});

const json = async (query = ''): Promise<Record<string, unknown>> =>
  (await (await app.request(`/live.json${query}`)).json()) as Record<string, unknown>;

async function vote(election: BuiltElection, index: number): Promise<void> {
  const voter = election.voters[index];
  const [contest] = election.terms.manifest.contests;
  const [candidate] = contest?.candidates ?? [];
  if (voter === undefined || candidate === undefined) throw new Error('nobody to vote, or for');
  await voteOverHttp((path, init) => app.request(path, init), election.terms, voter, [[candidate.id]]);
}

/** Listens until `enough` says so, or nothing more comes. */
async function listen(
  path: string,
  headers: Record<string, string>,
  enough: (heard: string) => boolean,
): Promise<string> {
  const abort = new AbortController();
  const answer = await fetch(origin + path, { headers, signal: abort.signal });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const decoder = new TextDecoder();
  let heard = '';
  try {
    for await (const chunk of answer.body ?? []) {
      heard += decoder.decode(chunk, { stream: true });
      if (enough(heard)) break;
    }
  } finally {
    abort.abort();
  }
  return heard;
}

describe('the dashboard’s events', () => {
  it('follow a vote within six seconds, and count no ballot', { timeout: 30_000 }, async () => {
    const election = await armedElection(runtime, { voters: 8 });
    const path = `/elections/${election.id}/dashboard/events?state=open`;
    const started = performance.now();
    let votedAt = 0;
    const heard = await listen(path, theo, (text) => {
      if (votedAt === 0 && text.includes('0 of 8 voters')) {
        votedAt = performance.now();
        void vote(election, 0);
      }
      return text.includes('1 of 8 voters');
    });
    expect(votedAt - started).toBeLessThan(2_000);
    expect(performance.now() - votedAt).toBeLessThan(6_500);
    const page = await (await app.request(`/elections/${election.id}/dashboard`, { headers: olive })).text();
    for (const said of [heard, page, JSON.stringify(await json(`?election=${election.id}`))]) {
      expect(said.replace(/Nothing about the ballots’ content/g, '')).not.toMatch(/ballots?\b/i);
    }
  });

  it('end when the election goes on, and for a state that has passed', async () => {
    const election = await armedElection(runtime, { voters: 5 });
    const stale = `/elections/${election.id}/dashboard/events?state=armed`;
    expect(await listen(stale, theo, () => false)).toBe('event: end\ndata: {}\n\n');
    expect(await listen('/elections/none/dashboard/events?state=open', theo, () => false)).toContain(
      'event: end',
    );
  });

  it('are for staff only', async () => {
    const { id } = await armedElection(runtime, { voters: 5 });
    const answer = await app.request(`/elections/${id}/dashboard/events?state=open`);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toContain('/sign-in');
  });

  it('are refused beyond two hundred streams, and do not hold up a vote', { timeout: 60_000 }, async () => {
    const election = await armedElection(runtime, { voters: 5 });
    const path = `/elections/${election.id}/dashboard/events?state=open`;
    const abort = new AbortController();
    const open = async (): Promise<Response> => fetch(origin + path, { headers: theo, signal: abort.signal });
    const streams = await Promise.all(Array.from({ length: 200 }, open));
    expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
    const refused = await open();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('2');
    const started = performance.now();
    await vote(election, 0);
    expect(performance.now() - started).toBeLessThan(2_000);
    abort.abort();
    await expect
      .poll(async () => (await fetch(origin + path, { headers: theo })).status, { timeout: 10_000 })
      .toBe(200);
  });
});

describe('the hall screen', () => {
  it('knows nothing of an election that is still prepared', async () => {
    const id = await draftElection(runtime);
    expect((await app.request(`/live?election=${id}`)).status).toBe(404);
    expect((await app.request(`/live.json?election=${id}`)).status).toBe(404);
  });

  it('tells of an armed election its title and hours only', async () => {
    const opensAt = runtime.clock.now() + 60_000;
    const { id } = await armedElection(runtime, { state: 'armed', opensAt, title: 'Council', voters: 7 });
    expect(Object.keys(await json(`?election=${id}`)).toSorted()).toEqual([
      'at',
      'closesAt',
      'election',
      'opensAt',
      'state',
      'title',
    ]);
    const page = await (await app.request(`/live?election=${id}`)).text();
    expect(page).toContain('Council');
    expect(page).not.toContain('hall-value');
  });

  it('shows the newest open election to everyone, also to displays of other origins', async () => {
    runtime.clock.step(1_000);
    const election = await armedElection(runtime, { title: 'Newest', voters: 6 });
    for (let index = 0; index < 3; index++) await vote(election, index);
    const answer = await app.request('/live.json', { headers: { Origin: 'https://display.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=5');
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await answer.json()).toMatchObject({
      election: election.id,
      title: 'Newest',
      state: 'open',
      registered: 6,
      voted: 3,
      turnout: 0.5,
      secondsLeft: 7_200,
    });
    const french = await app.request('/live', { headers: { 'Accept-Language': 'fr' } });
    expect(await french.text()).toMatch(/3 sur 6 ont voté/);
  });

  it('never shows fewer than five people of a roll on their own', { timeout: 120_000 }, async () => {
    const roll = fc.array(fc.record({ building: fc.nat(4), voted: fc.boolean() }), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(roll, async (people) => {
        const { id, voters } = await armedElection(runtime, { voters: people.length });
        await runtime.store.inTransaction(async (trx) => {
          for (const [index, { building, voted }] of people.entries()) {
            await trx
              .updateTable('voter')
              .set({ building: `House ${building}`, promotion: 'P1', ...(voted ? MARKED : {}) })
              .where('id', '=', voters[index]?.id ?? '')
              .execute();
          }
          return accept(true);
        });
        const shown = await json(`?election=${id}`);
        for (const name of ['buildings', 'promotions']) {
          const cells = shown[name] as { kind: string; registered: number; voted: number }[];
          const small = cells.filter(({ registered }) => registered < LEAST_SHOWN);
          expect(small.filter(({ kind }) => kind !== 'all')).toEqual([]);
          expect(cells.reduce((sum, { registered }) => sum + registered, 0)).toBe(people.length);
          expect(cells.reduce((sum, { voted }) => sum + voted, 0)).toBe(shown['voted']);
        }
      }),
      { numRuns: 6 },
    );
  });
});

const MARKED = { is_marked: 1, blinded_digest: new Uint8Array(32) } as const;

it('whoever is disabled hears nothing more within half a minute', { timeout: 60_000 }, async () => {
  const person = { name: 'Tess', email: 'tess@school.example', password: CAST.technician.password };
  const tess = await signInAs(app, runtime, 'technician', person);
  const { id } = await armedElection(runtime, { voters: 5 });
  const row = await runtime.store.read
    .selectFrom('staff')
    .select('id')
    .where('email', '=', person.email)
    .executeTakeFirstOrThrow();
  const change = formPost({ role: 'technician', disabled: 'yes' }, olive);
  let changed: Response | Promise<Response> | undefined;
  const heard = await listen(`/elections/${id}/dashboard/events?state=open`, tess, () => {
    changed ??= app.request(`/staff/${row.id}/change`, change);
    return false;
  });
  expect((await changed)?.status).toBe(303);
  expect(heard).toContain('event: figures');
});

it('the turnout clock notes totals by the hour, once where nothing changes', async () => {
  const election = await armedElection(runtime, { voters: 6, closesAt: runtime.clock.now() + 86_400_000 });
  const noted = new Map<string, string>();
  const totals = () => listTurnout(runtime.store.read, election.id);
  await noteTurnouts(runtime, noted);
  await vote(election, 0);
  await vote(election, 1);
  await noteTurnouts(runtime, noted);
  expect((await totals()).map(({ marked }) => marked)).toEqual([2]);
  runtime.clock.step(3_600_000);
  await noteTurnouts(runtime, noted);
  await vote(election, 2);
  await noteTurnouts(runtime, noted);
  expect((await totals()).map(({ marked }) => marked)).toEqual([2, 3]);
  await runtime.store.inTransaction(async (trx) =>
    accept(await updateElection(trx, election.id, { state: 'closed' })),
  );
  runtime.clock.step(3_600_000);
  await noteTurnouts(runtime, noted);
  expect(await totals()).toHaveLength(2);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { armedElection } from '../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../testing/runtime.ts';
import { voteOverHttp } from '../testing/voter-client.ts';
import { createApp } from './app.tsx';

const TOKEN = 'a-token-of-the-people-who-watch-machines';

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;

beforeAll(async () => {
  runtime = await openTestRuntime({ environment: { METRICS_TOKEN: TOKEN } });
  app = createApp(runtime);
});
afterAll(() => runtime.cleanup());

const asked = (authorization?: string) =>
  app.request('/metrics', authorization === undefined ? {} : { headers: { authorization } });

describe('/healthz and /readyz', () => {
  it('answer while the server works', async () => {
    expect((await app.request('/healthz')).status).toBe(200);
    expect(await (await app.request('/readyz')).text()).toBe('ready\n');
  });

  it('tell those who still hold a connection that the server is stopping', async () => {
    const stopping = createApp(runtime, [], { isStopping: true });
    const answer = await stopping.request('/readyz');
    expect([answer.status, await answer.text()]).toEqual([503, 'stopping\n']);
    expect((await stopping.request('/healthz')).status).toBe(200);
  });
});

describe('/metrics', () => {
  it('is at no address for whoever lacks the token', async () => {
    for (const given of [undefined, 'Bearer', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN]) {
      expect((await asked(given)).status).toBe(404);
    }
  });

  it('is at no address where no token is set', async () => {
    const other = await openTestRuntime();
    const answer = await createApp(other).request('/metrics', {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(answer.status).toBe(404);
    await other.cleanup();
  });

  it('gives figures in which no link, id or count of ballots stands', async () => {
    const election = await armedElection(runtime, { voters: 2 });
    for (const voter of election.voters) {
      await voteOverHttp((path, init) => app.request(path, init), election.terms, voter, [[]]);
    }
    await app.request(`/vote/${election.voters[0]?.link}`);
    await app.request(`/elections/${election.id}/manifest`);
    const answer = await asked(`Bearer ${TOKEN}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    expect(text).toContain('votix_request_seconds_count{route="voting",status="2xx"}');
    expect(text).toContain(
      'votix_request_seconds_count{route="GET /elections/:election/manifest",status="2xx"} 1',
    );
    expect(text).toMatch(/^votix_commit_works_sum [1-9]/m);
    expect(text).toContain('votix_elections{state="open"} 1');
    expect(text).toContain('votix_mails{state="queued"} 0');
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
    expect(text).not.toContain(election.id);
    for (const { link } of election.voters) expect(text).not.toContain(link);
    expect(text).not.toMatch(/ballot|cast/);
  });
});

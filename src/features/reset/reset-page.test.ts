import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { listElections } from '../../store/elections.ts';
import { armedElection } from '../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { formPost, signInAs } from '../../testing/staff.ts';

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let olive: Record<string, string>;
let path: string;

beforeAll(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
  olive = await signInAs(app, runtime, 'admin');
  const { id } = await armedElection(runtime, { title: 'Board <2026>' });
  path = `/elections/${id}/reset`;
});
afterAll(() => runtime.cleanup());

describe('deleting an election in the browser', () => {
  it('says what goes, in both languages', async () => {
    const page = await (await app.request(path, { headers: olive })).text();
    expect(page).toContain('Exactly: Board &lt;2026&gt;');
    expect(page).toMatch(/Voters on the roll<\/dt><dd>3/);
    const french = { ...olive, 'Accept-Language': 'fr' };
    expect(await (await app.request(path, { headers: french })).text()).toContain('Supprimer');
  });

  it('asks again where the title is another one, and keeps what was typed', async () => {
    const answer = await app.request(path, formPost({ title: 'Board' }, olive));
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('value="Board"');
    expect(page).toContain('is not the title of the election');
    expect(await listElections(runtime.store.read)).toHaveLength(1);
  });

  it('deletes it once the title is right; sent again it finds nothing', async () => {
    const right = formPost({ title: 'Board <2026>' }, olive);
    const answer = await app.request(path, right);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('The election is deleted');
    expect(await listElections(runtime.store.read)).toEqual([]);
    expect((await app.request(path, right)).status).toBe(404);
  });
});

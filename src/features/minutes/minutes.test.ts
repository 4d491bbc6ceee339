import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { accept } from '../../protocol/outcome.ts';
import { findElection, updateElection } from '../../store/elections.ts';
import { StagedElection } from '../../testing/e2e/staged-election.ts';
import { pdfPages } from '../../testing/pdf-text.ts';
import { type TestRuntime, temporaryRuntime } from '../../testing/runtime.ts';
import { formPost, signInAs } from '../../testing/staff.ts';
import { noteIncident } from '../election-setup/note-incident.ts';
import { drawUpMinutes } from './draw-up-minutes.ts';
import { minutesSections } from './minutes-sections.ts';

let test: TestRuntime;
let app: ReturnType<typeof createApp>;
let olive: Record<string, string>;
let theo: Record<string, string>;
let election: StagedElection;

beforeAll(async () => {
  test = await temporaryRuntime();
  app = createApp(test.runtime);
  olive = await signInAs(app, test.runtime, 'admin');
  theo = await signInAs(app, test.runtime, 'technician');
  election = await StagedElection.draft(test);
  await election.arm();
  await election.prove();
  await election.open();
}, 60_000);
afterAll(() => test.dispose());

const words = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, '’')
    .replace(/\s+/g, ' ');
const read = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
  words(await (await app.request(path, { headers })).text());
const minutesOf = async () => {
  const row = await findElection(test.runtime.store.read, election.id);
  const minutes = row && (await drawUpMinutes(test.runtime, row));
  if (minutes === undefined) throw new Error('there are no minutes');
  return minutes;
};

describe('the minutes', { timeout: 60_000 }, () => {
  const staff = (): string => `/elections/${election.id}/minutes`;
  const everyone = (): string => `/results/${election.id}/minutes`;

  it('take incidents while people vote, from admins only', async () => {
    const path = `/elections/${election.id}/incidents`;
    const power = { incident: 'Power cut of four minutes.' };
    expect((await app.request(path, formPost(power, theo))).status).toBe(403);
    const empty = await app.request(path, formPost({ incident: ' ' }, olive));
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain('href="#incident"');
    expect((await app.request(path, formPost(power, olive))).headers.get('location')).toContain('?noted');
    expect(await read(staff(), olive)).toContain('Power cut of four minutes.');
    expect(await read(`/elections/${election.id}/log`, olive)).toContain('Incident noted for the minutes');
  });

  it('say nothing of the urn before the close', async () => {
    for (let voter = 0; voter < 7; voter++) await election.vote(voter);
    expect(await read(staff(), olive)).not.toMatch(/Ballots in the urn|Participation/);
    expect((await app.request(`${staff()}.pdf`, { headers: olive })).status).toBe(409);
    expect((await app.request(everyone())).status).toBe(404);
  });

  it('are provisional until the count: turnout and reasons, and no result', async () => {
    const closesAt = new Date(test.clock.now() + 72 * 3_600_000).toISOString();
    const extension = { closesAt, reason: 'Buses on strike' };
    await app.request(`/elections/${election.id}/extend`, formPost(extension, olive));
    await election.close();
    const page = await read(staff(), olive);
    expect(page).toContain('Provisional');
    expect(page).toContain('Buses on strike');
    expect(page).toContain('Everyone has voted');
    expect(page).toMatch(/Ballots in the urn 7/);
    expect(page).not.toContain('Share of valid ballots');
    expect((await app.request(everyone())).status).toBe(404);
    expect(textOf(await pdfOf(`${staff()}.pdf`, olive))).toContain('Provisional');
  });

  it('carry the numbers of the record, on the page as in the PDF', async () => {
    await election.count();
    await election.publish();
    const minutes = await minutesOf();
    expect(minutes.close).toMatchObject({ voters: 12, issued: 7, count: 7 });
    expect(minutes.summary?.contests.length).toBeGreaterThan(1);
    const page = await read(everyone());
    const pdf = textOf(await pdfOf(`${everyone()}.pdf`));
    const sections = minutesSections('en', minutes, test.runtime.config.publicUrl);
    for (const { heading, facts, table } of sections) {
      const said = [
        heading,
        ...facts.flatMap(({ term, detail }) => [term, detail]),
        ...(table?.rows.flat() ?? []),
      ];
      for (const text of said) {
        expect(page).toContain(text.replace(/&/g, '&amp;'));
        expect(pdf.replace(/\s/g, '')).toContain(text.replace(/\s/g, ''));
      }
    }
    expect(page).toContain('Power cut of four minutes.');
    expect(page).toContain('President of the polling station');
    expect(await read(everyone(), { 'Accept-Language': 'fr' })).toContain('Président du bureau de vote');
  });

  it('say spoiled ballots by reason, and a tie without breaking it', async () => {
    const minutes = await minutesOf();
    const [contest] = minutes.summary?.contests ?? [];
    if (minutes.summary === undefined || contest === undefined) throw new Error('nothing was counted');
    const ranking = contest.ranking.slice(0, 2).map((one) => ({ ...one, votes: 3, rank: 1 }));
    const tied = {
      ...contest,
      ranking,
      outcome: { kind: 'tie', tied: ranking } as const,
      spoiled: [{ reason: 'OVERVOTE', count: 2 } as const],
    };
    const spoiled = [{ reason: 'BAD_VERSION', count: 1 } as const];
    const summary = { ...minutes.summary, contests: [tied], spoiled };
    const said = JSON.stringify(minutesSections('en', { ...minutes, summary }, 'https://vote.example.org'));
    expect(said).toContain(`Tie: ${ranking.map(({ name }) => name).join(' and ')} have 3 votes each.`);
    expect(said).toContain('the election’s rules do');
    expect(said).toContain('{"term":"Spoiled, with too many choices","detail":"2"}');
    expect(said).toContain('{"term":"Ballots spoiled, in an unknown form","detail":"1"}');
  });

  it('stay as they were published', async () => {
    const request = { electionId: election.id, actor: 'olive@school.example', text: 'Too late.' };
    expect(await noteIncident(test.runtime, request)).toMatchObject({ code: 'ALREADY_PUBLISHED' });
    const { store } = test.runtime;
    await store.inTransaction(async (trx) =>
      accept(await updateElection(trx, election.id, { state: 'archived' })),
    );
    expect(await read(everyone())).toContain('Power cut of four minutes.');
  });
});

const pdfOf = async (path: string, headers: Record<string, string> = {}): Promise<Buffer> => {
  const answer = await app.request(path, { headers });
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  return Buffer.from(await answer.arrayBuffer());
};
const textOf = (file: Buffer): string => pdfPages(file).join('\n');

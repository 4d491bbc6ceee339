import { join } from 'node:path';
import Database from 'better-sqlite3';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { accept } from '../../protocol/outcome.ts';
import { appendAudit } from '../../store/audit.ts';
import { draftElection } from '../../testing/draft-election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { signInAs } from '../../testing/staff.ts';

const FORMULA = '=HYPERLINK("https://evil.example";"x")';

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let olive: Record<string, string>;
let electionId: string;

beforeAll(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
  olive = await signInAs(app, runtime, 'admin');
  electionId = await draftElection(runtime);
  await runtime.store.inTransaction(async (trx) => {
    for (let i = 0; i < 1_200; i++) {
      const at = Date.parse('2026-03-05T10:00:00Z') + i * 1000;
      const fields = { names: `field ${i}` };
      await appendAudit(trx, { at, actor: 'cli', kind: 'election-edited', electionId, fields });
    }
    const at = Date.parse('2026-03-06T10:00:00Z');
    await appendAudit(trx, { at, actor: '@cmd', kind: 'settings-changed', fields: { names: FORMULA } });
    return accept(true);
  });
});
afterAll(() => runtime.cleanup());

const get = (path: string) => app.request(path, { headers: olive });
const rows = () => runtime.store.read.selectFrom('audit_entry').selectAll().orderBy('seq').execute();
const sentences = (html: string): string[] =>
  [...html.matchAll(/class="entry-title">([^<]*)</g)].map(([, text = '']) => text);

it('shows the acts of the whole server, narrowed by what is asked', async () => {
  const all = await (await get('/log')).text();
  expect(sentences(all)).toHaveLength(100);
  expect(all).toContain('The chain of all entries holds.');
  expect(sentences(await (await get('/log?kind=signed-in')).text())).toEqual(['Signed in']);
  expect(sentences(await (await get('/log?actor=%40cmd')).text())).toHaveLength(1);
  const created = await (await get(`/log?election=${electionId}&kind=election-created`)).text();
  expect(sentences(created)).toEqual(['Election created: Board']);
  // 11:10 in Paris
  const late = await (
    await get('/log?from=2026-03-05T11:10&until=2026-03-05T11:11&kind=election-edited')
  ).text();
  expect(sentences(late).at(-1)).toBe('Election edited: field 600');
  expect(sentences(late)).toHaveLength(60);
  expect(sentences(await (await get('/log?kind=no-such-act')).text())).toEqual([]);
});

it('tells a time that it cannot read, and keeps it', async () => {
  const answer = await get('/log?from=yesterday');
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('value="yesterday"');
});

it('leads on to older entries of the same choice', async () => {
  const html = await (await get('/log?kind=election-edited')).text();
  const next = /href="(\/log\?[^"]*before=[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(next).toContain('kind=election-edited');
  expect(sentences(await (await get(next)).text())[0]).toBe('Election edited: field 1099');
});

it('is exported whole as CSV, with no cell that a spreadsheet runs', async () => {
  const answer = await get('/log/export?format=csv');
  expect(answer.headers.get('content-disposition')).toContain('audit-log.csv');
  const text = await answer.text();
  const { data } = Papa.parse<Record<string, string>>(text.trimEnd(), { header: true });
  const kept = await rows();
  expect(data).toHaveLength(kept.length);
  for (const [i, row] of kept.entries()) {
    expect(data[i]).toMatchObject({
      seq: String(row.seq),
      at: new Date(row.at).toISOString(),
      election: row.election_id ?? '',
      kind: row.kind,
      digest: Buffer.from(row.digest).toString('hex'),
    });
  }
  expect(data.at(-1)).toMatchObject({ actor: "'@cmd" });
  expect(data.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
});

it('is exported as JSON lines, an election or a time alone', async () => {
  const text = await (await get(`/log/export?format=json&election=${electionId}`)).text();
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { fields: object; seq: number });
  const kept = (await rows()).filter((row) => row.election_id === electionId);
  expect(lines.map(({ seq }) => seq)).toEqual(kept.map(({ seq }) => seq));
  expect(lines.map(({ fields }) => fields)).toEqual(kept.map(({ fields }) => JSON.parse(fields) as object));

  const page = await (await get('/log?from=2026-03-06T00:00')).text();
  const link = /href="(\/log\/export\?[^"]*format=json)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(await (await get(link)).text()).toContain('HYPERLINK');
  expect((await (await get(link)).text()).trimEnd().split('\n')).toHaveLength(1);
  expect((await get('/log/export?format=pdf')).status).toBe(400);
});

it('says where the chain was changed, and shows what stands there', async () => {
  const database = new Database(join(runtime.folder, 'votix.sqlite'));
  database.exec('drop trigger audit_entry_no_update');
  const { seq } = (await rows()).at(-1) ?? { seq: 0 };
  database.prepare("update audit_entry set kind = 'made-up', fields = 'no json' where seq = ?").run(seq);
  database.close();
  const html = await (await get('/log')).text();
  expect(html).toContain(`The chain is broken at entry ${seq.toLocaleString('en')}`);
  expect(sentences(html)[0]).toBe('made-up');
});

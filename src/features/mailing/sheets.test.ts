import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { accept } from '../../protocol/outcome.ts';
import { findElection } from '../../store/elections.ts';
import { type BuiltElection, armedElection } from '../../testing/election.ts';
import { pdfPages } from '../../testing/pdf-text.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { formPost, signInAs } from '../../testing/staff.ts';
import { SHEETS_A_FILE, printSheets, sheetFiles } from './print-sheets.ts';

let runtime: OpenedRuntime;
beforeEach(async () => {
  runtime = await openTestRuntime({ environment: { PUBLIC_URL: 'https://vote.example.org' } });
});
afterEach(() => runtime.cleanup());

const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

async function signedIn(role: 'admin' | 'technician' = 'admin') {
  const app = createApp(runtime);
  const headers = await signInAs(app, runtime, role);
  return {
    get: (path: string) => app.request(path, { headers }),
    post: (path: string, fields: Record<string, string>) => app.request(path, formPost(fields, headers)),
  };
}

const setVoter = (
  voter: { readonly id: string } | undefined,
  change: { readonly last_name?: string; readonly building?: string; readonly is_marked?: 1 },
) =>
  runtime.store.inTransaction(async (trx) => {
    const marked = change.is_marked === 1 ? { blinded_digest: new Uint8Array(32) } : {};
    await trx
      .updateTable('voter')
      .set({ ...change, ...marked })
      .where('id', '=', voter?.id ?? '')
      .execute();
    return accept(undefined);
  });

const print = (election: BuiltElection, part: number, hasLink: boolean) =>
  printSheets(runtime, { electionId: election.id, actor: 'olive@school.example', part, hasLink });

describe('printed sheets', () => {
  test('one page for each voter with that voter’s code and nobody else’s, by building', async () => {
    const election = await armedElection(runtime, { voters: 4, state: 'open' });
    const [first, second] = election.voters;
    await setVoter(first, { building: 'West' });
    await setVoter(second, { building: 'North', is_marked: 1 });
    const printed = await print(election, 1, false);
    const pages = printed.ok ? pdfPages(printed.value.pdf) : [];
    expect(pages).toHaveLength(4);
    // no building first; who has voted gets a sheet like everybody
    expect(pages.map((page) => /^First(\d)/.exec(page)?.[1])).toEqual(['3', '4', '2', '1']);
    for (const { code, link } of election.voters) {
      expect(pages.filter((page) => page.includes(spaced(code)))).toHaveLength(1);
      expect(pages.join('')).not.toContain(link);
    }
    expect(pages[2]).toContain('North');
    expect(pages[0]).toContain('General assembly');
    expect(pages[0]).toContain('https://vote.example.org');
  });

  test('hold the link only where that is asked for, and say so on the record', async () => {
    const election = await armedElection(runtime, { voters: 3, state: 'armed' });
    const printed = await print(election, 1, true);
    const pages = printed.ok ? pdfPages(printed.value.pdf) : [];
    expect(pages).toHaveLength(3);
    for (const voter of election.voters) {
      const own = pages.filter((page) => page.includes(spaced(voter.code)));
      expect(own).toHaveLength(1);
      expect(own[0]?.replace(/\s/g, '')).toContain(`https://vote.example.org${election.path(voter)}`);
    }
    expect((await findElection(runtime.store.read, election.id))?.links_mailed).toBe(1);
    const entries = await runtime.store.read
      .selectFrom('audit_entry')
      .select(['actor', 'fields'])
      .where('kind', '=', 'sheets-exported')
      .execute();
    expect(entries).toEqual([{ actor: 'olive@school.example', fields: '{"count":3,"part":1}' }]);
  });

  test('show hostile names as they are written, a page each', async () => {
    const election = await armedElection(runtime, { voters: 2, state: 'armed', title: ') Tj (\u202e{code}' });
    await setVoter(election.voters[0], { last_name: '<script>) endstream\n' + 'W'.repeat(40) });
    const printed = await print(election, 1, true);
    const pages = printed.ok ? pdfPages(printed.value.pdf) : [];
    expect(pages).toHaveLength(2);
    expect(pages.join('\n')).toContain('<script>) endstream');
    expect(pages.join('\n')).toContain(') Tj ( {code}');
  });

  test('fill files of 500, and refuse a file that is not there', async () => {
    const election = await armedElection(runtime, { voters: SHEETS_A_FILE + 1, state: 'armed' });
    expect(await sheetFiles(runtime, election.id)).toMatchObject({ value: { voters: 501, files: 2 } });
    const printed = await print(election, 2, false);
    expect(printed.ok ? pdfPages(printed.value.pdf) : []).toHaveLength(1);
    expect(await print(election, 3, false)).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('are for admins with a fresh password, between key and close', async () => {
    const election = await armedElection(runtime, { voters: 2, state: 'armed' });
    const path = `/elections/${election.id}/sheets`;
    const theo = await signedIn('technician');
    expect((await theo.get(path)).status).toBe(403);
    expect((await theo.post(path, { part: '1' })).status).toBe(403);
    const olive = await signedIn();
    const page = await (await olive.get(path)).text();
    expect(page).toContain('File 1 of 1: voters 1 to 2');
    for (const { code } of election.voters) expect(page).not.toContain(code);
    const file = await olive.post(path, { part: '1', content: 'code' });
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="sheets-1.pdf"');
    expect(file.headers.get('cache-control')).toContain('no-store');
    expect(pdfPages(Buffer.from(await file.arrayBuffer()))).toHaveLength(2);
    runtime.clock.step(11 * 60_000);
    expect((await olive.post(path, { part: '1' })).status).not.toBe(200);
    await runtime.store.inTransaction(async (trx) => {
      await trx.updateTable('election').set({ state: 'closed' }).where('id', '=', election.id).execute();
      return accept(undefined);
    });
    expect(await print(election, 1, false)).toMatchObject({ code: 'CLOSED' });
  });
});

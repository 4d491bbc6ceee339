import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { deliverQueued } from '../../mail/deliver.ts';
import { accept } from '../../protocol/outcome.ts';
import { findElection } from '../../store/elections.ts';
import { armedElection } from '../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { formPost, signInAs } from '../../testing/staff.ts';
import { sendLinks } from './send-links.ts';

let runtime: OpenedRuntime;
beforeEach(async () => {
  runtime = await openTestRuntime({ environment: { PUBLIC_URL: 'http://localhost:3000' } });
});
afterEach(() => runtime.cleanup());

async function signedIn(role: 'admin' | 'technician' = 'admin') {
  const app = createApp(runtime);
  const headers = await signInAs(app, runtime, role);
  return {
    get: (path: string) => app.request(path, { headers }),
    text: async (path: string) => (await app.request(path, { headers })).text(),
    post: (path: string, fields: Record<string, string> = {}) => app.request(path, formPost(fields, headers)),
  };
}

const mark = (voterId: string) =>
  runtime.store.inTransaction(async (trx) => {
    await trx
      .updateTable('voter')
      .set({ is_marked: 1, blinded_digest: new Uint8Array(32) })
      .where('id', '=', voterId)
      .execute();
    return accept(undefined);
  });

describe('sending links', () => {
  test('counts first, sends on confirmation, shows how it goes', async () => {
    const election = await armedElection(runtime, { voters: 5, state: 'armed' });
    const path = `/elections/${election.id}/links`;
    await mark(election.voters[0]?.id ?? '');
    const olive = await signedIn();
    const before = await olive.get(path);
    expect(before.headers.get('refresh')).toBeNull();
    const page = await before.text();
    expect(page).toContain('The link will be sent to 4 voters.');
    expect(page).toContain('0 already have one or are about to; 1 have already voted.');
    expect(page).toContain('The key is fixed by the first link');

    const sent = await olive.post(path);
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toBe(`${path}?queued=4`);
    expect((await findElection(runtime.store.read, election.id))?.links_mailed).toBe(1);
    const waiting = await olive.get(`${path}?queued=4`);
    expect(waiting.headers.get('refresh')).toBe(`5; url=${path}`);
    expect(await waiting.text()).toContain('0 of 4 e-mails dealt with');
    expect((await olive.get(`${path}?still`)).headers.get('refresh')).toBeNull();

    await deliverQueued(runtime);
    const after = await olive.get(path);
    expect(after.headers.get('refresh')).toBeNull();
    expect(await after.text()).toContain('There is nobody to send a link to.');
  });

  test('every kind of e-mail says to how many it would go, or why not yet', async () => {
    const election = await armedElection(runtime, { voters: 3, state: 'armed' });
    const path = `/elections/${election.id}/links`;
    await mark(election.voters[0]?.id ?? '');
    const olive = await signedIn();
    const page = await olive.text(path);
    expect(page).toContain('Send 2 invitations');
    expect(page).toContain('Voting is not open yet.');
    expect(page).toContain('The results are not published yet: publish them first.');
    expect((await olive.post(`${path}/invitations`)).headers.get('location')).toBe(`${path}?queued=2`);
    expect(await olive.text(`${path}?queued=2&still`)).toContain('0 sent, 2 waiting, 0 refused.');
    expect((await olive.post(`${path}/reminders`)).status).toBe(409);
    expect((await olive.post(`${path}/results`)).status).toBe(409);
    const theo = await signedIn('technician');
    for (const kind of ['invitations', 'reminders', 'results', 'code-channel'])
      expect((await theo.post(`${path}/${kind}`)).status).toBe(403);
  });

  test('the way of the codes is chosen on the page, until the first link leaves', async () => {
    const election = await armedElection(runtime, { voters: 1, state: 'armed' });
    const path = `/elections/${election.id}/links`;
    const olive = await signedIn();
    const choose = (channel: string) => olive.post(`${path}/code-channel`, { channel });
    expect((await choose('carrier pigeon')).status).toBe(400);
    expect((await choose('separate')).headers.get('location')).toBe(`${path}?chosen`);
    expect(await olive.text(`${path}?chosen`)).toContain('Codes will travel this way.');
    expect((await olive.post(path)).status).toBe(303);
    const after = await olive.text(`${path}?still`);
    expect(after).toContain('In an e-mail of its own');
    expect(after).toContain('this can no longer change');
    expect((await choose('mail')).status).toBe(409);
  });

  test('a second click, and two clicks at once, queue nothing twice', async () => {
    const election = await armedElection(runtime, { voters: 30, state: 'armed' });
    const request = { electionId: election.id, actor: 'olive@school.example' };
    const both = await Promise.all([sendLinks(runtime, request), sendLinks(runtime, request)]);
    expect(both.map((sent) => (sent.ok ? sent.value.queued : -1)).sort((a, b) => a - b)).toEqual([0, 30]);
    expect(await sendLinks(runtime, request)).toMatchObject({ value: { queued: 0 } });
    const entries = await runtime.store.read
      .selectFrom('audit_entry')
      .select(['fields', 'actor'])
      .where('kind', '=', 'links-queued')
      .execute();
    expect(entries).toEqual([{ fields: '{"count":30}', actor: 'olive@school.example' }]);
  });

  test('a new version of a link is sent, the present one is not sent again', async () => {
    const election = await armedElection(runtime, { voters: 3, state: 'open' });
    const request = { electionId: election.id, actor: 'cli' };
    await sendLinks(runtime, request);
    await deliverQueued(runtime);
    await runtime.store.inTransaction(async (trx) => {
      await trx
        .updateTable('voter')
        .set({ link_version: 2 })
        .where('id', '=', election.voters[1]?.id ?? '')
        .execute();
      return accept(undefined);
    });
    expect(await sendLinks(runtime, request)).toMatchObject({ value: { queued: 1 } });
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 1 });
  });

  test('is refused after the close and for an election that is not there', async () => {
    const election = await armedElection(runtime, { voters: 1, state: 'open' });
    runtime.clock.step(2 * 3_600_000);
    expect(await sendLinks(runtime, { electionId: election.id, actor: 'cli' })).toMatchObject({
      code: 'CLOSED',
    });
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect(await sendLinks(runtime, { electionId: unknown, actor: 'cli' })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('the mailbox', () => {
  test('shows what was kept: the newest first, the voter’s link, the source of the HTML, the file', async () => {
    const hostile = '"><script>alert(1)</script>';
    const election = await armedElection(runtime, { voters: 2, state: 'armed', title: hostile });
    await sendLinks(runtime, { electionId: election.id, actor: 'cli' });
    await deliverQueued(runtime);
    runtime.clock.step(60_000);
    const olive = await signedIn();
    expect((await olive.post('/mailbox/test')).headers.get('location')).toBe('/mailbox?tested');
    await deliverQueued(runtime);

    const list = await olive.text('/mailbox?tested');
    expect(list).toContain('A test e-mail to olive@school.example is on its way.');
    expect(list).not.toContain('<script>alert');
    const names = [...list.matchAll(/href="\/mailbox\/([\w.-]+\.eml)"/g)].map(([, name]) => name ?? '');
    expect(names).toHaveLength(3);
    expect(await olive.text(`/mailbox/${names[0]}`)).toContain('Test e-mail from Test School');

    const page = await olive.text(`/mailbox/${names[1]}`);
    const voter = election.voters.find(({ link }) => page.includes(link));
    expect(page).toContain(
      `href="http://localhost:3000${election.path(voter ?? { id: '', email: '', link: '', code: '' })}"`,
    );
    expect(page).not.toContain('<script>alert');
    expect(page).not.toMatch(/<[^>]*\sstyle=/);

    const file = await olive.get(`/mailbox/${names[1]}/file`);
    expect(file.headers.get('content-type')).toBe('message/rfc822');
    expect(file.headers.get('content-disposition')).toContain('attachment');
    const mail = await PostalMime.parse(new Uint8Array(await file.arrayBuffer()));
    expect(mail.to?.[0]?.address).toBe(voter?.email);
    expect((await olive.get('/mailbox/..%2Fsecret.key')).status).toBe(404);
    expect((await olive.get('/mailbox/..%2Fsecret.key/file')).status).toBe(404);
  });

  test('an empty one says so, a technician is refused', async () => {
    const olive = await signedIn();
    expect(await olive.text('/mailbox')).toContain('No e-mail has been kept.');
    const theo = await signedIn('technician');
    for (const path of ['/mailbox', '/mailbox/x', '/mailbox/x/file'])
      expect((await theo.get(path)).status).toBe(403);
    expect((await theo.post('/mailbox/test')).status).toBe(403);
  });
});

import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { deliverQueued } from '../../mail/deliver.ts';
import { insertMails } from '../../store/mail.ts';
import { listAudit } from '../../store/audit-search.ts';
import { accept } from '../../protocol/outcome.ts';
import { type BuiltElection, armedElection } from '../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { type SmtpSink, openSmtpSink } from '../../testing/smtp-sink.ts';
import { CAST, formPost, signInAs } from '../../testing/staff.ts';

let sink: SmtpSink;
let runtime: OpenedRuntime;
let isHealed = false;
/** What the server says to whom, until it is healed. */
const refusals = new Map<string, { code: number; words: string }>();

beforeEach(async () => {
  isHealed = false;
  refusals.clear();
  sink = await openSmtpSink({ refuse: (to) => (isHealed ? undefined : refusals.get(to)) });
  runtime = await openTestRuntime({
    environment: {
      PUBLIC_URL: 'http://localhost:3000',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(sink.port),
      SMTP_TLS: 'none',
      MAIL_FROM: 'votix@example.org',
    },
  });
});
afterEach(async () => {
  await runtime.cleanup();
  await sink.close();
});

async function signedIn(role: 'admin' | 'technician' = 'admin') {
  const app = createApp(runtime);
  const headers = await signInAs(app, runtime, role);
  return {
    get: (path: string) => app.request(path, { headers }),
    text: async (path: string) => (await app.request(path, { headers })).text(),
    post: (path: string, fields: Record<string, string> = {}) => app.request(path, formPost(fields, headers)),
  };
}

/** Queues one e-mail of this kind to every voter. */
const queue = (election: BuiltElection, kind: 'link' | 'reminder') =>
  runtime.store.inTransaction(async (trx) => {
    const mails = election.voters.map((voter, i) => {
      const id = `00000000-0000-4000-8${kind === 'link' ? '0' : '1'}00-${String(i).padStart(12, '0')}`;
      const messageId = `<${id}@example.org>`;
      return { id, messageId, electionId: election.id, voterId: voter.id, kind, batch: '1', recipient: null };
    });
    return accept(await insertMails(trx, mails, runtime.clock.now()));
  });

const mark = (voterId: string) =>
  runtime.store.inTransaction(async (trx) => {
    await trx
      .updateTable('voter')
      .set({ is_marked: 1, blinded_digest: new Uint8Array(32) })
      .where('id', '=', voterId)
      .execute();
    return accept(undefined);
  });

const rowsOf = (page: string): string[] =>
  page.match(/<tr>.*?<\/tr>/gs)?.filter((row) => row.includes('@')) ?? [];

describe('the deliveries', () => {
  test('say what became of each e-mail, and what the server answered', async () => {
    const election = await armedElection(runtime, { voters: 4 });
    const [, second, third, fourth] = election.voters;
    refusals.set(second?.email ?? '', { code: 550, words: 'no such <person>' });
    refusals.set(third?.email ?? '', { code: 450, words: 'mailbox busy' });
    await mark(fourth?.id ?? '');
    await queue(election, 'link');
    await deliverQueued(runtime);
    const olive = await signedIn();
    const path = `/elections/${election.id}/mails`;
    const page = await olive.text(path);
    expect(page).toContain('no such &lt;person&gt;');
    const rows = rowsOf(page);
    expect(rows).toHaveLength(4);
    const rowOf = (email: string | undefined): string => rows.find((row) => row.includes(email ?? '?')) ?? '';
    expect(rowOf(second?.email)).toMatch(/Refused.*550.*Try again/s);
    expect(rowOf(third?.email)).toMatch(/Put off, again at 2 Mar 2026.*450.*mailbox busy.*Try again/s);
    expect(page).toContain('1 of them was put off');
    // sent to the first, not needed by the fourth who has voted: nothing in their rows tells them apart
    const bare = (row: string): string => row.replaceAll(/voter\d|Last\d|First\d/g, '');
    expect(bare(rowOf(fourth?.email))).toBe(bare(rowOf(election.voters[0]?.email)));
    expect(rowOf(fourth?.email)).toContain('Sent or not needed');
    expect((await olive.get(path)).headers.get('Refresh')).toContain(path);
    expect((await olive.get(`${path}?state=refused`)).headers.get('Refresh')).toBeNull();
  });

  test('list reminders of nobody: they would say who has not voted', async () => {
    const election = await armedElection(runtime, { voters: 3 });
    await queue(election, 'link');
    await deliverQueued(runtime);
    await mark(election.voters[0]?.id ?? '');
    await queue(election, 'reminder');
    refusals.set(election.voters[1]?.email ?? '', { code: 550, words: 'reminder refused' });
    await deliverQueued(runtime);
    const olive = await signedIn();
    const path = `/elections/${election.id}/mails`;
    const page = await olive.text(path);
    expect(page).toMatch(/Reminder.*?<td class="number">1<\/td>/s);
    expect(rowsOf(page)).toHaveLength(3);
    expect(page).not.toContain('reminder refused');
    for (const query of ['kind=reminder', 'state=refused', 'state=done&search=last1']) {
      expect((await olive.text(`${path}?${query}`)).includes('reminder refused')).toBe(false);
    }
  });

  test('find by name, address, kind and state, a page of 50 at a time', async () => {
    const election = await armedElection(runtime, { voters: 120 });
    refusals.set('voter77@example.org', { code: 550, words: 'gone' });
    await queue(election, 'link');
    await deliverQueued(runtime);
    const olive = await signedIn();
    const path = `/elections/${election.id}/mails`;
    expect(await olive.text(path)).toContain('E-mails 1 to 50 of 120');
    expect(await olive.text(`${path}?page=3`)).toContain('E-mails 101 to 120 of 120');
    expect(await olive.text(`${path}?page=9`)).toContain('E-mails 101 to 120 of 120');
    const emails = async (query: string): Promise<string[]> =>
      rowsOf(await olive.text(`${path}?${query}`)).map((row) => /voter\d+@/.exec(row)?.[0] ?? '');
    expect(await emails('search=LÁST77')).toEqual(['voter77@']);
    expect(await emails('search=voter77%40')).toEqual(['voter77@']);
    expect(await emails('search=first7+last77')).toEqual(['voter77@']);
    expect(await emails('state=refused&kind=link')).toEqual(['voter77@']);
    expect(await emails('kind=result')).toEqual([]);
    expect(await emails('search=%25')).toEqual([]);
    expect(await olive.text(`${path}?search=%22%3E%3Cscript%3E`)).not.toContain('"><script>');
  });

  test('in French too', async () => {
    const election = await armedElection(runtime, { voters: 2 });
    await queue(election, 'link');
    const olive = await signedIn();
    const app = createApp(runtime);
    const headers = await signInAs(app, runtime, 'admin');
    const page = await app.request(`/elections/${election.id}/mails`, {
      headers: { ...headers, 'Accept-Language': 'fr' },
    });
    expect(await page.text()).toContain('2 e-mails attendent');
    expect(await olive.text(`/elections/${election.id}/mails`)).toContain('2 e-mails are waiting');
  });
});

describe('the levers', () => {
  test('pause and resume; each is logged, a repeat is told', async () => {
    const election = await armedElection(runtime, { voters: 3 });
    await queue(election, 'link');
    const olive = await signedIn();
    const path = `/elections/${election.id}/mails`;
    const paused = await olive.post(`${path}/pause`);
    expect(paused.headers.get('Location')).toBe(`${path}?did=paused`);
    expect((await olive.post(`${path}/pause`)).status).toBe(409);
    expect(await olive.text(`${path}?did=paused`)).toContain(`Paused by ${CAST.admin.email}`);
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 0, waitingFor: 'pause' });
    expect((await olive.post(`${path}/resume`)).status).toBe(303);
    expect((await olive.post(`${path}/resume`)).status).toBe(409);
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 3 });
    const kinds = (await listAudit(runtime.store.read, { electionId: election.id }, 1_000, 100)).map(
      ({ kind }) => kind,
    );
    expect(kinds.filter((kind) => kind.startsWith('mail-'))).toEqual(['mail-resumed', 'mail-paused']);
    expect((await olive.post('/elections/00000000-0000-4000-8000-000000000000/mails/pause')).status).toBe(
      404,
    );
  });

  test('one e-mail, then all in trouble, are tried again with the Message-ID they had', async () => {
    const election = await armedElection(runtime, { voters: 4 });
    for (const { email } of election.voters.slice(0, 2)) refusals.set(email, { code: 550, words: 'gone' });
    refusals.set(election.voters[2]?.email ?? '', { code: 450, words: 'busy' });
    await queue(election, 'link');
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 1, refused: 2, delayed: 1 });
    const olive = await signedIn();
    const path = `/elections/${election.id}/mails`;
    isHealed = true;
    const one = await olive.post(`${path}/00000000-0000-4000-8000-000000000001/retry?state=refused`);
    expect(one.headers.get('Location')).toBe(`${path}?retried=1&state=refused`);
    expect(await olive.text(`${path}?retried=1`)).toContain('1 e-mail is tried again');
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 1 });
    expect((await olive.post(`${path}/retry`)).headers.get('Location')).toBe(`${path}?retried=2`);
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 2 });
    expect((await olive.post(`${path}/retry`)).status).toBe(409);
    const ends = sink.mails.map(({ raw }) => /^Message-ID: <.*(\d)@/im.exec(raw.toString())?.[1]);
    expect(new Set(ends)).toEqual(new Set(['0', '1', '2', '3']));
    expect(ends).toHaveLength(4);
  });

  test('belong to admins', async () => {
    const election = await armedElection(runtime, { voters: 1 });
    const theo = await signedIn('technician');
    expect((await theo.get(`/elections/${election.id}/mails`)).status).toBe(403);
    expect((await theo.post(`/elections/${election.id}/mails/pause`)).status).toBe(403);
  });
});

describe('the word of a test mail', () => {
  const wordIn = async (raw: Buffer): Promise<string> => {
    const { text = '', html = '' } = await PostalMime.parse(raw);
    const word = text.trim().split('\n').at(-1) ?? '';
    expect(html).toContain(`>${word}<`);
    return word;
  };

  test('proves that e-mail arrives, until the mail server is another one', async () => {
    const olive = await signedIn();
    expect(await olive.text('/mailbox')).not.toContain('E-mail proven');
    await olive.post('/mailbox/test');
    await deliverQueued(runtime);
    const word = await wordIn(sink.mails[0]?.raw ?? Buffer.alloc(0));
    expect(word).toMatch(/^[a-z]{3,8}$/);
    expect((await olive.post('/mailbox/test/word', { word: 'harbour' })).status).toBe(422);
    expect((await olive.post('/mailbox/test/word', { word: ` ${word.toUpperCase()} ` })).status).toBe(303);
    expect(await olive.text('/mailbox')).toContain(`it reached ${CAST.admin.email}`);
    const { smtp } = runtime.config;
    Object.assign(runtime.config, { smtp: { ...smtp, host: 'elsewhere.example' } });
    expect(await olive.text('/mailbox')).not.toContain('it reached');
    expect((await olive.post('/mailbox/test/word', { word })).status).toBe(422);
  });

  test('may be tried five times in 15 minutes', async () => {
    const olive = await signedIn();
    await olive.post('/mailbox/test');
    await deliverQueued(runtime);
    const word = await wordIn(sink.mails[0]?.raw ?? Buffer.alloc(0));
    for (let i = 0; i < 5; i++) {
      expect((await olive.post('/mailbox/test/word', { word: 'harbour' })).status).toBe(422);
    }
    expect((await olive.post('/mailbox/test/word', { word })).status).toBe(429);
    runtime.clock.step(15 * 60_000);
    expect((await olive.post('/mailbox/test/word', { word })).status).toBe(303);
  });

  test('of somebody else proves nothing', async () => {
    const olive = await signedIn();
    await runtime.store.inTransaction(async (trx) => {
      const id = '00000000-0000-4000-8000-000000000009';
      const mail = { id, messageId: `<${id}@example.org>`, electionId: null, voterId: null };
      const to = { kind: 'test' as const, batch: id, recipient: 'other@school.example' };
      return accept(await insertMails(trx, [{ ...mail, ...to }], runtime.clock.now()));
    });
    await deliverQueued(runtime);
    const word = await wordIn(sink.mails[0]?.raw ?? Buffer.alloc(0));
    expect((await olive.post('/mailbox/test/word', { word })).status).toBe(422);
  });
});

import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONFIRM_MS } from '../../../domain/registration.ts';
import { createApp } from '../../../http/app.tsx';
import { renderMail } from '../../../mail/render-mail.ts';
import { accept } from '../../../protocol/outcome.ts';
import { confirmationOf } from '../../../registration-secrets.ts';
import { updateElection } from '../../../store/elections.ts';
import { eventOfRow } from '../../../store/public-events.ts';
import { loadSettings, saveSettings } from '../../../store/settings.ts';
import type { Transaction } from '../../../store/store.ts';
import { armedElection } from '../../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../../testing/runtime.ts';
import { formPost, signInAs } from '../../../testing/staff.ts';

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let olive: Record<string, string>;

beforeAll(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
  olive = await signInAs(app, runtime, 'admin');
});
afterAll(() => runtime.cleanup());

const write = (work: (trx: Transaction) => Promise<void>) =>
  runtime.store.inTransaction(async (trx) => {
    await work(trx);
    return accept(true);
  });

async function allow(domains: string[]): Promise<void> {
  const settings = await loadSettings(runtime.store.read, runtime.environment);
  await write((trx) =>
    saveSettings(trx, { ...settings, domains, promotions: ['E1'] }, ['domains', 'promotions']),
  );
}

/** An armed election with two voters on its roll, self-registration open; `isOut`: its links have been mailed. */
async function openScene(isOut = true) {
  await allow(['school.example']);
  const election = await armedElection(runtime, { voters: 2 });
  await write((trx) =>
    updateElection(trx, election.id, { self_registration: 1, links_mailed: isOut ? 1 : 0 }),
  );
  return election;
}

const challengeIn = (html: string): Challenge => {
  const text = /data-challenge="([^"]+)"/.exec(html)?.[1]?.replaceAll('&quot;', '"') ?? '{}';
  return JSON.parse(text) as Challenge;
};

/** Opens the form at `path` and does the work it asks for. */
async function proofFor(path: string): Promise<string> {
  const challenge = challengeIn(await (await app.request(path)).text());
  return JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) });
}

const VERA = {
  last_name: 'Éluard',
  first_name: 'Vera',
  email: 'Vera@School.example',
  promotion: 'e1',
  building: '',
};
const send = async (path: string, fields: Record<string, string>, proof?: string) =>
  app.request(path, formPost({ ...fields, proof: proof ?? (await proofFor(path)) }));

const rollOf = (electionId: string) =>
  runtime.store.read.selectFrom('voter').selectAll().where('election_id', '=', electionId).execute();
const mailsOf = (electionId: string) =>
  runtime.store.read
    .selectFrom('mail')
    .selectAll()
    .where('election_id', '=', electionId)
    .orderBy('created_at')
    .orderBy('kind')
    .execute();

async function onlyMail(electionId: string) {
  const rows = await mailsOf(electionId);
  const [row] = rows;
  if (row === undefined || rows.length !== 1) throw new Error(`one mail, not ${rows.length}`);
  return row;
}

/** Follows the mail that a registration brought: the path of its link. */
async function confirmationPath(electionId: string): Promise<string> {
  const rendered = await renderMail(runtime, await onlyMail(electionId));
  if (!rendered.ok) throw new Error(rendered.code);
  const path = /\/register\/[0-9a-f-]{36}\/confirm\/[\w-]{43}/.exec(rendered.value.text)?.[0];
  if (path === undefined) throw new Error('no link in the mail');
  return path;
}

describe('registering', () => {
  it('leads over the mailbox to the roll, the public record and a voting link', async () => {
    const { id } = await openScene();
    const sent = await send(`/register/${id}`, VERA);
    expect(sent.status).toBe(200);
    expect(await sent.text()).toContain('Look into your mailbox');
    expect(await onlyMail(id)).toMatchObject({ kind: 'registration', recipient: 'vera@school.example' });
    const path = await confirmationPath(id);

    const page = await (await app.request(path)).text();
    expect(page).toContain('Éluard');
    expect(await rollOf(id)).toHaveLength(2);
    expect((await app.request(path, formPost({}))).headers.get('location')).toBe(path);
    expect(await (await app.request(path)).text()).toContain('You are on the roll');
    expect(await rollOf(id)).toContainEqual(
      expect.objectContaining({ email: 'vera@school.example', promotion: 'E1', is_marked: 0 }),
    );
    const events = await runtime.store.read
      .selectFrom('public_event')
      .select('content')
      .where('election_id', '=', id)
      .execute();
    expect(events.map(({ content }) => eventOfRow(content))).toMatchObject([
      { kind: 'rollChanged', data: { added: 1, removed: 0 } },
    ]);
    expect((await mailsOf(id)).map(({ kind }) => kind)).toEqual(['link', 'registration']);
    const audited = await runtime.store.read
      .selectFrom('audit_entry')
      .select(['actor', 'kind', 'fields'])
      .where('election_id', '=', id)
      .where('kind', '!=', 'opened')
      .execute();
    expect(audited).toEqual([{ actor: 'self-registration', kind: 'voter-added', fields: '{}' }]);
  });

  it('is confirmed once, however often and however many at once press the button', async () => {
    const { id } = await openScene(false);
    await send(`/register/${id}`, VERA);
    const path = await confirmationPath(id);
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => app.request(path, formPost({}))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect(await rollOf(id)).toHaveLength(3);
    expect((await mailsOf(id)).map(({ kind }) => kind)).toEqual(['registration']);
  });

  it('tells what is wrong at its field, and asks for other work', async () => {
    const { id } = await openScene();
    const path = `/register/${id}`;
    const proof = await proofFor(path);
    const wrong = await send(path, { ...VERA, email: 'vera@elsewhere.example', last_name: ' ' }, proof);
    expect(wrong.status).toBe(422);
    const html = await wrong.text();
    expect(html).toContain('href="#last_name"');
    expect(html).toContain('Only addresses of these domains are allowed: school.example.');
    expect(challengeIn(html).parameters.nonce).not.toBe(
      (JSON.parse(proof) as { challenge: Challenge }).challenge.parameters.nonce,
    );
    expect((await send(path, VERA, proof)).status).toBe(200);
  });

  it('needs work of its own, done for this election and not long ago', async () => {
    const { id } = await openScene();
    const { id: other } = await openScene();
    const path = `/register/${id}`;
    const refused = async (proof: string) => {
      const answer = await send(path, VERA, proof);
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('The check against robots is missing, too old or used.');
    };
    const proof = await proofFor(path);
    const { challenge, solution } = JSON.parse(proof) as {
      challenge: Challenge & { signature: string };
      solution: { counter: number };
    };
    for (const text of ['', '{}', 'null', '{"challenge":', 'x'.repeat(10_000)]) await refused(text);
    const forged = { ...challenge, parameters: { ...challenge.parameters, keyPrefix: '0' } };
    await refused(JSON.stringify({ challenge: forged, solution }));
    await refused(JSON.stringify({ challenge: { ...challenge, signature: 'f'.repeat(64) }, solution }));
    await refused(JSON.stringify({ challenge, solution: { ...solution, counter: solution.counter + 1 } }));
    await refused(await proofFor(`/register/${other}`));
    runtime.clock.step(10 * 60_000 + 1);
    await refused(proof);
    runtime.clock.step(-1);
    expect((await send(path, VERA, proof)).status).toBe(200);
    await refused(proof);
    expect(await mailsOf(id)).toHaveLength(1);
  });

  it('mails an address once in 15 minutes, and says nothing of it', async () => {
    const { id } = await openScene();
    const path = `/register/${id}`;
    const first = await (await send(path, VERA)).text();
    expect(await (await send(path, { ...VERA, first_name: 'Stan' })).text()).toBe(first);
    expect(await mailsOf(id)).toHaveLength(1);
    runtime.clock.step(15 * 60_000);
    await send(path, VERA);
    expect(await mailsOf(id)).toHaveLength(2);
  });

  it('writes no word of a stranger into a mail', async () => {
    const { id } = await openScene();
    const hostile = 'Buy now\r\nBcc: stan@evil.example';
    await send(`/register/${id}`, { ...VERA, last_name: hostile, first_name: '<b>http://evil.example</b>' });
    for (const row of await mailsOf(id)) {
      const rendered = await renderMail(runtime, row);
      if (!rendered.ok) throw new Error(rendered.code);
      expect(JSON.stringify(rendered.value)).not.toMatch(/evil|Buy now|Bcc/);
      expect(rendered.value.to).toEqual({ name: '', address: 'vera@school.example' });
    }
  });

  it('is closed where it was not opened, where no domain vouches, and after the end', async () => {
    const { id } = await openScene();
    const path = `/register/${id}`;
    const proof = await proofFor(path);
    await send(path, VERA, proof);
    const confirmation = await confirmationPath(id);
    const isClosed = async () => {
      expect(await (await app.request(path)).text()).toContain('Registration is not open');
      const answer = await app.request(confirmation, formPost({}));
      expect(answer.status).toBe(409);
      const [row] = await mailsOf(id);
      expect(row && (await renderMail(runtime, row))).toMatchObject({ ok: false, code: 'SKIPPED' });
    };
    await allow([]);
    await isClosed();
    await allow(['school.example']);
    await write((trx) => updateElection(trx, id, { self_registration: 0 }));
    await isClosed();
    await write((trx) => updateElection(trx, id, { self_registration: 1, state: 'closed' }));
    await isClosed();
    expect(await rollOf(id)).toHaveLength(2);
  });

  it('cannot be confirmed by a guess, for another election, or after two days', async () => {
    const { id } = await openScene();
    const { id: other } = await openScene();
    await send(`/register/${id}`, VERA);
    const path = await confirmationPath(id);
    const unknown = async (address: string) => {
      for (const init of [undefined, formPost({})]) {
        const answer = await app.request(address, init);
        expect(answer.status).toBe(404);
        expect(await answer.text()).toContain('data-code="UNKNOWN_CONFIRMATION"');
      }
    };
    await unknown(`/register/${id}/confirm/${'A'.repeat(43)}`);
    await unknown(`/register/${id}/confirm/short`);
    await unknown(`/register/${id}/confirm/${confirmationOf(runtime.secret, crypto.randomUUID())}`);
    await unknown(path.replace(id, other));
    runtime.clock.step(CONFIRM_MS + 1);
    await write((trx) => updateElection(trx, id, { closes_at: runtime.clock.now() + 3_600_000 }));
    await unknown(path);
    runtime.clock.step(-CONFIRM_MS - 1);
  });
});

describe('"am I on the roll?"', () => {
  it('answers the same to everybody, and tells the mailbox alone', async () => {
    const { id, voters } = await openScene();
    const path = `/roll/${id}`;
    const on = voters[0]?.email ?? '';
    const ask = async (email: string) => (await (await send(path, { email })).text()).replaceAll(email, '');
    const said = await ask(on);
    expect(said).toContain('a mail says so');
    expect(await ask('nobody@school.example')).toBe(said);
    expect(await ask('stan@elsewhere.example')).toBe(said);
    expect(await ask(on)).toBe(said);

    const mails = await mailsOf(id);
    expect(mails.map(({ kind }) => kind)).toEqual(['roll-answer', 'roll-answer', 'roll-answer']);
    const told = async (email: string) => {
      const row = mails.find(({ recipient }) => recipient === email);
      const rendered = row && (await renderMail(runtime, row));
      return rendered?.ok === true ? rendered.value.subject : rendered?.code;
    };
    expect(await told(on)).toBe('General assembly: you are on the roll');
    expect(await told('nobody@school.example')).toBe('General assembly: you are not on the roll');
    expect(await told('stan@elsewhere.example')).toBe('SKIPPED');
  });

  it('is asked with an address and work, of an election that exists, before the end', async () => {
    const { id } = await openScene();
    const path = `/roll/${id}`;
    const proof = await proofFor(path);
    const wrong = await send(path, { email: 'a@b' }, proof);
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('href="#email"');
    expect((await send(path, { email: 'vera@school.example' }, '')).status).toBe(422);
    expect((await app.request(`/roll/${crypto.randomUUID()}`)).status).toBe(404);
    await write((trx) => updateElection(trx, id, { state: 'closed' }));
    expect(await (await app.request(path)).text()).toContain('can no longer change');
    expect((await send(path, { email: 'vera@school.example' }, proof)).status).toBe(409);
  });
});

describe('the switch', () => {
  it('is turned by admins where a domain is allowed, and written into the audit log', async () => {
    const { id } = await armedElection(runtime, { voters: 1 });
    const path = `/elections/${id}/self-registration`;
    const turn = (open: string, headers = olive) => app.request(path, formPost({ open }, headers));
    const theo = await signInAs(app, runtime, 'technician');
    expect((await turn('yes', theo)).status).toBe(403);
    await allow([]);
    expect(await (await turn('yes')).text()).toContain('data-code="NO_DOMAIN_ALLOWED"');
    await allow(['school.example']);
    expect((await turn('yes')).status).toBe(303);
    const roll = await (await app.request(`/elections/${id}/register-voter`, { headers: olive })).text();
    expect(roll).toContain(`/register/${id}`);
    expect((await turn('no')).status).toBe(303);
    const audited = await runtime.store.read
      .selectFrom('audit_entry')
      .select(['actor', 'kind'])
      .where('election_id', '=', id)
      .where('kind', 'like', 'registration-%')
      .orderBy('seq')
      .execute();
    expect(audited.map(({ kind }) => kind)).toEqual(['registration-opened', 'registration-ended']);
    await write((trx) => updateElection(trx, id, { state: 'closed' }));
    expect(await (await turn('yes')).text()).toContain('data-code="CLOSED"');
  });
});

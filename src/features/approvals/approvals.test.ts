import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusedAct } from '../../cli/refused-act.ts';
import { APPROVED_ACTS, type ApprovedAct } from '../../domain/approvals.ts';
import type { ElectionState, StaffRole } from '../../domain/election.ts';
import { createApp } from '../../http/app.tsx';
import { accept } from '../../protocol/outcome.ts';
import { requireApproval } from '../../store/approvals.ts';
import { appendAudit } from '../../store/audit.ts';
import { updateElection } from '../../store/elections.ts';
import { armedElection } from '../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { CAST, cookieOf, formPost, signInAs } from '../../testing/staff.ts';
import { deliberate } from '../deliberation/index.ts';
import { createStaff } from '../staff/index.ts';

const MINUTE = 60_000;
const TESS = { name: 'Tess Joly', email: 'tess@school.example', password: CAST.admin.password };

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let election: string;
let olive: string;
let tess: string;
let theo: string;

beforeEach(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
  olive = (await signInAs(app, runtime, 'admin')).Cookie;
  tess = (await signInAs(app, runtime, 'admin', TESS)).Cookie;
  theo = (await signInAs(app, runtime, 'technician')).Cookie;
  election = (await armedElection(runtime, { voters: 2 })).id;
  await switchOption(true);
});
afterEach(() => runtime.cleanup());

const switchOption = (isOn: boolean) =>
  runtime.store.inTransaction(async (trx) => {
    const value = JSON.stringify(isOn);
    await trx
      .insertInto('setting')
      .values({ name: 'twoPersonApproval', value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
    return accept(null);
  });

const put = (state: ElectionState) =>
  runtime.store.inTransaction(async (trx) => accept(await updateElection(trx, election, { state })));

const post = (Cookie: string, path: string, fields: Readonly<Record<string, string>> = {}) =>
  app.request(`/elections/${election}/${path}`, formPost(fields, { Cookie }));

const codeOf = async (answer: Response): Promise<string> =>
  /data-code="([A-Z_]+)"/.exec(await answer.text())?.[1] ?? `status ${answer.status}`;

/** Asks as somebody; answers the request's id. */
async function ask(Cookie: string, act: ApprovedAct): Promise<string> {
  const asked = await post(Cookie, 'approvals', { act });
  expect(asked.headers.get('Location')).toBe(`/elections/${election}/approvals?asked`);
  const row = await runtime.store.read
    .selectFrom('approval')
    .select('id')
    .where('act', '=', act)
    .where('decided_at', 'is', null)
    .orderBy('asked_at', 'desc')
    .executeTakeFirstOrThrow();
  return row.id;
}

const decide = (Cookie: string, id: string, decision: 'grant' | 'refuse' = 'grant') =>
  post(Cookie, `approvals/${id}/decide`, { decision });

const isAllowed = async (act: ApprovedAct, actor: string = CAST.admin.email): Promise<boolean> => {
  const { ok } = await runtime.store.inTransaction((trx) =>
    requireApproval(trx, { electionId: election, act, actor, now: runtime.clock.now() }),
  );
  return ok;
};

/** How each act is tried in the browser, in which state, and by whom. */
const PAGES: Readonly<
  Record<ApprovedAct, { state: ElectionState; role: StaffRole; send: (Cookie: string) => Promise<Response> }>
> = {
  arm: { state: 'draft', role: 'admin', send: async (Cookie) => post(Cookie, 'arm') },
  deliberate: {
    state: 'closed',
    role: 'admin',
    send: async (Cookie) => {
      const body = new FormData();
      body.set('passphrase', 'nine words');
      body.set('keyFile', new File(['-----BEGIN NOTHING-----'], 'key.pem'));
      const headers = { Cookie, 'Sec-Fetch-Site': 'same-origin' };
      return app.request(`/elections/${election}/deliberate`, { method: 'POST', headers, body });
    },
  },
  'change-roll': {
    state: 'open',
    role: 'technician',
    send: async (Cookie) =>
      post(Cookie, 'voters/new', {
        last_name: 'Petit',
        first_name: 'Vera',
        email: 'vera@example.org',
        promotion: '',
        building: '',
      }),
  },
  extend: {
    state: 'open',
    role: 'admin',
    send: async (Cookie) =>
      post(Cookie, 'extend', { closesAt: '2026-03-02T20:00', reason: 'the door was locked' }),
  },
  reset: {
    state: 'open',
    role: 'admin',
    send: async (Cookie) => post(Cookie, 'reset', { title: 'General assembly', confirm: 'General assembly' }),
  },
};

describe.each(APPROVED_ACTS)('%s', (act) => {
  const { state, role, send } = PAGES[act];

  it('is refused alone, allowed once another admin approved, and no longer an hour later', async () => {
    await put(state);
    const asker = role === 'admin' ? olive : theo;
    const email = CAST[role].email;
    const refused = await send(asker);
    expect(refused.status).toBe(409);
    const page = await refused.text();
    expect(page).toContain('data-code="NEEDS_APPROVAL"');
    expect(page).toContain(`href="/elections/${election}/approvals?act=${act}"`);

    const id = await ask(asker, act);
    expect(await isAllowed(act, email)).toBe(false);
    expect((await decide(tess, id)).headers.get('Location')).toBe(`/elections/${election}/approvals?granted`);
    expect(await isAllowed(act, email)).toBe(true);
    runtime.clock.step(59 * MINUTE);
    expect(await isAllowed(act, email)).toBe(true);
    runtime.clock.step(2 * MINUTE);
    expect(await isAllowed(act, email)).toBe(false);
    await switchOption(false);
    expect(await isAllowed(act, email)).toBe(true);
  });

  it('is not let through by the approval of another act, person or election', async () => {
    await put(state);
    const asker = role === 'admin' ? olive : theo;
    await decide(tess, await ask(asker, act));
    const other = APPROVED_ACTS.filter((name) => name !== act && name !== 'change-roll');
    for (const name of other) expect(await isAllowed(name, CAST[role].email)).toBe(false);
    expect(await isAllowed(act, TESS.email)).toBe(false);
    expect(await isAllowed(act, 'cli')).toBe(false);
    const first = election;
    election = (await armedElection(runtime, { voters: 1 })).id;
    await put(state);
    expect(await isAllowed(act, CAST[role].email)).toBe(false);
    election = first;
  });
});

describe('an approved act', () => {
  it('is done: extending and changing the roll', async () => {
    await decide(tess, await ask(olive, 'extend'));
    expect((await PAGES.extend.send(olive)).status).toBe(303);
    await decide(tess, await ask(theo, 'change-roll'));
    expect((await PAGES['change-roll'].send(theo)).status).toBe(303);
    const kinds = await runtime.store.read
      .selectFrom('audit_entry')
      .select(['kind', 'actor'])
      .where('kind', 'like', 'approval-%')
      .orderBy('seq')
      .execute();
    expect(kinds).toEqual([
      { kind: 'approval-asked', actor: CAST.admin.email },
      { kind: 'approval-granted', actor: TESS.email },
      { kind: 'approval-asked', actor: CAST.technician.email },
      { kind: 'approval-granted', actor: TESS.email },
    ]);
  });

  it('holds for the roll only while people vote, and never stops those who register themselves', async () => {
    expect(await isAllowed('change-roll')).toBe(false);
    expect(await isAllowed('change-roll', 'self-registration')).toBe(true);
    await put('armed');
    expect(await isAllowed('change-roll')).toBe(false);
    await runtime.store.inTransaction(async (trx) =>
      accept(await updateElection(trx, election, { opens_at: runtime.clock.now() + MINUTE })),
    );
    expect(await isAllowed('change-roll')).toBe(true);
  });
});

describe('deciding', () => {
  it('takes another person: not the asker, not a technician, not a stale password', async () => {
    const id = await ask(olive, 'extend');
    expect(await codeOf(await decide(olive, id))).toBe('OWN_APPROVAL');
    expect(await codeOf(await decide(theo, id))).toBe('NOT_ALLOWED');
    runtime.clock.step(11 * MINUTE);
    expect(await codeOf(await decide(tess, id))).toBe('CONFIRM_PASSWORD');
    expect(await isAllowed('extend')).toBe(false);
  });

  it('is done once, within a day, for requests of this election', async () => {
    const id = await ask(olive, 'extend');
    expect((await decide(tess, id, 'refuse')).headers.get('Location')).toContain('?refused');
    expect(await codeOf(await decide(tess, id))).toBe('APPROVAL_DECIDED');
    expect(await isAllowed('extend')).toBe(false);
    const second = await ask(olive, 'extend');
    expect(second).not.toBe(id);
    const here = election;
    election = (await armedElection(runtime, { voters: 1 })).id;
    expect(await codeOf(await decide(tess, second))).toBe('NOT_FOUND');
    election = here;
    runtime.clock.step(24 * 60 * MINUTE);
    tess = cookieOf(await app.request('/sign-in', formPost(TESS)));
    expect(await codeOf(await decide(tess, second))).toBe('APPROVAL_DECIDED');
  });

  it('counts for nothing once the admin who approved is one no longer', async () => {
    await decide(tess, await ask(olive, 'extend'));
    await runtime.store.inTransaction(async (trx) => {
      await trx.updateTable('staff').set({ is_disabled: 1 }).where('email', '=', TESS.email).execute();
      return accept(null);
    });
    expect(await isAllowed('extend')).toBe(false);
  });

  it('is barred, on both sides, to accounts that an admin touched since the election was armed', async () => {
    await runtime.store.inTransaction(async (trx) => {
      const entry = { at: runtime.clock.now(), actor: CAST.admin.email, electionId: election } as const;
      await appendAudit(trx, { ...entry, kind: 'manifest-signed', fields: { digest: 'x' } });
      return accept(null);
    });
    const puppet = { ...TESS, email: 'puppet@school.example', role: 'admin' } as const;
    await createStaff(runtime, { ...puppet, actor: CAST.admin.email });
    const Cookie = cookieOf(await app.request('/sign-in', formPost(puppet)));
    expect(await codeOf(await decide(Cookie, await ask(olive, 'extend')))).toBe('ACCOUNT_TOO_NEW');
    expect(await codeOf(await decide(olive, await ask(Cookie, 'arm')))).toBe('ACCOUNT_TOO_NEW');
    // what the operator makes on the server's terminal is no admin's doing
    const clean = { ...TESS, email: 'clean@school.example', role: 'admin' } as const;
    await createStaff(runtime, { ...clean, actor: 'cli' });
    const third = cookieOf(await app.request('/sign-in', formPost(clean)));
    expect((await decide(third, await ask(olive, 'extend'))).status).toBe(303);
  });
});

describe('asking', () => {
  it('is for those who may do the act; twice asked is once asked', async () => {
    expect(await codeOf(await post(theo, 'approvals', { act: 'extend' }))).toBe('NOT_ALLOWED');
    expect(await codeOf(await post(olive, 'approvals', { act: 'publish' }))).toBe('MALFORMED');
    expect(await ask(olive, 'extend')).toBe(await ask(olive, 'extend'));
  });

  it('from the terminal waits in the browser', async () => {
    await put('closed');
    const key = { keyFile: new Uint8Array(1), passphrase: 'nine words' };
    const refusal = await deliberate(runtime, { electionId: election, actor: 'cli', key });
    if (refusal.ok) throw new Error('deliberated alone');
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await refusedAct(runtime, {}, refusal)).toBe(4);
    expect(said.mock.calls.join()).toContain('NEEDS_APPROVAL');
    said.mockRestore();
    const page = await app.request(`/elections/${election}/approvals`, { headers: { Cookie: olive } });
    expect(await page.text()).toContain('the server’s terminal');
    const { id } = await runtime.store.read.selectFrom('approval').select('id').executeTakeFirstOrThrow();
    expect((await decide(olive, id)).status).toBe(303);
    expect(await isAllowed('deliberate', 'cli')).toBe(true);
    expect(await isAllowed('deliberate')).toBe(false);
  });

  it('says in both languages where the option is off', async () => {
    await switchOption(false);
    for (const [language, words] of [
      ['en', 'switched off'],
      ['fr', 'n’est pas activée'],
    ] as const) {
      const headers = { Cookie: theo, 'Accept-Language': language };
      const page = await app.request(`/elections/${election}/approvals`, { headers });
      expect(await page.text()).toContain(words);
    }
  });
});

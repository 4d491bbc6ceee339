import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { utf8 } from '../../protocol/bytes.ts';
import { findStaffByEmail } from '../../store/staff.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { CAST, cookieOf, formPost, signInAs } from '../../testing/staff.ts';
import { changeStaff, renewSetupLink } from './change-staff.ts';
import { factorStanding } from './second-factor.ts';
import { counterOf } from './totp.ts';

const MINUTE = 60_000;
const { email, password } = CAST.admin;

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;

beforeEach(async () => {
  runtime = await openTestRuntime({ environment: { TRUSTED_PROXIES: '1' } });
  app = createApp(runtime);
});
afterEach(() => runtime.cleanup());

const post = (path: string, fields: Readonly<Record<string, string>>, Cookie = ''): Promise<Response> =>
  Promise.resolve(app.request(path, formPost(fields, { Cookie, 'X-Forwarded-For': '192.0.2.1' })));

const isSignedIn = async (Cookie: string): Promise<boolean> =>
  (await app.request('/password', { headers: { Cookie } })).status === 200;

const oliveId = async (): Promise<string> => (await findStaffByEmail(runtime.store.read, email))?.id ?? '';

/** An authenticator app on a phone whose clock is `late` milliseconds off. */
interface Phone {
  code(late?: number): string;
}

/** Switches the app on for Olive; answers her phone, the cookie and the recovery codes. */
async function withApp(): Promise<{ phone: Phone; Cookie: string; recovery: string[]; before: string }> {
  const { Cookie } = await signInAs(app, runtime, 'admin');
  expect((await post('/account/second-factor/start', {}, Cookie)).status).toBe(303);
  const standing = await factorStanding(runtime, { staffId: await oliveId(), email });
  if (standing.kind !== 'proposed') throw new Error(standing.kind);
  const shown = await (await app.request('/account/second-factor', { headers: { Cookie } })).text();
  expect(shown).toContain(standing.secret);
  const totp = new TOTP({ secret: Secret.fromBase32(standing.secret.replaceAll(' ', '')) });
  const phone = { code: (late = 0) => totp.generate({ timestamp: runtime.clock.now() + late }) };
  const answer = await post('/account/second-factor', { code: phone.code() }, Cookie);
  expect(answer.status).toBe(200);
  const page = await answer.text();
  const recovery = [...page.matchAll(/<li>((?:[A-Z2-7]{4} ?){4})<\/li>/g)].map((match) => match[1] ?? '');
  runtime.clock.step(MINUTE);
  return { phone, Cookie: cookieOf(answer), recovery, before: Cookie };
}

/** A right password; answers the secret of the second step, which the page carries. */
async function firstStep(): Promise<string> {
  const answer = await post('/sign-in', { email, password, next: '/elections' });
  expect(answer.status).toBe(200);
  expect(answer.headers.getSetCookie()).toEqual([]);
  return /name="step" value="([\w-]{43})"/.exec(await answer.text())?.[1] ?? '';
}

const codeOf = async (answer: Response): Promise<string | undefined> =>
  /data-code="([A-Z_]+)"/.exec(await answer.text())?.[1];

describe('a code of the app', () => {
  it('is that of RFC 6238 (appendix B, SHA-1, the last six of its eight digits)', () => {
    const secret = utf8('12345678901234567890');
    const vectors: readonly [number, string][] = [
      [59, '287082'],
      [1_111_111_109, '081804'],
      [1_111_111_111, '050471'],
      [1_234_567_890, '005924'],
      [2_000_000_000, '279037'],
      [20_000_000_000, '353130'],
    ];
    for (const [seconds, code] of vectors) {
      expect(counterOf(secret, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
      expect(counterOf(secret, code, seconds * 1000 + MINUTE)).toBeUndefined();
    }
  });

  it('is taken one step early or late, and no more', async () => {
    const { phone } = await withApp();
    for (const late of [-60_000, 60_000]) {
      const refused = await post('/sign-in/second-step', { step: await firstStep(), code: phone.code(late) });
      expect(await codeOf(refused)).toBe('WRONG_FACTOR');
    }
    const code = phone.code(-30_000);
    const taken = await post('/sign-in/second-step', {
      step: await firstStep(),
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    });
    expect(taken.status).toBe(303);
  });

  it('signs in once: not a second time, not beside the first, not in an older step', async () => {
    const { phone } = await withApp();
    const code = phone.code();
    const steps = await Promise.all([firstStep(), firstStep(), firstStep()]);
    const answers = await Promise.all(
      [...steps, ...steps].slice(0, 4).map((step) => post('/sign-in/second-step', { step, code })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(3);
    const older = await post('/sign-in/second-step', { step: await firstStep(), code: phone.code(-30_000) });
    expect(await codeOf(older)).toBe('WRONG_FACTOR');
    expect(
      (await post('/sign-in/second-step', { step: await firstStep(), code: phone.code(30_000) })).status,
    ).toBe(303);
  });

  it('switches nothing on where it is wrong, and is dead for signing in once it switched the app on', async () => {
    const { Cookie } = await signInAs(app, runtime, 'admin');
    await post('/account/second-factor/start', {}, Cookie);
    expect((await post('/account/second-factor', { code: '000000' }, Cookie)).status).toBe(401);
    expect((await post('/sign-in', { email, password })).status).toBe(303);
    const { phone } = await withApp();
    runtime.clock.step(-MINUTE);
    const used = await post('/sign-in/second-step', { step: await firstStep(), code: phone.code() });
    expect(await codeOf(used)).toBe('WRONG_FACTOR');
  });
});

describe('a proposed secret', () => {
  it('is good for a quarter of an hour, and replaced by the next', async () => {
    const { Cookie } = await signInAs(app, runtime, 'admin');
    const standing = async () => factorStanding(runtime, { staffId: await oliveId(), email });
    await post('/account/second-factor/start', {}, Cookie);
    const first = await standing();
    await post('/account/second-factor/start', {}, Cookie);
    const second = await standing();
    expect(second).toMatchObject({ kind: 'proposed' });
    expect(second).not.toEqual(first);
    if (second.kind !== 'proposed') throw new Error(second.kind);
    runtime.clock.step(15 * MINUTE);
    expect(await standing()).toEqual({ kind: 'off' });
    const totp = new TOTP({ secret: Secret.fromBase32(second.secret.replaceAll(' ', '')) });
    const code = totp.generate({ timestamp: runtime.clock.now() });
    const fresh = cookieOf(await post('/confirm', { password }, Cookie));
    expect(await codeOf(await post('/account/second-factor', { code }, fresh))).toBe('PROPOSAL_EXPIRED');
  });
});

describe('the second step', () => {
  it('gives no session without it, and ends those from before the app', async () => {
    const { before, Cookie, phone } = await withApp();
    expect(await isSignedIn(before)).toBe(false);
    expect(await isSignedIn(Cookie)).toBe(true);
    const step = await firstStep();
    for (const name of ['votix', '__Host-votix']) expect(await isSignedIn(`${name}=${step}`)).toBe(false);
    const answer = await post('/sign-in/second-step', { step, code: phone.code(), next: '/elections' });
    expect(answer.headers.get('Location')).toBe('/elections');
    expect(await isSignedIn(cookieOf(answer))).toBe(true);
  });

  it('makes a new session and ends the one of the request', async () => {
    const { Cookie, phone } = await withApp();
    const answer = await post(
      '/sign-in/second-step',
      { step: await firstStep(), code: phone.code() },
      Cookie,
    );
    expect(cookieOf(answer)).not.toBe(Cookie);
    expect(await isSignedIn(Cookie)).toBe(false);
    expect(await isSignedIn(cookieOf(answer))).toBe(true);
  });

  it('locks after five wrong codes, also in parallel; right passwords buy no more of them', async () => {
    const { phone } = await withApp();
    const step = await firstStep();
    const guesses = Array.from({ length: 12 }, (_, i) =>
      post('/sign-in/second-step', { step, code: String(100_000 + i) }),
    );
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
    const again = await post('/sign-in/second-step', { step: await firstStep(), code: phone.code() });
    expect(again.status).toBe(429);
    runtime.clock.step(16 * MINUTE);
    const later = await post('/sign-in/second-step', { step: await firstStep(), code: phone.code() });
    expect(later.status).toBe(303);
  });

  it('is over after five minutes, after use, and with what was never one', async () => {
    const { phone } = await withApp();
    const old = await firstStep();
    runtime.clock.step(5 * MINUTE);
    const used = await firstStep();
    await post('/sign-in/second-step', { step: used, code: phone.code() });
    runtime.clock.step(MINUTE);
    for (const step of [old, used, '', 'A'.repeat(43)]) {
      const answer = await post('/sign-in/second-step', { step, code: phone.code() });
      expect(await codeOf(answer)).toBe('STEP_EXPIRED');
    }
  });

  it('is over once the person was disabled, given another role, or signed out everywhere', async () => {
    const { phone, Cookie } = await withApp();
    await signInAs(app, runtime, 'admin', {
      name: 'Tess',
      email: 'tess@school.example',
      password: CAST.admin.password,
    });
    const staffId = await oliveId();
    const change = (role: 'admin' | 'technician', isDisabled: boolean) =>
      changeStaff(runtime, { staffId, role, isDisabled, actor: 'test' });
    const acts: readonly (() => Promise<unknown>)[] = [
      () => post('/password/sign-out-everywhere', {}, Cookie),
      () => change('technician', false),
      async () => {
        await change('admin', true);
        await change('admin', false);
      },
    ];
    for (const act of acts) {
      const step = await firstStep();
      await act();
      expect(await codeOf(await post('/sign-in/second-step', { step, code: phone.code() }))).toBe(
        'STEP_EXPIRED',
      );
    }
  });

  it('is asked for after a set-up link too: a new password does not replace the factor', async () => {
    const { phone } = await withApp();
    const made = await renewSetupLink(runtime, { staffId: await oliveId(), actor: 'test' });
    if (!made.ok) throw new Error(made.code);
    const { pathname } = new URL(made.value.setupLink);
    const answer = await post(pathname, { password: 'another set of good words' });
    expect(answer.headers.getSetCookie()).toEqual([]);
    const step = /name="step" value="([\w-]{43})"/.exec(await answer.text())?.[1] ?? '';
    expect((await post('/sign-in/second-step', { step, code: phone.code() })).status).toBe(303);
  });
});

describe('recovery codes', () => {
  it('are ten, each good for one sign-in, typed in any case', async () => {
    const { recovery } = await withApp();
    expect(new Set(recovery).size).toBe(10);
    const code = recovery[3]?.toLowerCase().replaceAll(' ', '-') ?? '';
    expect((await post('/sign-in/second-step', { step: await firstStep(), code })).status).toBe(303);
    const again = await post('/sign-in/second-step', { step: await firstStep(), code });
    expect(await codeOf(again)).toBe('WRONG_FACTOR');
    expect(await factorStanding(runtime, { staffId: await oliveId(), email })).toMatchObject({
      recoveryCodes: 9,
    });
  });

  it('are kept as keyed digests, the secret sealed', async () => {
    const { recovery } = await withApp();
    const rows = await runtime.store.read.selectFrom('recovery_code').selectAll().execute();
    const kept = JSON.stringify(rows.map((row) => Buffer.from(row.code_digest).toString('latin1')));
    for (const code of recovery) expect(kept).not.toContain(code.replaceAll(' ', ''));
    const log = await runtime.store.read.selectFrom('audit_entry').select('fields').execute();
    expect(JSON.stringify(log)).not.toMatch(/[A-Z2-7]{16}/);
  });
});

describe('removing the app', () => {
  it('takes a code, not only the session; then the password is enough again', async () => {
    const { phone, Cookie } = await withApp();
    const remove = (code: string) => post('/account/second-factor/remove', { code }, Cookie);
    expect((await remove('123456')).status).toBe(401);
    expect((await post('/account/second-factor/start', {}, Cookie)).status).toBe(409);
    expect((await remove(phone.code())).headers.get('Location')).toBe('/account/second-factor?removed');
    expect((await post('/sign-in', { email, password })).status).toBe(303);
  });

  it('by an admin ends the sessions and is written down; the admin never sees the secret', async () => {
    const { Cookie } = await withApp();
    const person = { name: 'Tess', email: 'tess@school.example', password: CAST.admin.password };
    const tess = await signInAs(app, runtime, 'admin', person);
    const list = await (await app.request('/staff', { headers: { Cookie: tess.Cookie } })).text();
    expect(list).toContain('second factor on');
    const id = await oliveId();
    const own = await post(`/staff/${id}/remove-factor`, {}, Cookie);
    expect(await codeOf(own)).toBe('OWN_FACTOR');
    expect((await post(`/staff/${id}/remove-factor`, {}, tess.Cookie)).status).toBe(303);
    expect(await isSignedIn(Cookie)).toBe(false);
    expect((await post('/sign-in', { email, password })).status).toBe(303);
    expect((await post(`/staff/${id}/remove-factor`, {}, tess.Cookie)).status).toBe(404);
    const kinds = await runtime.store.read
      .selectFrom('audit_entry')
      .select(['kind', 'actor'])
      .where('kind', '=', 'factor-removed')
      .execute();
    expect(kinds).toEqual([{ kind: 'factor-removed', actor: person.email }]);
  });
});

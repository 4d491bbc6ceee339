import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { openTestRuntime, type OpenedRuntime } from '../../testing/runtime.ts';
import { CAST, cookieOf, formPost, signInAs } from '../../testing/staff.ts';
import { createStaff } from './create-staff.ts';
import { offerSetUp } from './set-up.ts';

const DAY = 86_400_000;

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;

beforeEach(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
});
afterEach(() => runtime.cleanup());

const pathOf = (link: string | undefined): string => new URL(link ?? 'none:').pathname;
const post = (path: string, fields: Readonly<Record<string, string>>): Promise<Response> =>
  Promise.resolve(app.request(path, formPost(fields)));
const { name, email, password } = CAST.admin;

describe('the first admin', () => {
  it('is made by the link printed at start, once', async () => {
    const path = pathOf(await offerSetUp(runtime));
    expect(path).toMatch(/^\/setup\/[\w-]{43}$/);
    expect((await app.request(path)).status).toBe(200);
    const made = await post(path, { name, email, password });
    expect(made.headers.get('Location')).toBe('/');
    const home = await app.request('/elections', { headers: { Cookie: cookieOf(made) } });
    expect(home.status).toBe(200);
    expect((await app.request(path)).status).toBe(404);
    expect((await post(path, { name, email: 'stan@school.example', password })).status).toBe(404);
    expect(await offerSetUp(runtime)).toBeUndefined();
  });

  it('is one, though two people use the link at once', async () => {
    const path = pathOf(await offerSetUp(runtime));
    const both = await Promise.all(
      ['olive', 'stan'].map((who) => post(path, { name: who, email: `${who}@school.example`, password })),
    );
    expect(both.map(({ status }) => status)).toEqual(expect.arrayContaining([303, 404]));
    expect(await runtime.store.read.selectFrom('staff').selectAll().execute()).toHaveLength(1);
  });

  it('has a new link at every start; the one before is dead, and none is stored', async () => {
    const first = pathOf(await offerSetUp(runtime));
    const second = pathOf(await offerSetUp(runtime));
    expect((await app.request(first)).status).toBe(404);
    expect((await app.request(second)).status).toBe(200);
    const rows = await runtime.store.read.selectFrom('setup_link').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(Buffer.from(rows[0]?.secret_digest ?? []).toString('base64url')).not.toBe(
      second.split('/').at(-1),
    );
  });

  it.each([
    [{ name: '', email, password }, 'BAD_NAME'],
    [{ name: 'A\u202Eb', email, password }, 'BAD_NAME'],
    [{ name, email: 'olive', password }, 'BAD_ADDRESS'],
    [{ name, email: 'olive@school.example\r\nBcc: all@school.example', password }, 'BAD_ADDRESS'],
    [{ name, email, password: 'short' }, 'WEAK_PASSWORD'],
    [{ name, email, password: email }, 'WEAK_PASSWORD'],
  ])('is not made of %j', async (fields, code) => {
    const path = pathOf(await offerSetUp(runtime));
    const response = await post(path, fields);
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(html).toContain(`data-code="${code}"`);
    expect(html).not.toContain('value="short"');
    expect((await app.request(path)).status).toBe(200);
  });

  it.each(['/setup/x', `/setup/${'A'.repeat(43)}`, `/setup/${'A'.repeat(44)}`, '/setup/%00'])(
    'is not offered at %s',
    async (path) => {
      await offerSetUp(runtime);
      const response = await app.request(path);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain('data-code="NOT_FOUND"');
    },
  );
});

describe('a colleague', () => {
  it('chooses a password by a link of one use and three days, and stays what the admin made them', async () => {
    const olive = await signInAs(app, runtime, 'admin');
    const page = await app.request(
      '/staff',
      formPost({ name: 'Theo', email: 'theo@school.example', role: 'technician' }, olive),
    );
    const path = pathOf(/https?:[^<]+\/setup\/[\w-]{43}/.exec(await page.text())?.[0]);
    runtime.clock.step(3 * DAY - 1);
    const fields = { email: 'other@school.example', name: 'Other', password: CAST.technician.password };
    const chosen = await post(path, fields);
    expect(chosen.status).toBe(303);
    const theo = await runtime.store.read
      .selectFrom('staff')
      .selectAll()
      .where('name', '=', 'Theo')
      .executeTakeFirst();
    expect(theo).toMatchObject({ email: 'theo@school.example', role: 'technician' });
    expect((await app.request(path)).status).toBe(404);
  });

  it('finds the link dead after three days, and after a newer one', async () => {
    await signInAs(app, runtime, 'admin');
    const made = await createStaff(runtime, {
      ...CAST.technician,
      password: undefined,
      role: 'technician',
      actor: 'x',
    });
    if (!made.ok) throw new Error(made.code);
    const first = pathOf(made.value.setupLink);
    const olive = await signInAs(app, runtime, 'admin');
    const page = await app.request(`/staff/${made.value.staffId}/link`, formPost({}, olive));
    const second = pathOf(/https?:[^<]+\/setup\/[\w-]{43}/.exec(await page.text())?.[0]);
    expect((await app.request(first)).status).toBe(404);
    expect((await app.request(second)).status).toBe(200);
    runtime.clock.step(3 * DAY);
    expect((await app.request(second)).status).toBe(404);
  });

  it('has an address of their own', async () => {
    const olive = await signInAs(app, runtime, 'admin');
    const again = await app.request(
      '/staff',
      formPost({ name: 'O', email: email.toUpperCase(), role: 'admin' }, olive),
    );
    expect(again.status).toBe(409);
    expect(await again.text()).toContain('data-code="ADDRESS_TAKEN"');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { findStaffByEmail } from '../../store/staff.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { CAST, formPost, signInAs } from '../../testing/staff.ts';

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;

beforeEach(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
});
afterEach(() => runtime.cleanup());

const post = (path: string, fields: Readonly<Record<string, string>>, Cookie = ''): Promise<Response> =>
  Promise.resolve(app.request(path, formPost(fields, { Cookie })));

const isSignedIn = async (Cookie: string): Promise<boolean> =>
  (await app.request('/password', { headers: { Cookie } })).status === 200;

const idOf = async (email: string): Promise<string> =>
  (await findStaffByEmail(runtime.store.read, email))?.id ?? '';

describe('signing out everywhere', () => {
  const kind = 'sessions-ended';
  const count = async () =>
    (await runtime.store.read.selectFrom('audit_entry').selectAll().where('kind', '=', kind).execute())
      .length;

  it('ends every session of one’s own, this one too', async () => {
    const sessions = [];
    for (let i = 0; i < 3; i++) sessions.push((await signInAs(app, runtime, 'admin')).Cookie);
    const answer = await post('/password/sign-out-everywhere', {}, sessions[1]);
    expect(answer.headers.get('Location')).toBe('/sign-in');
    expect(answer.headers.getSetCookie().join()).toContain('Max-Age=0');
    for (const Cookie of sessions) {
      const led = await app.request('/password', { headers: { Cookie } });
      expect(led.status).toBe(303);
      expect(led.headers.get('Location')).toBe('/sign-in?next=%2Fpassword');
    }
    expect(await count()).toBe(1);
  });

  it('is what an admin can do for somebody else, and nobody else can', async () => {
    const olive = await signInAs(app, runtime, 'admin');
    const theo = await signInAs(app, runtime, 'technician');
    const other = await signInAs(app, runtime, 'technician');
    const id = await idOf(CAST.technician.email);
    expect((await post(`/staff/${await idOf(CAST.admin.email)}/sign-out`, {}, theo.Cookie)).status).toBe(403);
    expect((await post(`/staff/${id}/sign-out`, {}, olive.Cookie)).status).toBe(303);
    for (const { Cookie } of [theo, other]) expect(await isSignedIn(Cookie)).toBe(false);
    expect(await isSignedIn(olive.Cookie)).toBe(true);
    expect(await count()).toBe(1);
  });
});

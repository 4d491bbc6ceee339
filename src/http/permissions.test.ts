import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAST, signInAs } from '../testing/staff.ts';
import { type OpenedRuntime, openTestRuntime } from '../testing/runtime.ts';
import type { Route } from '../views/route.ts';
import { allRoutes, createApp } from './app.tsx';
import { PERMISSIONS } from './permissions.ts';

const ELEVEN_MINUTES = 11 * 60_000;

let runtime: OpenedRuntime;
let routes: readonly Route[];
/** The real routes behind the real guards; only what they would do is replaced by saying that they were reached. */
let app: ReturnType<typeof createApp>;

type Caller = 'nobody' | 'technician' | 'admin' | 'former admin' | 'demoted admin';
const cookies: Record<Caller, string> = {
  nobody: '',
  technician: '',
  admin: '',
  'former admin': '',
  'demoted admin': '',
};

beforeAll(async () => {
  runtime = await openTestRuntime();
  routes = allRoutes(runtime);
  app = createApp(
    runtime,
    routes.map((route) => ({ ...route, handle: (c) => c.text(`reached ${route.path}`) })),
  );
  const real = createApp(runtime);
  cookies.technician = (await signInAs(real, runtime, 'technician')).Cookie;
  cookies.admin = (await signInAs(real, runtime, 'admin')).Cookie;
  // the session rows stay: what is asked is whether the person behind them is still asked for
  const spare = { name: 'Spare', password: CAST.admin.password } as const;
  cookies['former admin'] = (
    await signInAs(real, runtime, 'admin', { ...spare, email: 'gone@school.example' })
  ).Cookie;
  cookies['demoted admin'] = (
    await signInAs(real, runtime, 'admin', { ...spare, email: 'less@school.example' })
  ).Cookie;
  await runtime.store.inTransaction(async (trx) => {
    await trx
      .updateTable('staff')
      .set({ is_disabled: 1 })
      .where('email', '=', 'gone@school.example')
      .execute();
    await trx
      .updateTable('staff')
      .set({ role: 'technician' })
      .where('email', '=', 'less@school.example')
      .execute();
    return { ok: true, value: null };
  });
});
afterAll(() => runtime.cleanup());

const addressOf = (route: Route): string =>
  route.path.replace(/:\w+/g, '00000000-0000-4000-8000-000000000000');

async function call(caller: Caller, route: Route, method: string = route.method): Promise<string> {
  const isJson = route.surface === 'api';
  const response = await app.request(addressOf(route), {
    method,
    headers: {
      Cookie: cookies[caller],
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
    },
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: isJson ? '{}' : 'a=b' }),
  });
  const body = await response.text();
  if (body === `reached ${route.path}`) return 'reached';
  const location = response.headers.get('Location');
  return location?.split('?')[0] ?? /data-code="([A-Z_]+)"/.exec(body)?.[1] ?? `status ${response.status}`;
}

/** What the table says of a caller. */
function expected(caller: Caller, access: Route['access'], method: string): string {
  if (access === 'anyone') return 'reached';
  const role = caller === 'demoted admin' ? 'technician' : caller;
  if (role === 'nobody' || role === 'former admin') return method === 'GET' ? '/sign-in' : 'NOT_SIGNED_IN';
  return role === 'admin' || access === 'technician' ? 'reached' : 'NOT_ALLOWED';
}

describe('the permission table', () => {
  it('has exactly one line for every route, with its access rule', () => {
    const declared = routes.map(({ method, path, access, isFresh }) => [
      `${method} ${path}`,
      isFresh === true ? `${access}, fresh` : access,
    ]);
    expect(Object.fromEntries(declared)).toEqual(PERMISSIONS);
    expect(routes.length).toBe(Object.keys(PERMISSIONS).length);
  });

  it.each(Object.keys(cookies) as Caller[])('%s reaches what it says, and nothing else', async (caller) => {
    const mismatches: string[] = [];
    for (const route of routes) {
      const got = await call(caller, route);
      const wanted = expected(caller, route.access, route.method);
      if (got !== wanted) mismatches.push(`${route.method} ${route.path}: ${got}, not ${wanted}`);
    }
    expect(mismatches).toEqual([]);
  });

  it('answers no method that is not in it', async () => {
    const reached: string[] = [];
    const paths = new Map<string, Set<string>>();
    for (const { method, path } of routes) paths.set(path, (paths.get(path) ?? new Set()).add(method));
    for (const route of routes) {
      const known = paths.get(route.path) ?? new Set();
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        if (known.has(method)) continue;
        if ((await call('admin', route, method)) === 'reached') reached.push(`${method} ${route.path}`);
      }
    }
    expect(reached).toEqual([]);
  });

  it('asks for the password again where ten minutes have passed', async () => {
    runtime.clock.step(ELEVEN_MINUTES);
    const mismatches: string[] = [];
    for (const route of routes) {
      const got = await call('admin', route);
      const again = route.method === 'GET' ? '/confirm' : 'CONFIRM_PASSWORD';
      const wanted = route.isFresh === true ? again : 'reached';
      if (got !== wanted) mismatches.push(`${route.method} ${route.path}: ${got}, not ${wanted}`);
    }
    runtime.clock.step(-ELEVEN_MINUTES);
    expect(mismatches).toEqual([]);
  });

  it('refuses a second handler for an address', () => {
    const [route] = routes;
    if (route === undefined) throw new Error('no routes');
    expect(() => createApp(runtime, [route, route])).toThrow('two routes');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedRuntime, openTestRuntime } from '../testing/runtime.ts';
import { signInAs } from '../testing/staff.ts';
import type { Route } from '../views/route.ts';
import { allRoutes, createApp } from './app.tsx';

const PUBLIC_URL = 'https://vote.school.example';
const FORM = 'application/x-www-form-urlencoded';

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let posts: readonly Route[];
let reached: string[];
let cookie: string;

beforeAll(async () => {
  runtime = await openTestRuntime({ environment: { PUBLIC_URL } });
  const routes = allRoutes(runtime);
  posts = routes.filter(({ method, surface }) => method === 'POST' && surface !== 'api');
  reached = [];
  app = createApp(
    runtime,
    routes.map((route) => ({
      ...route,
      handle: (c) => {
        reached.push(`${route.method} ${route.path}`);
        return c.text('reached');
      },
    })),
  );
  cookie = (await signInAs(createApp(runtime), runtime, 'admin')).Cookie;
});
afterAll(() => runtime.cleanup());

const send = (
  route: Route,
  headers: Readonly<Record<string, string>>,
  method = 'POST',
  query = '',
): Promise<Response> =>
  Promise.resolve(
    app.request(route.path.replace(/:\w+/g, '00000000-0000-4000-8000-000000000000') + query, {
      method,
      headers: { Cookie: cookie, 'Content-Type': FORM, ...headers },
      ...(method === 'POST' ? { body: '_method=POST&a=b' } : {}),
    }),
  );

const FOREIGN: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['no origin', {}],
  ['null origin', { Origin: 'null' }],
  ['foreign origin', { Origin: 'https://evil.example' }],
  ['origin that begins like ours', { Origin: `${PUBLIC_URL}.evil.example` }],
  ['our host without TLS', { Origin: 'http://vote.school.example' }],
  ['only a referrer of ours', { Referer: `${PUBLIC_URL}/elections` }],
  ['cross-site fetch', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }],
  ['same-site sibling', { 'Sec-Fetch-Site': 'same-site', Origin: 'https://blog.school.example' }],
  ['no site, as from an address bar', { 'Sec-Fetch-Site': 'none' }],
  ['cross-site that names our origin', { 'Sec-Fetch-Site': 'cross-site', Origin: PUBLIC_URL }],
  ['forwarded host of the attacker', { 'X-Forwarded-Host': 'evil.example', Origin: 'https://evil.example' }],
  ['host of the attacker', { Host: 'evil.example', Origin: 'https://evil.example' }],
];

describe('every state-changing route', () => {
  it.each(FOREIGN)('refuses %s', async (_name, headers) => {
    reached.length = 0;
    const taken: string[] = [];
    for (const route of posts) {
      const response = await send(route, headers);
      const isRefused = response.status === 403 && (await response.text()).includes('data-code="CROSS_SITE"');
      if (!isRefused) taken.push(route.path);
    }
    expect([...taken, ...reached]).toEqual([]);
  });

  it('takes no other method for a post', async () => {
    reached.length = 0;
    for (const route of posts) {
      const override = { 'Sec-Fetch-Site': 'same-origin', 'X-HTTP-Method-Override': 'POST' };
      for (const method of ['GET', 'HEAD', 'PUT']) await send(route, override, method, '?_method=POST');
    }
    expect(reached.filter((key) => key.startsWith('POST'))).toEqual([]);
  });

  it('takes no body that a page of ours would not send', async () => {
    reached.length = 0;
    const taken: string[] = [];
    for (const route of posts) {
      for (const type of ['text/plain', 'application/octet-stream', 'text/html']) {
        const response = await send(route, { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': type });
        if (response.status !== 400) taken.push(`${route.path} ${type}`);
      }
    }
    expect([...taken, ...reached]).toEqual([]);
  });

  it.each([
    ['a browser of today', { 'Sec-Fetch-Site': 'same-origin' }],
    ['a browser of today that names the origin', { 'Sec-Fetch-Site': 'same-origin', Origin: PUBLIC_URL }],
    ['an older browser', { Origin: PUBLIC_URL }],
    [
      'an older browser behind a TLS proxy',
      { Origin: PUBLIC_URL, Host: 'app:3000', 'X-Forwarded-Proto': 'https' },
    ],
  ])('takes %s', async (_name, headers) => {
    reached.length = 0;
    for (const route of posts) await send(route, headers);
    expect(reached).toEqual(posts.map(({ path }) => `POST ${path}`));
  });

  it('is a post: no route of another method exists', () => {
    expect(allRoutes(runtime).every(({ method }) => method === 'GET' || method === 'POST')).toBe(true);
  });
});

describe('the public protocol', () => {
  it('is open to any origin, and asks for JSON', async () => {
    const api = allRoutes(runtime).filter(({ surface }) => surface === 'api');
    expect(api.length).toBeGreaterThan(4);
    for (const route of api) {
      const path = route.path.replace(/:\w+/g, 'x');
      const options = await app.request(path, {
        method: 'OPTIONS',
        headers: { Origin: 'https://any.example' },
      });
      expect(options.status).toBe(204);
      expect(options.headers.get('Access-Control-Allow-Origin')).toBe('*');
      expect(options.headers.get('Access-Control-Allow-Credentials')).toBeNull();
      if (route.method !== 'POST') continue;
      const plain = await app.request(path, {
        method: 'POST',
        headers: { 'Content-Type': FORM },
        body: 'a=b',
      });
      expect(plain.status).toBe(400);
      expect(plain.headers.get('Access-Control-Allow-Origin')).toBe('*');
      expect(await plain.json()).toMatchObject({ error: { code: 'MALFORMED' } });
      const json = { 'Content-Type': 'application/json', Origin: 'https://any.example' };
      const broken = await app.request(path, { method: 'POST', headers: json, body: '{' });
      expect(broken.status).toBe(400);
      expect((await app.request(path, { method: 'POST', headers: json, body: '{}' })).status).toBe(200);
    }
  });

  it('answers an unknown path in JSON, in the caller’s language', async () => {
    const headers = { Accept: 'application/json', 'Accept-Language': 'fr-CA, en;q=0.5' };
    const response = await app.request('/elections/nothing/here/at/all', { headers });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: { code: 'NOT_FOUND', message: 'Il n’y a rien à cette adresse.' },
    });
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreBusy } from '../store/store.ts';
import { type OpenedRuntime, openTestRuntime } from '../testing/runtime.ts';
import { signInAs } from '../testing/staff.ts';
import { loadAssets } from '../views/asset.ts';
import type { Route } from '../views/route.ts';
import { allRoutes, createApp } from './app.tsx';
import { securityHeaders } from './security-headers.ts';

const FAILING: readonly Route[] = [
  {
    method: 'GET',
    path: '/fail',
    access: 'anyone',
    surface: 'page',
    handle: () => {
      throw new Error('the inside of the server');
    },
  },
  {
    method: 'GET',
    path: '/fail-json',
    access: 'anyone',
    surface: 'api',
    handle: () => Promise.reject(new Error('the inside of the server')),
  },
  {
    method: 'GET',
    path: '/busy',
    access: 'anyone',
    surface: 'page',
    handle: () => Promise.reject(new StoreBusy('locked')),
  },
  {
    method: 'POST',
    path: '/busy-json',
    access: 'anyone',
    surface: 'api',
    handle: () => Promise.reject(new StoreBusy('locked')),
  },
];

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let cookie: string;

beforeAll(async () => {
  runtime = await openTestRuntime({ environment: { PUBLIC_URL: 'https://vote.school.example' } });
  app = createApp(runtime, [...allRoutes(runtime), ...FAILING]);
  cookie = (await signInAs(app, runtime, 'admin')).Cookie;
  mkdirSync(runtime.config.logoDir, { recursive: true });
  writeFileSync(join(runtime.config.logoDir, 'abcdefgh12.webp'), 'RIFF....WEBP');
});
afterAll(() => runtime.cleanup());

const addresses = (): string[] =>
  allRoutes(runtime)
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => path.replace(/:\w+/g, '00000000-0000-4000-8000-000000000000'));

function missingHeaders(response: Response): string[] {
  const wanted = Object.entries({ ...securityHeaders(runtime.config), 'Cache-Control': undefined });
  return wanted
    .filter(([name, value]) => {
      const got = response.headers.get(name);
      return value === undefined ? got === null : got !== value;
    })
    .map(([name]) => name);
}

describe('security headers', () => {
  it('forbid everything inline and every other host', () => {
    const policy = securityHeaders(runtime.config)['Content-Security-Policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(securityHeaders(runtime.config)['Strict-Transport-Security']).toContain('max-age=');
  });

  it('stand on every answer: pages, redirects, errors, files', async () => {
    const files = [...loadAssets().values()].map(({ path }) => path);
    const others = [
      '/logos/abcdefgh12.webp',
      '/logos/none',
      '/static/none.js',
      '/nowhere',
      '/healthz',
      '/readyz',
    ];
    const failing = ['/fail', '/fail-json', '/busy', '/robots.txt', '/favicon.ico', '/%E0%A4%A'];
    expect(files.length).toBeGreaterThan(1);
    const faults: string[] = [];
    for (const path of [...addresses(), ...files, ...others, ...failing]) {
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST', 'DELETE']) {
        for (const Cookie of ['', cookie]) {
          const response = await app.request(path, { method, headers: { Cookie } });
          const missing = missingHeaders(response);
          if (missing.length > 0) faults.push(`${method} ${path}: ${missing.join(', ')}`);
          await response.body?.cancel();
        }
      }
    }
    expect(faults).toEqual([]);
  });

  it('leave no page without a language and a title, and find nothing inline or foreign in it', async () => {
    const faults: string[] = [];
    let pages = 0;
    for (const path of addresses()) {
      const response = await app.request(path, { headers: { Cookie: cookie } });
      const html = await response.text();
      if (!(response.headers.get('Content-Type') ?? '').startsWith('text/html')) continue;
      pages += 1;
      if (!html.startsWith('<!doctype html><html lang="en">')) faults.push(`${path}: language`);
      if (!/<title>[^<]{3,}<\/title>/.test(html)) faults.push(`${path}: title`);
      if (/ style=| on[a-z]+="|<script>|javascript:/i.test(html)) faults.push(`${path}: inline`);
      if (/(src|href|action)="(https?:)?\/\//.test(html)) faults.push(`${path}: foreign`);
    }
    expect(faults).toEqual([]);
    expect(pages).toBeGreaterThan(20);
  });
});

describe('a fault', () => {
  it('shows a reference and no inside, and the log has both', async () => {
    const response = await app.request('/fail');
    const html = await response.text();
    expect(response.status).toBe(500);
    expect(html).not.toContain('the inside');
    expect(/organisers: ([0-9a-f]{12})/.exec(html)).not.toBeNull();
    const json = await app.request('/fail-json');
    expect(json.status).toBe(500);
    expect(await json.json()).toMatchObject({ error: { code: 'FAULT' } });
  });

  it('of a busy database is a 503 that says when to come back', async () => {
    const page = await app.request('/busy');
    expect(page.status).toBe(503);
    expect(page.headers.get('Retry-After')).toBe('2');
    expect(await page.text()).toContain('data-code="BUSY"');
    const headers = { 'Content-Type': 'application/json' };
    const json = await app.request('/busy-json', { method: 'POST', headers, body: '{}' });
    expect(json.status).toBe(503);
    expect(json.headers.get('Retry-After')).toBe('2');
    expect(await json.json()).toMatchObject({ error: { code: 'BUSY' } });
  });
});

describe('a GET or HEAD', () => {
  /** Every row of every table, as text. */
  function everything(): string {
    const database = new Database(join(runtime.config.varDir, 'votix.sqlite'), { readonly: true });
    const tables = database
      .prepare<[], { name: string }>("select name from sqlite_master where type = 'table' order by name")
      .all();
    const rows = tables.map(({ name }) => [name, database.prepare(`select * from "${name}"`).all()]);
    database.close();
    return JSON.stringify(rows);
  }

  it('changes nothing, on any route', async () => {
    const before = everything();
    expect(before).toContain('staff_session');
    const failed: string[] = [];
    for (const path of addresses()) {
      for (const method of ['GET', 'HEAD']) {
        const response = await app.request(path, { method, headers: { Cookie: cookie } });
        if (response.status >= 500) failed.push(`${method} ${path}`);
        await response.body?.cancel();
      }
    }
    expect(failed).toEqual([]);
    expect(everything()).toBe(before);
  });
});

describe('files', () => {
  it('are cached for ever under the digest of their content, compressed where asked', async () => {
    const css = loadAssets().get('app.css');
    const response = await app.request(css?.path ?? '', { headers: { 'Accept-Encoding': 'gzip' } });
    expect(response.headers.get('Cache-Control')).toContain('immutable');
    expect(response.headers.get('Content-Encoding')).toBe('gzip');
    expect((await response.arrayBuffer()).byteLength).toBeLessThan(12 * 1024);
  });

  it.each([
    '/static/../package.json',
    '/static/..%2Fpackage.json',
    '/static/%2e%2e/package.json',
    '/logos/..%2F..%2Fpackage.json',
    '/logos/%2e%2e%2fsecret.key',
    '/logos/..%5Csecret.webp',
    '/logos//etc/passwd',
    '/static/app.css',
  ])('outside their folder are not there: %s', async (path) => {
    expect((await app.request(path)).status).toBe(404);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltElection, armedElection } from '../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../testing/runtime.ts';
import { signInAs } from '../testing/staff.ts';
import { createApp } from './app.tsx';

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let election: BuiltElection;

beforeAll(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
  election = await armedElection(runtime, { voters: 3 });
});
afterAll(() => runtime.cleanup());

const MOST_PAGES = 150;

/** Follows every link and checks every form's address, from `start` on; answers what led nowhere. */
async function walk(start: readonly string[], Cookie: string): Promise<{ dead: string[]; pages: number }> {
  const seen = new Set(start);
  const queue = start.map((path) => ({ path, from: 'start' }));
  const dead: string[] = [];
  let pages = 0;
  for (let next = queue.shift(); next !== undefined && seen.size < MOST_PAGES; next = queue.shift()) {
    const { path, from } = next;
    const response = await app.request(path, { headers: { Cookie } });
    const location = response.headers.get('Location');
    const isPage = (response.headers.get('Content-Type') ?? '').startsWith('text/html');
    const found = location !== null ? [location] : [];
    if (response.status >= 400) dead.push(`${from} -> ${path}: ${response.status}`);
    if (isPage) {
      pages += 1;
      const html = await response.text();
      for (const [, href = ''] of html.matchAll(/ (?:href|src)="(\/[^"#]*)/g))
        found.push(href.replaceAll('&amp;', '&'));
    } else await response.body?.cancel();
    for (const href of found) {
      if (seen.has(href)) continue;
      seen.add(href);
      queue.push({ path: href, from: path });
    }
  }
  return { dead, pages };
}

describe('every link of every page leads somewhere', () => {
  it.each(['admin', 'technician'] as const)('for the %s', async (role) => {
    const { Cookie } = await signInAs(app, runtime, role);
    const short = [
      '/arm',
      '/configure',
      '/register-candidate',
      '/register-voter',
      '/import-voters',
      '/deliberate',
    ];
    const start = ['/', ...(role === 'admin' ? short : short.filter((path) => !/arm|delib/.test(path)))];
    const { dead, pages } = await walk(start, Cookie);
    expect(dead).toEqual([]);
    expect(pages).toBeGreaterThan(role === 'admin' ? 10 : 7);
  });

  it('for visitors and voters', async () => {
    const [voter] = election.voters;
    const { dead, pages } = await walk(['/', '/sign-in', `/vote/${voter?.link}`], '');
    expect(dead).toEqual([]);
    expect(pages).toBeGreaterThan(2);
  });
});

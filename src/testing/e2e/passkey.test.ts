import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStaff } from '../../features/staff/index.ts';
import { createApp } from '../../http/app.tsx';
import { launchChromium } from '../chromium.ts';
import { type OpenedRuntime, openTestRuntime } from '../runtime.ts';
import { CAST, SAME_ORIGIN } from '../staff.ts';

const { email, password, name } = CAST.admin;

/** The same app at two ports of localhost: one host for passkeys, two origins. */
async function serveTwice(app: ReturnType<typeof createApp>) {
  const answer = getRequestListener(app.fetch);
  const listen = () => createServer((incoming, outgoing) => void answer(incoming, outgoing));
  const servers = [listen(), listen()];
  const origins = await Promise.all(
    servers.map(async (server) => {
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
      return `http://localhost:${(server.address() as AddressInfo).port}`;
    }),
  );
  const close = (): void => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  };
  return { home: origins[0] ?? '', elsewhere: origins[1] ?? '', close };
}

let browser: Browser;
let runtime: OpenedRuntime;
let served: Awaited<ReturnType<typeof serveTwice>>;
let context: BrowserContext;
let page: Page;
let device: CDPSession;
let authenticatorId: string;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

beforeEach(async () => {
  const opened = await openTestRuntime();
  const config = { ...opened.config, publicUrl: '' };
  runtime = { ...opened, config };
  served = await serveTwice(createApp(runtime));
  config.publicUrl = served.home;
  await createStaff(runtime, { name, email, role: 'admin', password, actor: 'test' });
  context = await browser.newContext({ locale: 'en-GB' });
  page = await context.newPage();
  device = await context.newCDPSession(page);
  await device.send('WebAuthn.enable');
  ({ authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  }));
});
afterEach(async () => {
  await context.close();
  served.close();
  await runtime.cleanup();
});

/** Waits for a page by its exact address: `next` in an address must not be taken for the page itself. */
const arrive = (path: string): Promise<void> => page.waitForURL(`${served.home}${path}`);

async function signInByPassword(): Promise<void> {
  await page.goto(`${served.home}/sign-in?next=/account/second-factor`);
  await page.fill('#email', email);
  await page.fill('#password', password);
  await page.click('form[action="/sign-in"] button');
}

/** A passkey of Olive's on the device; she is signed out behind it. */
async function makePasskey(): Promise<void> {
  await signInByPassword();
  await page.fill('#passkey-name', 'Office laptop');
  await page.click('[data-passkey=create] button');
  await arrive('/account/second-factor?passkey-added');
  expect(await page.textContent('.entries')).toContain('Office laptop');
  await page.click('form[action="/sign-out"] button');
  await arrive('/sign-in');
}

/** Presses the page's passkey button; answers what was posted and with which status. */
async function usePasskey(path: string): Promise<{ posted: string; status: number; code: string }> {
  const answered = page.waitForResponse((answer) => new URL(answer.url()).pathname === path);
  await page.click('[data-passkey=get] button');
  const answer = await answered;
  const body = await answer.text().catch(() => '');
  return {
    posted: answer.request().postData() ?? '',
    status: answer.status(),
    code: /"code":"([A-Z_]+)"/.exec(body)?.[1] ?? '',
  };
}

const replay = (posted: string): Promise<Response> =>
  fetch(`${served.home}/sign-in/passkey`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...SAME_ORIGIN },
    body: posted,
  });

describe('a passkey', () => {
  it('signs in without a password, once for each challenge', async () => {
    await makePasskey();
    await page.goto(`${served.home}/sign-in?next=/staff`);
    const { posted, status } = await usePasskey('/sign-in/passkey');
    expect(status).toBe(200);
    await arrive('/staff');
    expect(await page.textContent('.entries')).toContain('second factor on');
    const again = await replay(posted);
    expect(again.status).toBe(401);
    expect(again.headers.getSetCookie()).toEqual([]);
    expect(await again.text()).toContain('STEP_EXPIRED');
  });

  it('is refused from another origin of the same host', async () => {
    await makePasskey();
    await page.goto(`${served.elsewhere}/sign-in`);
    expect(await usePasskey('/sign-in/passkey')).toMatchObject({ status: 422, code: 'PASSKEY_REFUSED' });
    expect(await page.textContent('[data-passkey] [role=status]')).toContain('not accepted');
  });

  it('is refused without fingerprint or PIN, with a challenge made for something else, and once removed', async () => {
    await makePasskey();
    await page.goto(`${served.home}/sign-in?next=/account/second-factor`);
    const { posted } = await usePasskey('/sign-in/passkey');
    await arrive('/account/second-factor');
    const { ceremony } = (await page.evaluate(async () => {
      const answer = await fetch('/confirm/passkey/options', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{}',
      });
      return (await answer.json()) as unknown;
    })) as { ceremony: string };
    const crossed = await replay(JSON.stringify({ ...(JSON.parse(posted) as object), ceremony }));
    expect(await crossed.text()).toContain('STEP_EXPIRED');

    await page.click('form[action$="/remove"] button');
    await arrive('/account/second-factor?passkey-removed');
    await page.click('form[action="/sign-out"] button');
    await page.goto(`${served.home}/sign-in`);
    expect(await usePasskey('/sign-in/passkey')).toMatchObject({ status: 422, code: 'PASSKEY_REFUSED' });

    await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await page.click('[data-passkey=get] button');
    await page.waitForFunction(() => document.querySelector('[role=status]')?.textContent !== '');
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });

  it('is asked for after the password, and gives no session before', async () => {
    await makePasskey();
    await signInByPassword();
    expect(await page.textContent('h1')).toBe('Second step');
    expect(await context.cookies()).toEqual([]);
    expect((await usePasskey('/sign-in/passkey')).status).toBe(200);
    await arrive('/account/second-factor');
    expect(await runtime.store.read.selectFrom('pending_sign_in').selectAll().execute()).toEqual([]);
  });

  it('confirms a step that decides, with a new session', async () => {
    await makePasskey();
    await page.goto(`${served.home}/sign-in?next=/password`);
    await usePasskey('/sign-in/passkey');
    await arrive('/password');
    const [before] = await context.cookies();
    runtime.clock.step(11 * 60_000);
    await page.goto(`${served.home}/staff`);
    expect(new URL(page.url()).pathname).toBe('/confirm');
    expect((await usePasskey('/confirm/passkey')).status).toBe(200);
    await arrive('/staff');
    const [after] = await context.cookies();
    expect(after?.value).not.toBe(before?.value);
    const kept = { headers: { Cookie: `votix=${before?.value ?? ''}` }, redirect: 'manual' } as const;
    expect((await fetch(`${served.home}/password`, kept)).status).toBe(303);
  });

  it('of a disabled person signs nobody in', async () => {
    await makePasskey();
    await runtime.store.inTransaction(async (trx) => {
      await trx.updateTable('staff').set({ is_disabled: 1 }).execute();
      return { ok: true, value: null };
    });
    await page.goto(`${served.home}/sign-in`);
    expect(await usePasskey('/sign-in/passkey')).toMatchObject({ status: 422, code: 'PASSKEY_REFUSED' });
    expect(await context.cookies()).toEqual([]);
  });
});

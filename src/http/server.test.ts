import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../config.ts';
import { takeServerLock } from '../store/server-lock.ts';
import { type OpenedRuntime, openTestRuntime } from '../testing/runtime.ts';
import { securityHeaders } from './security-headers.ts';
import { type Serving, serve } from './server.ts';

const HELD_FOR = 'a request that takes its time';

let runtime: OpenedRuntime;
let serving: Serving;
let port: number;

const onAnyPort = (opened: OpenedRuntime): OpenedRuntime => ({
  ...opened,
  config: { ...opened.config, port: 0 },
});

beforeAll(async () => {
  runtime = onAnyPort(await openTestRuntime());
  serving = await serve(runtime);
  port = Number(new URL(serving.url).port);
});
afterAll(async () => {
  await serving.close();
  await runtime.cleanup();
});

/** Sends bytes on a socket of its own; answers all that came back, and after how many milliseconds the socket was closed. */
async function raw(bytes: string, slowly = ''): Promise<{ answer: string; closedAfter: number }> {
  const startedAt = Date.now();
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  if (bytes !== '') socket.write(bytes);
  const drip = setInterval(() => void (slowly !== '' && socket.writable && socket.write(slowly)), 1_000);
  await once(socket, 'close');
  clearInterval(drip);
  return { answer, closedAfter: Date.now() - startedAt };
}

const missingIn = (answer: string): string[] =>
  Object.keys(securityHeaders(runtime.config)).filter(
    (name) => !answer.toLowerCase().includes(`${name.toLowerCase()}: `),
  );

/** The 95th percentile of 40 page loads, in milliseconds. */
async function slowestButFew(): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 40; i++) {
    const startedAt = performance.now();
    const page = await fetch(serving.url);
    await page.text();
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b)[37] ?? 0;
}

describe('the server', () => {
  it('serves, with a set-up link for its first admin', async () => {
    const front = await fetch(serving.url);
    expect(front.status).toBe(200);
    expect(serving.setupLink).toMatch(/^http:\/\/localhost:3000\/setup\/[\w-]{43}$/);
    expect(await (await fetch(`${serving.url}/readyz`)).text()).toBe('ready\n');
  });

  it.each([
    ['GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', '400'],
    ['GET http:// HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', '400'],
    ['no http at all\r\n\r\n', '400'],
    ['POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', '400'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`, '431'],
  ])('refuses %j with its headers', async (bytes, status) => {
    const { answer } = await raw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(missingIn(answer)).toEqual([]);
  });

  it('makes no link of the Host that a request names', async () => {
    const { answer } = await raw(
      'GET /sign-in HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer).not.toContain('evil.example');
  });

  it('lets no body past its limit, whatever it declares, and keeps no memory of it', async () => {
    const head =
      'POST /sign-in HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n';
    const sendTooMuch = async (): Promise<void> => {
      for (let i = 0; i < 20; i++) {
        const declared = await raw(`${head}Content-Length: 4000000000\r\n\r\n${'a'.repeat(1_000)}`);
        expect(declared.answer).toMatch(/^HTTP\/1.1 413 /);
        const chunked = await raw(
          `${head}Transfer-Encoding: chunked\r\n\r\n15F90\r\n${'a'.repeat(90_000)}\r\n0\r\n\r\n`,
        );
        expect(chunked.answer).toMatch(/^HTTP\/1.1 413 /);
      }
    };
    // what compiling the path takes is no memory of the bodies
    await sendTooMuch();
    const before = process.memoryUsage().rss;
    await sendTooMuch();
    const grown = (process.memoryUsage().rss - before) / 1024 / 1024;
    expect(grown).toBeLessThan(20);
  });

  it.each([
    ['application/x-www-form-urlencoded', 'a=1&'.repeat(15_000)],
    [
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'.repeat(1_100) + '--b--',
    ],
  ])('refuses thousands of fields of %s before it parses them', async (type, body) => {
    expect(body.length).toBeLessThan(64 * 1024);
    const headers = { 'Content-Type': type, 'Sec-Fetch-Site': 'same-origin' };
    const response = await fetch(`${serving.url}/sign-in`, { method: 'POST', headers, body });
    expect(response.status).toBe(413);
    expect(await response.text()).toContain('data-code="TOO_LARGE"');
  });

  it('closes sockets that are idle, slow in their header or slow in their body within 30 s, and serves meanwhile', async () => {
    const alone = await slowestButFew();
    const head =
      'POST /sign-in HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n';
    const slow = [
      ...Array.from({ length: 60 }, () => raw('')),
      ...Array.from({ length: 60 }, () => raw('GET / HTTP/1.1\r\nHost: localhost\r\n', 'X-a: b\r\n')),
      ...Array.from({ length: 60 }, () => raw(head, 'a')),
    ];
    expect(await slowestButFew()).toBeLessThan(Math.max(1_000, 3 * alone));
    const ends = await Promise.all(slow);
    expect(Math.max(...ends.map(({ closedAfter }) => closedAfter))).toBeLessThan(30_000);
  }, 60_000);
});

describe('one server a database', () => {
  it('refuses a second one with one line, and a port that is taken', async () => {
    const second = serve(runtime);
    await expect(second).rejects.toThrow(ConfigurationError);
    await expect(second).rejects.toThrow('another server works on');
    const other = await openTestRuntime({ environment: { PORT: String(port) } });
    await expect(serve(other)).rejects.toThrow(`port ${port} (EADDRINUSE)`);
    // a start that failed holds nothing
    const again = await serve(onAnyPort(other));
    await again.close();
    await other.cleanup();
  });

  it('frees the place of a server that was killed', async () => {
    const file = join(runtime.folder, 'killed.lock');
    const program = `
      const lock = new (require('better-sqlite3'))(${JSON.stringify(file)});
      lock.exec('begin exclusive');
      console.log('held');
      setInterval(() => lock, 1000);`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(takeServerLock(file)).toBeUndefined();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = takeServerLock(file);
    expect(lock).toBeDefined();
    lock?.release();
  });
});

describe('closing', () => {
  it('answers what is in flight, takes nothing new, and frees the lock', async () => {
    const opened = onAnyPort(await openTestRuntime());
    const short = await serve(opened);
    const body = new URLSearchParams({ email: 'olive@school.example', password: HELD_FOR }).toString();
    const socket = connect(Number(new URL(short.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.write(
      `POST /sign-in HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    const closing = short.close();
    await expect(fetch(short.url)).rejects.toThrow('fetch failed');
    socket.write(body.slice(10));
    await Promise.all([closing, once(socket, 'close')]);
    expect(answer).toMatch(/^HTTP\/1.1 401 [^]*Connection: close/i);
    const lock = takeServerLock(join(opened.config.varDir, 'server.lock'));
    expect(lock).toBeDefined();
    lock?.release();
    await opened.cleanup();
  });

  it('does not wait for a kept connection whose answer had begun', async () => {
    const opened = onAnyPort(await openTestRuntime());
    const short = await serve(opened);
    const socket = connect(Number(new URL(short.url).port), '127.0.0.1');
    // a compressed answer leaves in pieces: its header is on the way before the server knows that it has to close
    socket.write('GET /sign-in HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n');
    await once(socket, 'data');
    const startedAt = performance.now();
    await short.close();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await opened.cleanup();
  });
});

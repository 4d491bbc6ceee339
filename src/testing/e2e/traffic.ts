import type { BrowserContext } from 'playwright-core';

interface Sent {
  readonly method: string;
  readonly url: string;
  /** Bytes as Latin-1, so that nothing is lost. Chromium leaves the content of uploaded files out. */
  readonly body: string;
}

/** An answer that the server meant: a refusal with its own status. */
const EXPECTED = /^Failed to load resource: the server responded with a status of 4\d\d/;
/** What a test that cuts connections brings about. */
const CUT = /^Failed to load resource: net::ERR_/;

/** Everything that browsers of one test sent, and what is wrong with what they got. */
export class Traffic {
  readonly #origin: string;
  /** Requests to anybody else. */
  readonly foreign: string[] = [];
  /** Answers without the policy, or with one that allows inline code. */
  readonly unguarded: string[] = [];
  /** Errors in the console, and uncaught ones. */
  readonly faults: string[] = [];
  readonly sent: Sent[] = [];

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** `isDisturbed`: the test itself cuts this browser's connections. */
  watch(context: BrowserContext, options: { readonly isDisturbed?: boolean } = {}): void {
    context.on('request', (request) => {
      const url = request.url();
      if (/^(data|blob):/.test(url)) return;
      if (!url.startsWith(`${this.#origin}/`)) this.foreign.push(url);
      const body = request.postDataBuffer()?.toString('latin1') ?? '';
      this.sent.push({ method: request.method(), url, body });
    });
    context.on('response', (response) => {
      if (/^(data|blob):/.test(response.url())) return;
      // what the test itself answers comes from no server
      if (options.isDisturbed === true && response.status() === 400) return;
      const policy = response.headers()['content-security-policy'] ?? '';
      const isStrict = policy.includes("default-src 'none'") && !/unsafe-|\*/.test(policy);
      if (!isStrict) this.unguarded.push(`${response.status()} ${response.url()}: ${policy}`);
    });
    context.on('console', (message) => {
      const text = message.text();
      if (message.type() !== 'error' || EXPECTED.test(text)) return;
      if (options.isDisturbed === true && CUT.test(text)) return;
      this.faults.push(`${message.location().url}: ${text}`);
    });
    context.on('weberror', (error) => this.faults.push(String(error.error())));
  }
}

/** The members of a JSON body, those of an object within in brackets; the body itself where it is no JSON. */
export function bodyShape(body: string): string {
  const members = (value: object): string =>
    Object.entries(value)
      .map(([name, member]) => (typeof member === 'object' ? `${name}(${members(member as object)})` : name))
      .sort()
      .join(',');
  try {
    return members(JSON.parse(body) as object);
  } catch {
    return body;
  }
}

/** What a page and everything it loads, pictures of candidates apart, weighs on the wire for a first visitor, in bytes. */
export async function weigh(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.setCacheDisabled', { cacheDisabled: true });
  const pictures = new Set<string>();
  let received = 0;
  client.on('Network.responseReceived', ({ requestId, response }) => {
    if (new URL(response.url).pathname.startsWith('/logos/')) pictures.add(requestId);
  });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!pictures.has(requestId)) received += encodedDataLength;
  });
  await page.goto(url);
  await page.waitForLoadState('networkidle');
  await page.close();
  return received;
}

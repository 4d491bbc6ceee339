import { once } from 'node:events';
import { type AddressInfo, type Server, createServer } from 'node:net';
import PostalMime from 'postal-mime';
import { afterEach, describe, expect, test } from 'vitest';
import type { SmtpConfig } from '../config.ts';
import { type SmtpSink, openSmtpSink } from '../testing/smtp-sink.ts';
import { type ComposedMail, composeMail } from './message.ts';
import { SmtpTransport } from './smtp-transport.ts';
import type { SendControl, SendOutcome } from './transport.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const LIMITS = { connect: 300, greeting: 300, silence: 400 };

function transportTo(port: number, change: Partial<SmtpConfig> = {}): SmtpTransport {
  const transport = new SmtpTransport(
    {
      host: '127.0.0.1',
      port,
      tls: 'none',
      verifyCertificate: true,
      user: undefined,
      password: undefined,
      ...change,
    },
    LIMITS,
  );
  closers.push(() => transport.close());
  return transport;
}

async function sink(...plan: Parameters<typeof openSmtpSink>): Promise<SmtpSink> {
  const opened = await openSmtpSink(...plan);
  closers.push(() => opened.close());
  return opened;
}

/** A server of its own words: `script` speaks on a new connection and answers each line. */
async function speaking(greeting: string, answer: (line: string) => string | undefined): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (greeting !== '') socket.write(`${greeting}\r\n`);
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\r\n').filter(Boolean)) {
        const said = answer(line);
        if (said !== undefined) socket.write(`${said}\r\n`);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const mailTo = (address: string): Promise<ComposedMail> =>
  composeMail(
    {
      messageId: '<00000000-0000-4000-8000-000000000001@example.org>',
      from: { name: 'The Reading Society', address: 'votix@example.org' },
      to: { name: 'Vera', address },
      replyTo: 'vote@example.org',
      language: 'en',
      subject: 'Subject',
      text: 'first\n.\n.second line with a dot\n',
      html: '<p>body</p>',
    },
    { queuedAt: 0, now: 0 },
  );

const control = (beforeLastByte = (): Promise<void> => Promise.resolve()): SendControl => ({
  signal: AbortSignal.timeout(5_000),
  beforeLastByte,
});

const sentTo = async (transport: SmtpTransport, address = 'vera@example.org'): Promise<SendOutcome> =>
  transport.send(await mailTo(address), control());

const later = (scope: 'server' | 'recipient') => ({ ok: false, code: 'RETRY_LATER', detail: { scope } });

describe('SMTP transport', () => {
  test('hands over the message whole and reports the server’s 250', async () => {
    const server = await sink();
    const outcome = await sentTo(transportTo(server.port));
    expect(outcome).toMatchObject({ ok: true, value: { answer: expect.stringMatching(/^250 /) } });
    const [mail] = server.mails;
    expect(mail).toMatchObject({ from: 'votix@example.org', to: ['vera@example.org'] });
    const read = await PostalMime.parse(mail?.raw ?? '');
    expect(read.text?.trimEnd()).toBe('first\n.\n.second line with a dot');
    expect(read.html).toContain('<p>body</p>');
    expect(read.messageId).toBe('<00000000-0000-4000-8000-000000000001@example.org>');
    expect(read.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
  });

  test('does not finish a message before it is told so', async () => {
    const server = await sink();
    const transport = transportTo(server.port);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const sending = transport.send(
      await mailTo('vera@example.org'),
      control(() => held),
    );
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(server.mails).toHaveLength(0);
    release();
    expect((await sending).ok).toBe(true);
    expect(server.mails).toHaveLength(1);
  });

  test('550 to the recipient is final, the connection serves the next one', async () => {
    const server = await sink({
      refuse: (to) => (to.startsWith('gone') ? { code: 550, words: 'no such person' } : undefined),
    });
    const transport = transportTo(server.port);
    expect(await sentTo(transport, 'gone@example.org')).toMatchObject({
      ok: false,
      code: 'REFUSED',
      detail: { answer: expect.stringContaining('no such person') },
    });
    expect((await sentTo(transport)).ok).toBe(true);
  });

  test('450 to the recipient is put off as the recipient’s own trouble', async () => {
    const server = await sink({ refuse: () => ({ code: 450, words: 'mailbox busy' }) });
    expect(await sentTo(transportTo(server.port))).toMatchObject(later('recipient'));
  });

  test('554 after the message is final, 451 is not', async () => {
    const answers = [
      { code: 554, words: 'looks like spam' },
      { code: 451, words: 'try again' },
    ];
    const server = await sink({ beforeAnswer: () => Promise.resolve(answers.shift()) });
    const transport = transportTo(server.port);
    expect(await sentTo(transport)).toMatchObject({ code: 'REFUSED' });
    expect(await sentTo(transport)).toMatchObject(later('recipient'));
  });

  test('421 is the server’s trouble, wherever it comes', async () => {
    const server = await sink({ refuse: () => ({ code: 421, words: 'too many messages' }) });
    expect(await sentTo(transportTo(server.port))).toMatchObject(later('server'));
    const greeting = await speaking('421 not now', () => undefined);
    expect(await sentTo(transportTo(greeting))).toMatchObject(later('server'));
  });

  test('a sender address that the server refuses costs no voter the mail', async () => {
    const port = await speaking('220 hello', (line) =>
      line.startsWith('MAIL') ? '550 sender not allowed' : '250 fine',
    );
    expect(await sentTo(transportTo(port))).toMatchObject(later('server'));
  });

  test('only 250 means sent', async () => {
    let isData = false;
    const port = await speaking('220 hello', (line) => {
      if (line === '.') return '252 perhaps';
      if (line === 'DATA') {
        isData = true;
        return '354 go on';
      }
      return isData ? undefined : '250 fine';
    });
    expect(await sentTo(transportTo(port))).toMatchObject(later('server'));
  });

  test('a connection cut after the last byte is not "sent"', async () => {
    const server: SmtpSink = await sink({
      beforeAnswer: () => {
        server.cut();
        return new Promise(() => undefined);
      },
    });
    expect(await sentTo(transportTo(server.port))).toMatchObject(later('server'));
    expect(server.mails).toHaveLength(1);
  });

  test('a silent server is given up: before the greeting, and after the message', async () => {
    const mute = await speaking('', () => undefined);
    expect(await sentTo(transportTo(mute))).toMatchObject(later('server'));
    const server = await sink({ beforeAnswer: () => new Promise(() => undefined) });
    expect(await sentTo(transportTo(server.port))).toMatchObject(later('server'));
  });

  test('nobody there', async () => {
    const server = await openSmtpSink();
    await server.close();
    expect(await sentTo(transportTo(server.port))).toMatchObject(later('server'));
  });

  test('TLS that is asked for is never given up, a certificate of nobody never taken', async () => {
    const plain = await sink();
    expect(await sentTo(transportTo(plain.port, { tls: 'starttls' }))).toMatchObject(later('server'));
    const selfSigned = await sink({ tls: true });
    expect(await sentTo(transportTo(selfSigned.port, { tls: 'starttls' }))).toMatchObject(later('server'));
    expect(selfSigned.mails).toHaveLength(0);
    const trusting = transportTo(selfSigned.port, { tls: 'starttls', verifyCertificate: false });
    expect((await sentTo(trusting)).ok).toBe(true);
  });

  test('a send that is given up ends at once', async () => {
    const server = await sink({ beforeAnswer: () => new Promise(() => undefined) });
    const stop = new AbortController();
    const sending = transportTo(server.port).send(await mailTo('vera@example.org'), {
      ...control(),
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(), 50);
    expect(await sending).toMatchObject(later('server'));
  });
});

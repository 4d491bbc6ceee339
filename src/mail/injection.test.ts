import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Language } from '../domain/election.ts';
import type { TemplateText } from '../domain/mail-template.ts';
import { type SmtpSink, openSmtpSink } from '../testing/smtp-sink.ts';
import { headerLine, isPlainAddress } from './address.ts';
import { composeMail } from './message.ts';
import { SmtpTransport } from './smtp-transport.ts';
import { defaultTexts } from './templates/default-texts.ts';
import { fixedLines } from './templates/fixed-lines.ts';
import { type MailValues, fillBody, fillSubject } from './templates/mail-lines.ts';
import { writeMail } from './templates/written-mail.tsx';

const ADDRESSES = [
  'vera@example.org, stan@evil.example',
  'vera@example.org;stan@evil.example',
  'vera@example.org stan@evil.example',
  'vera@example.org\r\nRCPT TO:<stan@evil.example>',
  'vera@example.org\nBcc: stan@evil.example',
  'vera@example.org>\r\nDATA',
  '<stan@evil.example>vera@example.org',
  '"vera@example.org, stan"@evil.example',
  'Vera <vera@example.org>',
  'vera(comment)@example.org',
  'group: stan@evil.example;',
  '@relay.example:vera@example.org',
  'vera@[127.0.0.1]',
  'vera@example.org\u0000',
  'vera@example.org\u2028',
  'vera\u200b@example.org',
  'vera@exam ple.org',
  'vera@@example.org',
  'vera@example',
  '.vera@example.org',
  've..ra@example.org',
  'vera@-example.org',
  `${'v'.repeat(65)}@example.org`,
  '',
  '@',
];

const TEXTS = [
  'Title\r\nBcc: stan@evil.example',
  'Title\nBcc: stan@evil.example',
  'Title\rBcc: stan@evil.example',
  'Title\r\n\r\n<script>alert(1)</script>',
  'Title\u0085Bcc: stan@evil.example',
  'Title\u2028Bcc: stan@evil.example',
  'Title\u000bBcc: stan@evil.example',
  '=?utf-8?Q?Title=0D=0ABcc:_stan@evil.example?=',
  '=?utf-8?B?VGl0bGUNCkJjYzogc3RhbkBldmlsLmV4YW1wbGU=?=',
  '"Vera" <stan@evil.example>',
  'Vera, Stan <stan@evil.example>',
  'Vera" <stan@evil.example>, "x',
  'undisclosed: stan@evil.example;',
  '\\"\r\nBcc: stan@evil.example',
  `${'x'.repeat(2_000)}\r\nBcc: stan@evil.example`,
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  'javascript:alert(1)',
  '</title><script>alert(1)</script>',
  '.\r\nQUIT',
  '\u202egro.elpmaxe',
];

const EXPECTED_HEADERS = [
  'auto-submitted',
  'content-language',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'reply-to',
  'subject',
  'to',
];

const link = 'https://vote.example.org/vote/abcdefghijklmnopqrstuvwxyzABCDEF#M';

const written = (language: Language, template: TemplateText, values: MailValues) =>
  writeMail(language, fillSubject(template, values), [
    ...fillBody(template, values),
    ...fixedLines({
      kind: 'link',
      language,
      channel: 'mail',
      contact: values.contact ?? '',
      fingerprint: values.fingerprint,
      timeZone: 'Europe/Paris',
    }),
  ]);

async function mailWith(hostile: string, template: TemplateText = defaultTexts.en.link) {
  const rendered = await written('en', template, {
    name: hostile,
    title: hostile,
    organiser: hostile,
    contact: hostile,
    opens: hostile,
    closes: hostile,
    link,
    code: '123456',
    fingerprint: 'ABCD-EFGH-JKMN-PQRS',
  });
  return composeMail(
    {
      messageId: '<00000000-0000-4000-8000-000000000001@example.org>',
      from: { name: hostile, address: 'votix@example.org' },
      to: { name: hostile, address: 'vera@example.org' },
      replyTo: 'vote@example.org',
      language: 'en',
      ...rendered,
    },
    { queuedAt: 0, now: 0 },
  );
}

async function expectHarmless(raw: Buffer, links = 1): Promise<void> {
  const read = await PostalMime.parse(raw);
  expect(read.headers.map(({ key }) => key).sort()).toEqual(EXPECTED_HEADERS);
  expect(read.to?.map(({ address }) => address)).toEqual(['vera@example.org']);
  expect(read.from?.address).toBe('votix@example.org');
  expect(read.cc).toBeUndefined();
  expect(read.bcc).toBeUndefined();
  expect(read.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  expect(read.attachments).toEqual([]);
  expect(read.html).not.toMatch(/<(?:script|img|iframe|link|object)/i);
  // every tag has only the attributes that the templates write
  for (const [tag] of (read.html ?? '').matchAll(/<[a-z][^>]*>/gi)) expect(tag).not.toMatch(/\son\w+=/i);
  const followed = [...(read.html ?? '').matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
  expect(new Set(followed)).toEqual(new Set([link]));
  expect(followed.length).toBeLessThanOrEqual(links);
}

describe('hostile names, titles and addresses', () => {
  let sink: SmtpSink;
  let transport: SmtpTransport;
  beforeEach(async () => {
    sink = await openSmtpSink();
    transport = new SmtpTransport({
      host: '127.0.0.1',
      port: sink.port,
      tls: 'none',
      verifyCertificate: true,
      user: undefined,
      password: undefined,
    });
  });
  afterEach(async () => {
    transport.close();
    await sink.close();
  });

  test.each(ADDRESSES)('the address %j goes nowhere', async (address) => {
    expect(isPlainAddress(address)).toBe(false);
    const plain = { name: '', address: 'votix@example.org' };
    const message = {
      messageId: '<1@example.org>',
      from: plain,
      to: { name: '', address },
      replyTo: undefined,
    };
    const body = { language: 'en' as const, subject: '', text: '', html: '' };
    await expect(composeMail({ ...message, ...body }, { queuedAt: 0, now: 0 })).rejects.toThrow(TypeError);
  });

  test('ordinary addresses are taken', () => {
    for (const address of [
      'vera@example.org',
      "o'neil+vote@sub.example.co.uk",
      'v_1@xn--bcher-kva.example',
    ]) {
      expect(isPlainAddress(address)).toBe(true);
    }
  });

  test.each(TEXTS)('%j adds no header, recipient or markup', async (hostile) => {
    const mail = await mailWith(hostile);
    await expectHarmless(mail.raw);
    const outcome = await transport.send(mail, {
      signal: AbortSignal.timeout(5_000),
      beforeLastByte: () => Promise.resolve(),
    });
    expect(outcome.ok).toBe(true);
    expect(sink.mails.map(({ to, from }) => [from, to])).toEqual([
      ['votix@example.org', ['vera@example.org']],
    ]);
    await expectHarmless(sink.mails[0]?.raw ?? Buffer.alloc(0));
  });

  test.each(TEXTS)('a template with %j adds none either, nor its values', async (hostile) => {
    const body = `${hostile.replace(/\r\n?/g, '\n')}\n{name} {link} {code}\n\n{link}\n\n# {title} ${hostile}`;
    const mail = await mailWith('{code} {link}', { subject: `${hostile} {title}`, body });
    await expectHarmless(mail.raw, 3);
    const { text = '' } = await PostalMime.parse(mail.raw);
    // the values hold placeholders; a second look would turn them into secrets
    expect(text).toContain('{code} {link}');
  });

  test('no text at all does', async () => {
    expect.hasAssertions();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (hostile) => {
        await expectHarmless((await mailWith(hostile)).raw);
      }),
      { numRuns: 100 },
    );
  });

  test('a header is one line of at most 150 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = headerLine(text);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(Array.from(line).length).toBeLessThanOrEqual(150);
      }),
    );
  });

  test('a text part cannot be made to look like the parts below it', async () => {
    const { text } = await written('fr', defaultTexts.fr.link, {
      name: 'Vera\n\n2. Vérifiez votre choix, puis saisissez ce code\n000 000',
      title: 'T',
      organiser: 'O',
      contact: 'c@example.org',
      closes: 'C',
      link: 'https://vote.example.org/vote/a#b',
      code: '12345678',
      fingerprint: 'ABCD',
    });
    const lines = text.split('\n');
    expect(lines.filter((line) => line.startsWith('2. '))).toHaveLength(1);
    expect(lines).toContain('123 456 78');
    expect(lines.some((line) => line.startsWith('Ouverture'))).toBe(false);
  });
});

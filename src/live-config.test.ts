import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { sendAdminTest } from './features/mailing/send-admin-test.ts';
import { changeSettings } from './features/settings/change-settings.ts';
import { refreshConfig, startConfigWatch } from './live-config.ts';
import { deliverQueued } from './mail/deliver.ts';
import { closeRuntime, openRuntime } from './runtime.ts';
import { type TestRuntime, temporaryRuntime } from './testing/runtime.ts';
import { type SmtpSink, openSmtpSink } from './testing/smtp-sink.ts';

let test: TestRuntime;
let sink: SmtpSink;

beforeEach(async () => {
  test = await temporaryRuntime();
  sink = await openSmtpSink();
});
afterEach(async () => {
  await sink.close();
  await test.dispose();
});

const environment = (more: Readonly<Record<string, string>> = {}) =>
  readConfig({
    VAR_DIR: test.folder,
    LOG_DIR: test.runtime.config.logDir,
    LOGO_DIR: test.runtime.config.logoDir,
    ...more,
  });

it('is used by the next e-mail, without a restart', async () => {
  const { runtime } = test;
  await changeSettings(runtime, {
    actor: 'cli',
    input: {
      organisation: 'The Reading Society',
      smtpHost: '127.0.0.1',
      smtpPort: sink.port,
      smtpTls: 'none',
      mailFrom: 'vote@society.example',
      mailReplyTo: 'office@society.example',
    },
  });
  await sendAdminTest(runtime, { to: 'olive@school.example' });
  expect(await deliverQueued(runtime)).toMatchObject({ sent: 1 });
  const [mail] = sink.mails;
  const raw = mail?.raw.toString('utf8') ?? '';
  expect(raw).toMatch(/^From: The Reading Society <vote@society\.example>\r$/m);
  expect(raw).toMatch(/^Reply-To: office@society\.example\r$/m);
});

it('is seen within three seconds where another process saved it, and by the next start', async () => {
  const stop = startConfigWatch(test.runtime);
  const other = await openRuntime(environment());
  const { config } = test.runtime;
  await changeSettings(other, { actor: 'cli', input: { organisation: 'Elsewhere', mailPerMinute: 30 } });
  await closeRuntime(other);
  expect(config.organisation).toBe('Votix');
  await pause(3_000);
  expect(config).toMatchObject({ organisation: 'Elsewhere', mailPerMinute: 30 });
  stop();
  expect((await test.restart()).config.mailPerMinute).toBe(30);
});

it('lays what was saved over the environment, and gives each part back', async () => {
  const env = environment({
    SMTP_HOST: 'mail.example.org',
    SMTP_USER: 'votix',
    SMTP_PASSWORD: 'of the environment',
    MAIL_QUIET_FROM: '23:00',
    MAIL_QUIET_UNTIL: '06:00',
  });
  const runtime = await openRuntime(env);
  const change = (input: Readonly<Record<string, unknown>>) =>
    changeSettings(runtime, { actor: 'cli', input });
  const usual = { from: '23:00', until: '06:00', timeZone: 'Europe/Paris' };
  expect(runtime.config.quietHours).toEqual(usual);
  await change({ timeZone: 'UTC' });
  expect(runtime.config.quietHours).toEqual({ ...usual, timeZone: 'UTC' });
  await change({ quietFrom: '00:00', quietUntil: '00:00' });
  expect(runtime.config.quietHours).toBeUndefined();
  await change({ quietFrom: null, quietUntil: null, timeZone: 'Europe/Paris' });
  expect(runtime.config.quietHours).toEqual(usual);

  const { smtp } = runtime.config;
  await change({ organisation: 'Another name' });
  expect(runtime.config.smtp).toBe(smtp);
  await change({ smtpHost: 'other.example' });
  expect(runtime.config.smtp).toMatchObject({ host: 'other.example', user: undefined, password: undefined });
  await change({ smtpHost: null });
  expect(runtime.config).toEqual({ ...env, organisation: 'Another name' });
  await closeRuntime(runtime);
});

it('stops with one line where the server secret is another one than before', async () => {
  const { runtime } = test;
  await changeSettings(runtime, {
    actor: 'cli',
    input: { smtpHost: 'smtp.example.org', smtpUser: 'votix' },
    smtpPassword: { typed: 'correct horse', isForgotten: false },
  });
  await refreshConfig(runtime);
  expect(runtime.config.smtp?.password).toBe('correct horse');
  const other = environment({ SECRET_KEY: randomBytes(32).toString('base64url') });
  await expect(openRuntime(other)).rejects.toThrow(
    /^the saved password of the mail server .*SECRET_KEY[^\n]*$/,
  );
});

import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  ConfigurationError,
  PROJECT_ROOT,
  SECRET_VARIABLES,
  environmentSchema,
  makeFolders,
  readConfig,
} from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'votix-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('.env.example', () => {
  const text = readFileSync(join(PROJECT_ROOT, '.env.example'), 'utf8');
  const listed = [...text.matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => ({
    name,
    value,
  }));

  it('lists exactly the variables that are read', () => {
    const read = [...Object.keys(environmentSchema.shape), ...SECRET_VARIABLES.map((name) => `${name}_FILE`)];
    expect(listed.map(({ name }) => name).sort()).toEqual(read.sort());
  });

  it('shows the defaults that are used', () => {
    const defaults: Readonly<Record<string, unknown>> = environmentSchema.parse({});
    const shown = listed.filter(({ name, value }) => value !== '' && name !== 'PUBLIC_URL');
    for (const { name, value } of shown) expect(`${name}=${String(defaults[name])}`).toBe(`${name}=${value}`);
  });
});

describe('the environment', () => {
  it('needs nothing, and follows the port', () => {
    expect(readConfig({}).publicUrl).toBe('http://localhost:3000');
    expect(readConfig({ PORT: '4100' }).publicUrl).toBe('http://localhost:4100');
    expect(readConfig({ PUBLIC_URL: 'https://Vote.Example.org/' }).publicUrl).toBe(
      'https://vote.example.org',
    );
  });

  it.each([
    [{ PORT: 'many' }, 'PORT'],
    [{ PORT: '0' }, 'PORT'],
    [{ PUBLIC_URL: 'vote.example.org' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'ftp://vote.example.org' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'https://vote.example.org/path' }, 'PUBLIC_URL'],
    [{ TRUSTED_PROXIES: '-1' }, 'TRUSTED_PROXIES'],
    [{ SMTP_TLS: 'yes' }, 'SMTP_TLS'],
    [{ SMTP_VERIFY_CERTIFICATE: 'no' }, 'SMTP_VERIFY_CERTIFICATE'],
    [{ MAIL_FROM: 'nobody' }, 'MAIL_FROM'],
    [{ MAIL_QUIET_FROM: '25:00' }, 'MAIL_QUIET_FROM'],
    [{ MAIL_QUIET_FROM: '22:00' }, 'MAIL_QUIET_UNTIL'],
    [{ METRICS_TOKEN: 'short' }, 'METRICS_TOKEN'],
    [{ LANGUAGES: 'en,de' }, 'LANGUAGES'],
    [{ TIME_ZONE: 'Mars/Olympus' }, 'TIME_ZONE'],
    [{ ALLOWED_DOMAINS: 'example.org,not a domain' }, 'ALLOWED_DOMAINS'],
    [{ SECRET_KEY: 'a', SECRET_KEY_FILE: '/b' }, 'SECRET_KEY_FILE'],
    [{ SMTP_PASSWORD_FILE: '/nowhere/at/all' }, 'SMTP_PASSWORD_FILE'],
  ])('%j stops the start with one line that names %s', (environment, name) => {
    const read = (): unknown => readConfig(environment);
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(name);
    expect(read).not.toThrow('\n');
  });

  it('is where the settings start from', () => {
    const lists = {
      LANGUAGES: 'fr',
      ALLOWED_DOMAINS: 'School.example, @etu.school.example',
      PROMOTIONS: 'E1,E2',
    };
    expect(readConfig({ ...lists, TIME_ZONE: 'UTC' })).toMatchObject({
      languages: ['fr'],
      domains: ['school.example', 'etu.school.example'],
      promotions: ['E1', 'E2'],
      timeZone: 'UTC',
    });
  });

  it('takes a secret out of a file', () => {
    const file = join(folder, 'password');
    writeFileSync(file, 'from a file\n');
    const config = readConfig({ SMTP_HOST: 'mail.example.org', SMTP_PASSWORD_FILE: file });
    expect(config.smtp?.password).toBe('from a file');
  });

  it('refuses a folder that cannot be made', () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const config = { ...readConfig({}), varDir: join(file, 'var') };
    expect(() => makeFolders(config)).toThrow(ConfigurationError);
  });
});

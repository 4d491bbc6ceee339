import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Language, LANGUAGES } from './domain/election.ts';
import { faultsOf, parseInput } from './domain/input-faults.ts';
import { CLOCK_TIME, type QuietHours, startingSettings } from './domain/settings.ts';

/** The folder that holds package.json, from the sources and from dist/ alike. */
export const PROJECT_ROOT = ((): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();

const port = z.coerce.number().int().min(1).max(65_535);
const clockTime = z.string().regex(CLOCK_TIME, 'a time such as 22:00');
/** Entries between commas. */
const list = z.string().transform((text): readonly string[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''),
);
const strictBoolean = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Every variable that the environment may set; `.env.example` lists the same ones, held equal by a test. */
export const environmentSchema = z.object({
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(9).default(0),
  VAR_DIR: z.string().min(1).default('var'),
  LOG_DIR: z.string().min(1).default('logs'),
  LOGO_DIR: z.string().min(1).default('static/logos'),
  SECRET_KEY: z.string().min(1).optional(),
  ORGANISATION: z.string().min(1).default('Votix'),
  LANGUAGES: list.default(LANGUAGES),
  TIME_ZONE: z.string().default('Europe/Paris'),
  ALLOWED_DOMAINS: list.default([]),
  PROMOTIONS: list.default([]),
  SMTP_HOST: z.string().min(1).optional(),
  SMTP_PORT: port.default(587),
  SMTP_TLS: z.enum(['starttls', 'implicit', 'none']).default('starttls'),
  SMTP_VERIFY_CERTIFICATE: strictBoolean.default(true),
  SMTP_USER: z.string().min(1).optional(),
  SMTP_PASSWORD: z.string().min(1).optional(),
  MAIL_FROM: z.email().default('votix@localhost.localdomain'),
  MAIL_REPLY_TO: z.email().optional(),
  MAIL_PER_MINUTE: z.coerce.number().int().min(1).max(100_000).optional(),
  MAIL_QUIET_FROM: clockTime.optional(),
  MAIL_QUIET_UNTIL: clockTime.optional(),
  METRICS_TOKEN: z.string().min(20, 'at least 20 characters').optional(),
});

/** Secrets may come from a file named by `NAME_FILE`, as container platforms hand them over. */
export const SECRET_VARIABLES = ['SECRET_KEY', 'SMTP_PASSWORD', 'METRICS_TOKEN'] as const;

export interface SmtpConfig {
  readonly host: string;
  readonly port: number;
  readonly tls: 'starttls' | 'implicit' | 'none';
  readonly verifyCertificate: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

export interface Config {
  /** Origin of every link sent out, without a slash at the end. */
  readonly publicUrl: string;
  readonly host: string;
  readonly port: number;
  /** How many reverse proxies stand before the server; each adds one address to X-Forwarded-For. */
  readonly trustedProxies: number;
  readonly varDir: string;
  readonly logDir: string;
  readonly logoDir: string;
  readonly secretKey: string | undefined;
  readonly organisation: string;
  /** File name in `logoDir` of the association's logo. */
  readonly logo: string | undefined;
  /** What readers may choose; the first is for those whose own is not among them. Never empty. */
  readonly languages: Language[];
  /** Of new elections and of the quiet hours. */
  readonly timeZone: string;
  /** The only domains whose addresses a roll may hold; empty: any. */
  readonly domains: string[];
  readonly promotions: string[];
  readonly smtp: SmtpConfig | undefined;
  readonly mailFrom: string;
  readonly mailReplyTo: string | undefined;
  /** Most e-mails handed over in a minute; undefined: as fast as the mail server takes them. */
  readonly mailPerMinute: number | undefined;
  /** Hours of the day at which no e-mail leaves. */
  readonly quietHours: QuietHours | undefined;
  /** What a reader of /metrics shows; undefined: nobody reads them. */
  readonly metricsToken: string | undefined;
}

/** A start that must not happen, with one line that says what to do. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** Reads the environment, once. Unknown shapes stop the start with every remedy in one line. */
export function readConfig(environment: NodeJS.ProcessEnv = ownEnvironment()): Config {
  const given: Record<string, string> = {};
  for (const name of Object.keys(environmentSchema.shape)) {
    const value = environment[name];
    if (value !== undefined && value !== '') given[name] = value;
  }
  for (const name of SECRET_VARIABLES) {
    const file = environment[`${name}_FILE`];
    if (file === undefined || file === '') continue;
    if (given[name] !== undefined) throw new ConfigurationError(`set ${name} or ${name}_FILE, not both`);
    given[name] = readSecretFile(name, file);
  }
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigurationError(`the environment cannot be used: ${faults.join('; ')} (see .env.example)`);
  }
  return configOf(parsed.data);
}

function configOf(env: z.output<typeof environmentSchema>): Config {
  const url = new URL(env.PUBLIC_URL ?? `http://localhost:${env.PORT}`);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new ConfigurationError('PUBLIC_URL is an origin such as https://vote.example.org, without a path');
  }
  const starting = startingOf(env);
  const quiet = together(env, 'MAIL_QUIET_FROM', 'MAIL_QUIET_UNTIL');
  return {
    publicUrl: url.origin,
    host: env.HOST,
    port: env.PORT,
    trustedProxies: env.TRUSTED_PROXIES,
    varDir: resolve(PROJECT_ROOT, env.VAR_DIR),
    logDir: resolve(PROJECT_ROOT, env.LOG_DIR),
    logoDir: resolve(PROJECT_ROOT, env.LOGO_DIR),
    secretKey: env.SECRET_KEY,
    ...starting,
    logo: undefined,
    smtp:
      env.SMTP_HOST === undefined
        ? undefined
        : {
            host: env.SMTP_HOST,
            port: env.SMTP_PORT,
            tls: env.SMTP_TLS,
            verifyCertificate: env.SMTP_VERIFY_CERTIFICATE,
            user: env.SMTP_USER,
            password: env.SMTP_PASSWORD,
          },
    mailFrom: env.MAIL_FROM,
    mailReplyTo: env.MAIL_REPLY_TO,
    mailPerMinute: env.MAIL_PER_MINUTE,
    quietHours:
      quiet === undefined ? undefined : { from: quiet[0], until: quiet[1], timeZone: starting.timeZone },
    metricsToken: env.METRICS_TOKEN,
  };
}

/** The settings that may start from the environment, each by its variable. */
const STARTING = {
  organisation: 'ORGANISATION',
  languages: 'LANGUAGES',
  timeZone: 'TIME_ZONE',
  domains: 'ALLOWED_DOMAINS',
  promotions: 'PROMOTIONS',
} as const;

function startingOf(env: z.output<typeof environmentSchema>): z.output<typeof startingSettings> {
  const given = Object.entries(STARTING).map(([setting, variable]) => [setting, env[variable]]);
  const parsed = parseInput(startingSettings, Object.fromEntries(given));
  if (parsed.ok) return parsed.value;
  const variables: Readonly<Record<string, string>> = STARTING;
  const faults = faultsOf('en', parsed).map(({ name, sentence }) => {
    const setting = name.split('.')[0] ?? name;
    return `${variables[setting] ?? setting}: ${sentence}`;
  });
  throw new ConfigurationError(`the environment cannot be used: ${faults.join(' ')} (see .env.example)`);
}

/** Two variables of which one means nothing without the other. */
function together<Name extends string>(
  env: Readonly<Partial<Record<Name, string | undefined>>>,
  first: Name,
  second: Name,
): readonly [string, string] | undefined {
  const [a, b] = [env[first], env[second]];
  if (a !== undefined && b !== undefined) return [a, b];
  if (a === undefined && b === undefined) return undefined;
  throw new ConfigurationError(`set both ${first} and ${second}, or none of them (see .env.example)`);
}

/** The process's environment; what it does not set is taken from the file `.env` beside package.json, if there is one. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const file = join(PROJECT_ROOT, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
}

function readSecretFile(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new ConfigurationError(`${name}_FILE cannot be read: check the path and its permissions`);
  }
}

/** Makes the runtime folders; a folder that cannot be made stops the start. */
export function makeFolders(config: Config): void {
  for (const folder of [config.varDir, config.logDir, config.logoDir]) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o750 });
    } catch {
      throw new ConfigurationError(`the folder ${folder} cannot be made: check the owner and the disk`);
    }
  }
}

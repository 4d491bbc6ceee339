import { type Config, ConfigurationError } from './config.ts';
import type { QuietHours, Settings } from './domain/settings.ts';
import { fromBase64url, toBase64url, utf8 } from './protocol/bytes.ts';
import type { ServerSecret } from './secret.ts';
import { findSealedSmtpPassword, loadSettings } from './store/settings.ts';
import type { Reader } from './store/store.ts';

const PURPOSE = 'votix/smtp-password';

/** The mail server's password as it is kept: under the server secret, in base64url. */
export const sealSmtpPassword = (secret: ServerSecret, password: string): string =>
  toBase64url(secret.seal(PURPOSE, utf8(password)));

function openSmtpPassword(secret: ServerSecret, sealed: string): string {
  try {
    return secret.open(PURPOSE, fromBase64url(sealed) ?? new Uint8Array()).toString('utf8');
  } catch {
    throw new ConfigurationError(
      'the saved password of the mail server cannot be read: SECRET_KEY is not the one it was saved under',
    );
  }
}

/** The configuration in force: what was saved, and where nothing was, the environment. */
function laidOver(environment: Config, settings: Settings, smtpPassword: string | undefined): Config {
  return {
    ...environment,
    organisation: settings.organisation,
    domains: settings.domains,
    promotions: settings.promotions,
    timeZone: settings.timeZone,
    publicUrl: settings.publicUrl ?? environment.publicUrl,
    languages: settings.languages,
    logo: settings.logo ?? undefined,
    // never a mixture: whoever may name another server would be handed the password of the environment's
    smtp:
      settings.smtpHost === null
        ? environment.smtp
        : {
            host: settings.smtpHost,
            port: settings.smtpPort,
            tls: settings.smtpTls,
            verifyCertificate: settings.smtpVerifyCertificate,
            user: settings.smtpUser ?? undefined,
            password: smtpPassword,
          },
    mailFrom: settings.mailFrom ?? environment.mailFrom,
    mailReplyTo: settings.mailReplyTo ?? environment.mailReplyTo,
    mailPerMinute: settings.mailPerMinute ?? environment.mailPerMinute,
    quietHours: quietHoursOf(environment.quietHours, settings),
  };
}

function quietHoursOf(environment: QuietHours | undefined, settings: Settings): QuietHours | undefined {
  const { quietFrom, quietUntil, timeZone } = settings;
  if (quietFrom === null || quietUntil === null)
    return environment === undefined ? undefined : { ...environment, timeZone };
  return quietFrom === quietUntil ? undefined : { from: quietFrom, until: quietUntil, timeZone };
}

/**
 * Lays what is saved in the database over the environment. Throws ConfigurationError, one line, where the mail server's
 * password was sealed under another secret.
 */
export async function effectiveConfig(
  environment: Config,
  secret: ServerSecret,
  reader: Reader,
): Promise<Config> {
  const settings = await loadSettings(reader, environment);
  const sealed = await findSealedSmtpPassword(reader);
  return laidOver(environment, settings, sealed === undefined ? undefined : openSmtpPassword(secret, sealed));
}

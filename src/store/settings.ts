import {
  type SettingName,
  type Settings,
  type StartingSettings,
  initialSettings,
  settingsSchema,
} from '../domain/settings.ts';
import type { Reader, Transaction } from './store.ts';

/** The server's settings; `starting` is what holds until another value is saved. Stored values that do not fit are a bug. */
export async function loadSettings(reader: Reader, starting: StartingSettings): Promise<Settings> {
  const rows = await reader.selectFrom('setting').selectAll().execute();
  const settings: Record<string, unknown> = { ...initialSettings(starting) };
  for (const { name, value } of rows) {
    if (name in settings) settings[name] = JSON.parse(value) as unknown;
  }
  return settingsSchema.parse(settings);
}

/** Writes the named settings; what is null, and so left to the environment, leaves no row. */
export async function saveSettings(
  trx: Transaction,
  settings: Settings,
  names: readonly SettingName[],
): Promise<void> {
  for (const name of names) {
    if (settings[name] === null) await forgetSetting(trx, name);
    else await keep(trx, name, JSON.stringify(settings[name]));
  }
}

/** Gives a setting back to the environment. */
export const forgetSetting = (trx: Transaction, name: SettingName): Promise<void> => forget(trx, name);

/** The row of the mail server's password: sealed, in base64url, and no setting that a page could show. */
const SMTP_PASSWORD = 'smtpPassword';

/** The sealed password of the mail server; undefined where none is kept. */
export async function findSealedSmtpPassword(reader: Reader): Promise<string | undefined> {
  const row = await reader
    .selectFrom('setting')
    .select('value')
    .where('name', '=', SMTP_PASSWORD)
    .executeTakeFirst();
  return row?.value;
}

/** Keeps the sealed password of the mail server, or forgets it. */
export const replaceSealedSmtpPassword = (trx: Transaction, sealed: string | undefined): Promise<void> =>
  sealed === undefined ? forget(trx, SMTP_PASSWORD) : keep(trx, SMTP_PASSWORD, sealed);

async function keep(trx: Transaction, name: string, value: string): Promise<void> {
  await trx
    .insertInto('setting')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

async function forget(trx: Transaction, name: string): Promise<void> {
  await trx.deleteFrom('setting').where('name', '=', name).execute();
}

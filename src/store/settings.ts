import { type SettingName, type Settings, initialSettings, settingsSchema } from '../domain/settings.ts';
import type { Reader, Transaction } from './store.ts';

/** The server's settings; `organisation` is the name used until one has been set. Stored values that do not fit are a bug. */
export async function loadSettings(reader: Reader, organisation: string): Promise<Settings> {
  const rows = await reader.selectFrom('setting').selectAll().execute();
  const settings: Record<string, unknown> = { ...initialSettings(organisation) };
  for (const { name, value } of rows) {
    if (name in settings) settings[name] = JSON.parse(value) as unknown;
  }
  return settingsSchema.parse(settings);
}

/** Writes the named settings. */
export async function saveSettings(
  trx: Transaction,
  settings: Settings,
  names: readonly SettingName[],
): Promise<void> {
  for (const name of names) {
    const value = JSON.stringify(settings[name]);
    await trx
      .insertInto('setting')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
  }
}

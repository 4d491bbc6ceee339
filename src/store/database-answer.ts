import type { Reader } from './store.ts';

/** Asks the database the smallest question there is; throws where it cannot answer. */
export async function askDatabase(reader: Reader): Promise<void> {
  await reader.selectFrom('setting').select('name').limit(1).execute();
}

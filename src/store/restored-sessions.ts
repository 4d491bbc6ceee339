import type { Transaction } from './store.ts';

/** Ends every session and set-up link that came back with a backup: they may have been ended since it was made. */
export async function endRestoredSessions(trx: Transaction): Promise<void> {
  await trx.deleteFrom('staff_session').execute();
  await trx.deleteFrom('setup_link').execute();
}

import { SELF_REGISTRATION } from './domain/approvals.ts';
import type { Log } from './logger.ts';
import type { Store } from './store/store.ts';

const SLOW_SECONDS = 1;
/** Acts of the schedule and of people who put themselves on the roll are no staff acts. */
const NO_STAFF: readonly string[] = ['clock', SELF_REGISTRATION];

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};

/** Writes what the database tells of itself into the logs: no statement, no value; of an act only who and what. */
export function logStore({ admin, database }: Log, store: Store): void {
  if (store.migrated.length > 0) database.info({ migrations: store.migrated }, 'schema brought up to date');
  store.watch({
    committed: (_, seconds) => {
      if (seconds > SLOW_SECONDS) database.warn({ seconds: Math.round(seconds * 10) / 10 }, 'slow commit');
    },
    acted: ({ actor, kind }) => {
      if (!NO_STAFF.includes(actor)) admin.info({ actor, kind }, 'act');
    },
    failed: (error) => database.error({ code: codeOf(error) }, 'a commit failed'),
  });
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from './clock.ts';
import { type Config, makeFolders } from './config.ts';
import { type Log, openLog } from './logger.ts';
import { type ServerSecret, loadServerSecret } from './secret.ts';
import { openSqlite } from './store/sqlite.ts';
import type { Store } from './store/store.ts';

/** What every use case stands on, made once at start and handed down. */
export interface Runtime {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly secret: ServerSecret;
  readonly store: Store;
}

export const databaseFile = (config: Config): string => join(config.varDir, 'votix.sqlite');

/** Opens folders, secret, logs and database, in the order in which a fault is cheapest. */
export async function openRuntime(config: Config, clock: Clock = systemClock): Promise<Runtime> {
  makeFolders(config);
  const isFirstStart = !existsSync(databaseFile(config));
  const secret = loadServerSecret(config.secretKey, join(config.varDir, 'secret.key'), { isFirstStart });
  const log = openLog(config.logDir);
  const store = await openSqlite(databaseFile(config));
  return { config, clock, log, secret, store };
}

export async function closeRuntime(runtime: Runtime): Promise<void> {
  await runtime.store.close();
  runtime.log.close();
}

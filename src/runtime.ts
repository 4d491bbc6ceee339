import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from './clock.ts';
import { type Config, makeFolders } from './config.ts';
import { effectiveConfig } from './effective-config.ts';
import { logStore } from './log-store.ts';
import { type Log, openLog } from './logger.ts';
import { type ServerSecret, loadServerSecret } from './secret.ts';
import { openSqlite } from './store/sqlite.ts';
import type { Store } from './store/store.ts';

/** What every use case stands on, made once at start and handed down. */
export interface Runtime {
  /** What is in force: one object, changed in place when an admin saves. Read its fields when they are needed. */
  readonly config: Config;
  /** What the environment said, over which `config` is laid. */
  readonly environment: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly secret: ServerSecret;
  readonly store: Store;
}

export const databaseFile = (config: Config): string => join(config.varDir, 'votix.sqlite');

/** Opens folders, secret, logs and database, in the order in which a fault is cheapest. */
export async function openRuntime(environment: Config, clock: Clock = systemClock): Promise<Runtime> {
  makeFolders(environment);
  const file = databaseFile(environment);
  const keyFile = join(environment.varDir, 'secret.key');
  const secret = loadServerSecret(environment.secretKey, keyFile, { isFirstStart: !existsSync(file) });
  const log = openLog(environment.logDir);
  const store = await openSqlite(file);
  logStore(log, store);
  try {
    const config = await effectiveConfig(environment, secret, store.read);
    return { config, environment, clock, log, secret, store };
  } catch (error) {
    await store.close();
    log.close();
    throw error;
  }
}

export async function closeRuntime(runtime: Runtime): Promise<void> {
  await runtime.store.close();
  runtime.log.close();
}

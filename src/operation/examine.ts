import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { effectiveConfig } from '../effective-config.ts';
import { databaseFile } from '../runtime.ts';
import { loadServerSecret } from '../secret.ts';
import { openCopy } from '../store/backup.ts';
import { SECRET_FILE } from './backup-manifest.ts';
import { checkSchema, dataChecks } from './data-checks.ts';
import { type Finding, contradiction, failure, warning } from './finding.ts';
import { HOST_CHECKS, configChecks } from './host-checks.ts';

/** Examines an installation, running or not, and changes nothing in its database; each finding as it is made. */
export async function* examine(environment: Config, now: number): AsyncGenerator<Finding> {
  for (const check of HOST_CHECKS) yield await check(environment);
  if (!existsSync(databaseFile(environment))) {
    yield warning('database', 'there is none yet', 'the first start of serve makes it');
    yield* configChecks(environment);
    return;
  }
  try {
    yield* examineData(environment, now);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    yield contradiction('database', said, 'stop the server, keep the file, restore a backup');
  }
}

async function* examineData(environment: Config, now: number): AsyncGenerator<Finding> {
  const copy = openCopy(databaseFile(environment));
  try {
    const schema = await checkSchema(copy);
    yield schema;
    if (schema.level !== 'ok') return;
    yield* dataChecks(copy, now);
    const config = await configOf(environment, copy);
    if (config.ok) yield* configChecks(config.value);
    else yield failure('configuration', config.fault, 'give the right secret, or save the password again');
  } finally {
    await copy.close();
  }
}

async function configOf(
  environment: Config,
  copy: ReturnType<typeof openCopy>,
): Promise<{ ok: true; value: Config } | { ok: false; fault: string }> {
  try {
    const file = join(environment.varDir, SECRET_FILE);
    const secret = loadServerSecret(environment.secretKey, file, { isFirstStart: false });
    return { ok: true, value: await effectiveConfig(environment, secret, copy.read) };
  } catch (error) {
    return { ok: false, fault: error instanceof Error ? error.message : String(error) };
  }
}

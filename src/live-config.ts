import { isDeepStrictEqual } from 'node:util';
import { effectiveConfig } from './effective-config.ts';
import type { Runtime } from './runtime.ts';

/** How soon what another process saved is used here, in milliseconds. */
const LOOK_EVERY_MS = 2_000;

/**
 * Brings `runtime.config` up to date with what is saved, in place: whoever holds it sees the change. A part that stayed
 * as it was stays the same object, so that a changed mail server can be told by comparing.
 */
export async function refreshConfig({ config, environment, secret, store }: Runtime): Promise<void> {
  const next = await effectiveConfig(environment, secret, store.read);
  const changed = Object.entries(next).filter(
    ([name, value]) => !isDeepStrictEqual(Reflect.get(config, name), value),
  );
  Object.assign(config, Object.fromEntries(changed));
}

/** Looks every two seconds for what another process has saved; the answer stops it. */
export function startConfigWatch(runtime: Runtime): () => void {
  const timer = setInterval(() => {
    void refreshConfig(runtime).catch((error: unknown) =>
      runtime.log.app.error({ err: error }, 'the configuration could not be read'),
    );
  }, LOOK_EVERY_MS).unref();
  return () => clearInterval(timer);
}

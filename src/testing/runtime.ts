import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import { type Runtime, closeRuntime, openRuntime } from '../runtime.ts';

/** A clock that stands still until a test moves it. */
export class MovableClock implements Clock {
  #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  set(now: number): void {
    this.#now = now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}

export interface TestRuntime extends Runtime {
  readonly clock: MovableClock;
  /** The temporary folder that holds var, logs and logos. */
  readonly folder: string;
  readonly cleanup: () => Promise<void>;
}

/** 2026-07-03 10:00:00 UTC, a Friday. */
export const TEST_START = Date.UTC(2026, 6, 3, 10);

// 32 fixed bytes, so that derived links and codes repeat from run to run
const SECRET = 'Vm90aXggdGVzdCBzZWNyZXQgd2l0aCAzMiBieXRlcyE';

/** The real runtime on a SQLite file of its own, with a clock that tests move; `cleanup` removes all of it. */
export async function openTestRuntime(
  options: { readonly now?: number; readonly config?: Partial<Config> } = {},
): Promise<TestRuntime> {
  const folder = mkdtempSync(join(tmpdir(), 'votix-test-'));
  const config: Config = {
    ...readConfig({
      VAR_DIR: join(folder, 'var'),
      LOG_DIR: join(folder, 'logs'),
      LOGO_DIR: join(folder, 'logos'),
      SECRET_KEY: SECRET,
      ORGANISATION: 'Test School',
    }),
    ...options.config,
  };
  const clock = new MovableClock(options.now ?? TEST_START);
  const runtime = await openRuntime(config, clock);
  return {
    ...runtime,
    clock,
    folder,
    cleanup: async () => {
      await closeRuntime(runtime);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

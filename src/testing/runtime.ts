import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import { type Runtime, closeRuntime, openRuntime } from '../runtime.ts';

/** A clock that tests move; it stands still otherwise. */
export class SteppingClock implements Clock {
  #now: number;

  constructor(start = Date.parse('2026-03-02T09:00:00Z')) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  set(now: number): void {
    this.#now = now;
  }

  /** Moves the clock by `ms`, backwards where negative. */
  step(ms: number): void {
    this.#now += ms;
  }
}

export interface TestRuntime {
  readonly runtime: Runtime;
  readonly clock: SteppingClock;
  /** The temporary folder that holds database, logs and logos. */
  readonly folder: string;
  /** Closes the database and opens everything again, as a restart does; `meanwhile` runs while all is closed. */
  restart(meanwhile?: () => Promise<unknown>): Promise<Runtime>;
  dispose(): Promise<void>;
}

/** A whole runtime on a real SQLite file in a folder of its own. `environment` as in `.env.example`. */
export async function temporaryRuntime(
  environment: Readonly<Record<string, string>> = {},
): Promise<TestRuntime> {
  const folder = mkdtempSync(join(tmpdir(), 'votix-test-'));
  const config: Config = readConfig({
    VAR_DIR: folder,
    LOG_DIR: join(folder, 'logs'),
    LOGO_DIR: join(folder, 'logos'),
    ...environment,
  });
  const clock = new SteppingClock();
  let runtime = await openRuntime(config, clock);
  return {
    get runtime() {
      return runtime;
    },
    clock,
    folder,
    async restart(meanwhile) {
      await closeRuntime(runtime);
      await meanwhile?.();
      runtime = await openRuntime(config, clock);
      return runtime;
    },
    async dispose() {
      await closeRuntime(runtime);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A runtime for tests that never restart it: the runtime itself, its clock, and what removes it all. */
export interface OpenedRuntime extends Runtime {
  readonly clock: SteppingClock;
  readonly folder: string;
  readonly cleanup: () => Promise<void>;
}

// 32 fixed bytes, so that derived links and codes repeat from run to run
const SECRET = 'Vm90aXggdGVzdCBzZWNyZXQgd2l0aCAzMiBieXRlcyE';

/** `temporaryRuntime` with a fixed secret, spread out. */
export async function openTestRuntime(
  options: { readonly now?: number; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<OpenedRuntime> {
  const temporary = await temporaryRuntime({
    SECRET_KEY: SECRET,
    ORGANISATION: 'Test School',
    ...options.environment,
  });
  const { runtime, clock, folder } = temporary;
  if (options.now !== undefined) clock.set(options.now);
  return { ...runtime, clock, folder, cleanup: () => temporary.dispose() };
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Runtime } from '../runtime.ts';
import { nextDue } from '../store/mail-claims.ts';
import { allowanceNow } from './allowance.ts';
import { deliverQueued } from './deliver.ts';
import { openTransport } from './open-transport.ts';
import type { MailTransport } from './transport.ts';

/** How often the queue is looked at, in milliseconds. */
const LOOK_EVERY = 500;
/** Longest pause while the mail server is in trouble. */
const LONGEST_PAUSE = 60_000;
/** How often a run starts though nothing is due: it takes back what a worker that died had claimed. */
const RUN_ANYWAY_EVERY = 30_000;

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  pause(ms, undefined, { signal }).catch(() => undefined);

/** The transport that the configuration asks for now: a saved change is used by the next e-mail. */
class CurrentTransport {
  readonly #runtime: Runtime;
  #opened: { readonly by: string; readonly transport: MailTransport } | undefined;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** Whether the configuration is no longer the one that the transport was opened by. */
  isOutdated(): boolean {
    return this.#opened !== undefined && this.#opened.by !== this.#wanted();
  }

  /** To be asked between runs only: it closes the transport of an older configuration. */
  get(): MailTransport {
    const by = this.#wanted();
    if (this.#opened?.by === by) return this.#opened.transport;
    this.close();
    const transport = openTransport(this.#runtime.config);
    this.#opened = { by, transport };
    return transport;
  }

  close(): void {
    this.#opened?.transport.close();
    this.#opened = undefined;
  }

  #wanted(): string {
    return JSON.stringify(this.#runtime.config.smtp ?? null);
  }
}

async function work(runtime: Runtime, current: CurrentTransport, signal: AbortSignal): Promise<void> {
  let wait = LOOK_EVERY;
  let restsUntil = 0;
  let ranAt = -Infinity;
  while (!signal.aborted) {
    // a new server has not been in trouble yet
    if (performance.now() >= restsUntil || current.isOutdated()) {
      try {
        const isLate = performance.now() - ranAt >= RUN_ANYWAY_EVERY;
        const due = await nextDue(runtime.store.read, allowanceNow(runtime));
        if (isLate || due.found !== undefined) {
          ranAt = performance.now();
          const transport = current.get();
          const options = { transport, signal, mayGoOn: () => !current.isOutdated() };
          const { outage } = await deliverQueued(runtime, options);
          if (outage !== undefined) runtime.log.email.warn({ answer: outage }, 'mail server in trouble');
          wait = outage === undefined ? LOOK_EVERY : Math.min(wait * 2, LONGEST_PAUSE);
        } else wait = LOOK_EVERY;
      } catch (error) {
        runtime.log.app.error({ err: error }, 'mail worker');
        wait = Math.min(wait * 2, LONGEST_PAUSE);
      }
      restsUntil = performance.now() + wait;
    }
    await sleep(LOOK_EVERY, signal);
  }
}

/** Sends queued e-mails in the background of this process; the answer stops it, after the sends under way. */
export function startMailWorker(runtime: Runtime): () => Promise<void> {
  const stopping = new AbortController();
  const current = new CurrentTransport(runtime);
  const working = work(runtime, current, stopping.signal);
  return async () => {
    stopping.abort();
    await working;
    current.close();
  };
}

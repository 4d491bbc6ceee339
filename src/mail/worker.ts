import { setTimeout as pause } from 'node:timers/promises';
import type { Runtime } from '../runtime.ts';
import { hasDueMail } from '../store/mail.ts';
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

async function work(runtime: Runtime, transport: MailTransport, signal: AbortSignal): Promise<void> {
  let wait = LOOK_EVERY;
  let ranAt = -Infinity;
  while (!signal.aborted) {
    try {
      const isLate = performance.now() - ranAt >= RUN_ANYWAY_EVERY;
      if (isLate || (await hasDueMail(runtime.store.read, runtime.clock.now()))) {
        ranAt = performance.now();
        const { outage } = await deliverQueued(runtime, { transport, signal });
        if (outage !== undefined) runtime.log.email.warn({ answer: outage }, 'mail server in trouble');
        wait = outage === undefined ? LOOK_EVERY : Math.min(wait * 2, LONGEST_PAUSE);
      } else wait = LOOK_EVERY;
    } catch (error) {
      runtime.log.app.error({ err: error }, 'mail worker');
      wait = Math.min(wait * 2, LONGEST_PAUSE);
    }
    await sleep(wait, signal);
  }
}

/** Sends queued e-mails in the background of this process; the answer stops it, after the sends under way. */
export function startMailWorker(runtime: Runtime): () => Promise<void> {
  const stopping = new AbortController();
  const transport = openTransport(runtime.config);
  const working = work(runtime, transport, stopping.signal);
  return async () => {
    stopping.abort();
    await working;
    transport.close();
  };
}

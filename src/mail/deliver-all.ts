import { setTimeout as pause } from 'node:timers/promises';
import type { WaitReason } from '../domain/mail.ts';
import type { Runtime } from '../runtime.ts';
import { nextDue } from '../store/mail-claims.ts';
import { allowanceNow } from './allowance.ts';
import { type DeliveryOptions, type DeliveryReport, deliverQueued } from './deliver.ts';

/** How often the queue is looked at while it waits, in milliseconds. */
const LOOK_EVERY = 500;

export interface DeliverAllOptions extends Omit<DeliveryOptions, 'transport' | 'mayGoOn'> {
  /** Told once for each reason to wait, as it begins. */
  readonly onWait?: (reason: WaitReason) => void;
}

/** Waits through throttle and quiet hours. Answers why nothing leaves in the end, undefined where nothing is due. */
async function waitForDue(
  runtime: Runtime,
  options: DeliverAllOptions,
): Promise<'due' | WaitReason | undefined> {
  const { signal } = options;
  let told: WaitReason | undefined;
  for (;;) {
    const due = await nextDue(runtime.store.read, allowanceNow(runtime, options));
    if (due.found !== undefined) return 'due';
    const { waitingFor } = due;
    if (waitingFor !== undefined && waitingFor !== told) options.onWait?.(waitingFor);
    told = waitingFor;
    if (waitingFor === undefined || waitingFor === 'pause') return waitingFor;
    await pause(LOOK_EVERY, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    if (signal?.aborted === true) return waitingFor;
  }
}

/**
 * Runs until all that is due has left, through throttle and quiet hours. A pause ends it, as only a person can end that;
 * so do trouble of the mail server, and the signal.
 */
export async function deliverAll(runtime: Runtime, options: DeliverAllOptions = {}): Promise<DeliveryReport> {
  const done = { sent: 0, refused: 0, skipped: 0, delayed: 0 };
  for (;;) {
    const before = { ...done };
    const add = (counts: typeof done): void => {
      for (const name of ['sent', 'refused', 'skipped', 'delayed'] as const)
        done[name] = before[name] + counts[name];
    };
    const report = await deliverQueued(runtime, {
      ...options,
      onProgress: (counts) => {
        add(counts);
        options.onProgress?.(done);
      },
    });
    add(report);
    if (report.outage !== undefined || report.waitingFor === undefined) return { ...report, ...done };
    const next = await waitForDue(runtime, options);
    if (next !== 'due') return { ...done, outage: undefined, waitingFor: next };
  }
}

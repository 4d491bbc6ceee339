import { startLifecycleClock } from '../features/election-setup/index.ts';
import { startTurnoutClock } from '../features/live/index.ts';
import { startUploadSweep } from '../features/voter-roll/index.ts';
import { startConfigWatch } from '../live-config.ts';
import { startMailWorker } from '../mail/worker.ts';
import type { Runtime } from '../runtime.ts';
import { startUrnCheck } from '../urn-check.ts';
import { startWitness } from '../witness.ts';

type Stop = () => void | Promise<void>;

/** What runs beside the requests, from start to stop. Each answers how to stop it. */
const STARTERS: readonly ((runtime: Runtime) => Stop)[] = [
  startLifecycleClock,
  startMailWorker,
  startUploadSweep,
  startTurnoutClock,
  startUrnCheck,
  startWitness,
  startConfigWatch,
];

/** Starts all of it; the answer stops all of it and waits for what is under way. */
export function startBackground(runtime: Runtime): () => Promise<void> {
  const stops = STARTERS.map((start) => start(runtime));
  return async () => {
    await Promise.all(stops.map(async (stop) => stop()));
  };
}

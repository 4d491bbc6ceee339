import { parentPort, workerData } from 'node:worker_threads';
import { type RollReading, type RollSettings, readRollInSteps } from './reading/index.ts';

/** What the worker is started with. */
export interface RollOrder {
  readonly bytes: Uint8Array;
  readonly settings: RollSettings;
  readonly maxBytes: number;
}

/** What it posts: how far it is, then the reading in parts, and its head at last. */
export type RollMessage =
  | { readonly share: number }
  | { readonly voters: RollReading['voters'] }
  | { readonly errors: RollReading['errors'] }
  | { readonly head: Pick<RollReading, 'encoding' | 'delimiter' | 'header' | 'file_error'> };

const ROWS_A_MESSAGE = 1_000;

function* parts<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += ROWS_A_MESSAGE) yield rows.slice(at, at + ROWS_A_MESSAGE);
}

const port = parentPort;
if (port === null) throw new Error('this module runs as a worker thread');
const post = (message: RollMessage): void => port.postMessage(message);

const { bytes, settings, maxBytes } = workerData as RollOrder;
const steps = readRollInSteps(bytes, settings, maxBytes);
let step = steps.next();
for (; step.done !== true; step = steps.next()) post({ share: step.value.share });
const { voters, errors, ...head } = step.value;
for (const part of parts(voters)) post({ voters: part });
for (const part of parts(errors)) post({ errors: part });
post({ head });

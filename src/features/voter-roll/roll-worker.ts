import { once } from 'node:events';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type RollReading, type RollSettings, readRollInSteps } from './reading/index.ts';

/** What the worker is started with. */
export interface RollOrder {
  readonly bytes: Uint8Array;
  readonly settings: RollSettings;
  readonly maxBytes: number;
}

/** What it posts: how far it is, then the reading in parts, each answered by any message, and its head at last. */
export type RollMessage =
  | { readonly share: number }
  | { readonly voters: RollReading['voters'] }
  | { readonly errors: RollReading['errors'] }
  | { readonly head: Pick<RollReading, 'encoding' | 'delimiter' | 'header' | 'file_error'> };

const ROWS_A_MESSAGE = 1_000;

function* parts<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += ROWS_A_MESSAGE) yield rows.slice(at, at + ROWS_A_MESSAGE);
}

function openPort(): MessagePort {
  if (parentPort === null) throw new Error('this module runs as a worker thread');
  return parentPort;
}
const port = openPort();
const post = (message: RollMessage): void => port.postMessage(message);

/** Posts a part once the one before it has been taken: a hundred at once would be received in one long turn. */
async function handOver(part: RollMessage): Promise<void> {
  const taken = once(port, 'message');
  post(part);
  await taken;
}

const { bytes, settings, maxBytes } = workerData as RollOrder;
const steps = readRollInSteps(bytes, settings, maxBytes);
let step = steps.next();
for (; step.done !== true; step = steps.next()) post({ share: step.value.share });
const { voters, errors, ...head } = step.value;
for (const part of parts(voters)) await handOver({ voters: part });
for (const part of parts(errors)) await handOver({ errors: part });
post({ head });

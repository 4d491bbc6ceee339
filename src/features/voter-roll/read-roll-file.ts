import { setImmediate as nextTurn } from 'node:timers/promises';
import { moduleBeside, startWorker } from '../../protocol/node/start-worker.ts';
import type { Runtime } from '../../runtime.ts';
import { loadSettings } from '../../store/settings.ts';
import type { RollMessage, RollOrder } from './roll-worker.ts';
import { kindOfFile } from './reading/file-kind.ts';
import {
  MAX_FILE_BYTES,
  type RollReading,
  type RollRow,
  type RollSettings,
  type RowError,
  readRollInSteps,
} from './reading/index.ts';
import { refusedReading } from './reading/roll-reading.ts';

/** Starting a thread costs more than reading a text of this size; a workbook of any size may unfold to a large one. */
const READ_HERE_BYTES = 64 * 1024;
const MEGABYTE = 1024 * 1024;

export interface RollFile {
  readonly bytes: Uint8Array;
  /** Size from which the file is refused; 5 MB unless the operator at the terminal says otherwise. */
  readonly maxBytes?: number | undefined;
  /** Share of the file (0 to 1) that has been read. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

const listOrAny = (list: readonly string[]): readonly string[] | null => (list.length === 0 ? null : list);

/** What the server's settings allow on a roll; a list that nobody has filled in restricts nothing. */
export async function loadRollSettings(runtime: Pick<Runtime, 'store' | 'config'>): Promise<RollSettings> {
  const settings = await loadSettings(runtime.store.read, runtime.config);
  return {
    domains: listOrAny(settings.domains),
    promotions: listOrAny(settings.promotions),
    buildings: listOrAny(settings.buildings),
  };
}

/**
 * Reads a roll file under the settings of this server without holding up its other requests: short texts between their
 * turns, everything else in a thread of bounded memory, one file at a time. Never throws on bad input.
 */
export async function readRollFile(runtime: Runtime, file: RollFile): Promise<RollReading> {
  const settings = await loadRollSettings(runtime);
  const { bytes, maxBytes = MAX_FILE_BYTES, onProgress } = file;
  if (bytes.length > maxBytes) return refusedReading('TOO_LARGE');
  if (bytes.length <= READ_HERE_BYTES && kindOfFile(bytes) !== 'zip') {
    return readHere({ bytes, settings, maxBytes }, onProgress);
  }
  return inTurn(() => readInThread({ bytes: bytes.slice(), settings, maxBytes }, onProgress));
}

async function readHere(
  { bytes, settings, maxBytes }: RollOrder,
  onProgress: RollFile['onProgress'],
): Promise<RollReading> {
  const steps = readRollInSteps(bytes, settings, maxBytes);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    onProgress?.(step.value.share);
    await nextTurn();
  }
}

let lastReading: Promise<unknown> = Promise.resolve();

/** One after the other: ten zip bombs at once must not need ten times the memory. */
function inTurn<T>(read: () => Promise<T>): Promise<T> {
  const reading = lastReading.then(read, read);
  lastReading = reading.catch(() => undefined);
  return reading;
}

function readInThread(order: RollOrder, onProgress: RollFile['onProgress']): Promise<RollReading> {
  const worker = startWorker(moduleBeside(import.meta.url, 'roll-worker'), {
    workerData: order,
    transferList: [order.bytes.buffer as ArrayBuffer],
    resourceLimits: { maxOldGenerationSizeMb: 320 + Math.ceil((16 * order.maxBytes) / MEGABYTE) },
  });
  const voters: RollRow[] = [];
  const errors: RowError[] = [];
  return new Promise<RollReading>((resolve, reject) => {
    worker.on('message', (message: RollMessage) => {
      if ('share' in message) onProgress?.(message.share);
      else if ('head' in message) resolve({ ...message.head, voters, errors });
      else {
        if ('voters' in message) for (const voter of message.voters) voters.push(voter);
        else for (const error of message.errors) errors.push(error);
        worker.postMessage('taken', []);
      }
    });
    worker.on('error', (error) => {
      // a table that needs more than the thread may have: too large in every sense that matters to its owner
      if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(refusedReading('TOO_LARGE'));
      else reject(error);
    });
    worker.on('exit', (code) => reject(new Error(`the thread that read a roll ended with ${code}`)));
  });
}

import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Bytes } from '../bytes.ts';
import type { ElectionTerms } from '../manifest.ts';
import type { BallotChecker, CheckedBallots, CheckedOpenings, OpeningForm } from '../verifier/index.ts';
import { moduleBeside, startWorker } from './start-worker.ts';

/** What a worker is sent: ballots to check, or ballots to open. The bytes are transferred. */
export type CheckerTask =
  | { readonly ballots: Bytes; readonly openings?: never }
  | { readonly ballots: Bytes; readonly openings: Bytes; readonly form: OpeningForm };

export type CheckerAnswer = CheckedBallots | CheckedOpenings;

interface Waiting {
  readonly resolve: (answer: CheckerAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** One worker thread and the tasks it has been sent, which it answers in order. */
class Lane {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #failure: Error | undefined;

  constructor(manifestText: string) {
    this.#worker = startWorker(moduleBeside(import.meta.url, 'checker-worker'), { workerData: manifestText });
    this.#worker.on('message', (answer: CheckerAnswer) => this.#waiting.shift()?.resolve(answer));
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('a worker of the verifier ended')));
  }

  get load(): number {
    return this.#waiting.length;
  }

  run(task: CheckerTask): Promise<CheckerAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      this.#waiting.push({ resolve, reject });
      const openings = task.openings === undefined ? [] : [task.openings.buffer];
      this.#worker.postMessage(task, [task.ballots.buffer, ...openings]);
    });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}

/** Checks batches in worker threads: one for each core unless told otherwise. */
export function poolChecker(terms: ElectionTerms, workers = availableParallelism()): BallotChecker {
  const lanes = Array.from({ length: workers }, () => new Lane(terms.text));
  const idlest = (): Lane => {
    const [first, ...others] = lanes;
    if (first === undefined) throw new RangeError('a pool without workers');
    return others.reduce((least, lane) => (lane.load < least.load ? lane : least), first);
  };
  return {
    // two batches for each worker: one in work, one waiting behind it
    lanes: 2 * workers,
    async checkBallots(ballots) {
      const answer = await idlest().run({ ballots });
      if ('trackers' in answer) return answer;
      throw new Error('a worker answered another task');
    },
    async checkOpenings(ballots, openings, form) {
      const answer = await idlest().run({ ballots, openings, form });
      if ('tally' in answer) return answer;
      throw new Error('a worker answered another task');
    },
    async close() {
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}

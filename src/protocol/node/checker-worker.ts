import { parentPort, workerData } from 'node:worker_threads';
import { parseManifest } from '../manifest.ts';
import { inlineChecker } from '../verifier/index.ts';
import type { CheckerAnswer, CheckerTask } from './checker-pool.ts';
import { nodePrimitives } from './primitives.ts';

/** A worker of `poolChecker`: reads the manifest once, then checks the batches it is sent. */
const port = parentPort;
if (port === null) throw new Error('this module runs as a worker thread');
const terms = await parseManifest(nodePrimitives, String(workerData));
if (!terms.ok) throw new Error('the pool starts with a manifest that was read before');
const checker = inlineChecker(nodePrimitives, terms.value);

let previous = Promise.resolve();
// one after the other: the pool takes the answers in the order of its tasks
port.on('message', (task: CheckerTask) => {
  previous = previous.then(async () => {
    const answer = await answerTo(task);
    port.postMessage(answer, buffersOf(answer));
  });
});

async function answerTo(task: CheckerTask): Promise<CheckerAnswer> {
  return task.openings === undefined
    ? checker.checkBallots(task.ballots)
    : checker.checkOpenings(task.ballots, task.openings, task.form);
}

const buffersOf = (answer: CheckerAnswer): ArrayBuffer[] =>
  'trackers' in answer ? [answer.trackers.buffer, answer.keys.buffer] : [answer.openings.buffer];

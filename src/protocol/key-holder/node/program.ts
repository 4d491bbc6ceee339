/**
 * The key holder as a child process (see `protocol/node/key-holder-process.ts`): takes one job from its parent, answers,
 * exits. Leaving is what clears its memory: strings and numbers that a runtime copies cannot be zeroed one by one.
 */
import { parseManifest } from '../../manifest.ts';
import { rawPrivate } from '../../node/credential-key.ts';
import type {
  AnswerJob,
  FeedMessage,
  KeyHolderAnswer,
  KeyHolderJob,
  OpenJob,
} from '../../node/key-holder-messages.ts';
import { nodePrimitives } from '../../node/primitives.ts';
import { rsaPublicKey } from '../../rsa.ts';
import { answerChallenge } from '../answer-challenge.ts';
import { generateKey } from './generate-key.ts';
import { OpeningEngine } from './open-ballots.ts';
import { openLockedKey } from './open-locked-key.ts';

const PROGRESS_MS = 250;

/** Resolves when the channel has taken the message, so that leaving afterwards loses nothing. */
function say(message: KeyHolderAnswer): Promise<void> {
  return new Promise((resolve, reject) => {
    if (process.send === undefined) throw new Error('a key holder is started by its parent');
    process.send(message, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}

async function perform(job: KeyHolderJob): Promise<void> {
  switch (job.kind) {
    case 'generate':
      return say({ kind: 'generated', key: await generateKey(job) });
    case 'answer':
      return answer(job);
    case 'open':
      return open(job);
  }
}

async function answer({ locked, modulus, challenge }: AnswerJob): Promise<void> {
  const key = rsaPublicKey(modulus);
  if (key === undefined) throw new TypeError('not a modulus of the protocol');
  const opened = await openLockedKey(locked, key);
  if (!opened.ok) return say({ kind: 'answered', outcome: opened });
  const { key: privateKey } = opened.value;
  const outcome = await answerChallenge(nodePrimitives, (x) => rawPrivate(privateKey, x), key, challenge);
  return say({ kind: 'answered', outcome });
}

async function open({ locked, manifest }: OpenJob): Promise<void> {
  const terms = await parseManifest(nodePrimitives, manifest);
  if (!terms.ok) throw new TypeError('not a manifest');
  const engine = new OpeningEngine(terms.value);
  const opened = await openLockedKey(locked, terms.value.electionKey);
  if (!opened.ok) return say({ kind: 'opened-key', outcome: opened });
  const { key: privateKey, isWeak } = opened.value;
  engine.useKey(privateKey);
  await say({ kind: 'opened-key', outcome: { ok: true, value: { isWeak } } });
  const reporting = setInterval(() => void say({ kind: 'progress', opened: engine.opened() }), PROGRESS_MS);
  for await (const openings of engine.open(batches())) await say({ kind: 'openings', openings });
  clearInterval(reporting);
  await say({ kind: 'progress', opened: engine.opened() });
  await say({ kind: 'counted', tally: engine.tally() });
  await engine.close();
}

/** Asks the parent for batch after batch. */
async function* batches(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (;;) {
    const next = new Promise<FeedMessage>((resolve) => process.once('message', resolve));
    await say({ kind: 'more' });
    const message = await next;
    if (message.kind === 'end') return;
    yield message.flat;
  }
}

/** Ends at once: nothing may be left waiting with a key in memory. */
async function fail(error: unknown): Promise<never> {
  try {
    await say({ kind: 'failed', reason: error instanceof Error ? error.message : 'unknown' });
  } finally {
    process.exit(1);
  }
}

// The parent is gone: so is the reason to be here.
process.on('disconnect', () => process.exit(1));
// Node opens a debugger on this signal, through which memory can be read.
process.on('SIGUSR1', () => undefined);
process.on('uncaughtException', (error) => void fail(error));
process.once('message', (job: KeyHolderJob) => {
  perform(job).then(() => process.exit(0), fail);
});

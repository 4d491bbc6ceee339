import type { WaitReason } from '../domain/mail.ts';
import { deliverQueued } from '../mail/deliver.ts';
import type { Runtime } from '../runtime.ts';
import { type CommonOptions, EXIT, answer, progressBar, warn } from './terminal.ts';

const WAITS: Readonly<Record<WaitReason, string>> = {
  throttle: 'The rest waits for its turn: the server sends so many e-mails a minute, and goes on by itself.',
  quiet: 'The rest waits for the end of the quiet hours; the server goes on by itself.',
  pause: 'The rest waits: e-mails of this election are paused.',
};

interface QueuedMails {
  readonly electionId: string;
  /** What they are called: "links". */
  readonly label: string;
  /** Queued by this command. */
  readonly queued: number;
  /** With those that waited before: the full length of the bar. */
  readonly total: number;
}

/** Sends an election's queue here and now; Ctrl-C stops after the e-mails under way. Answers the exit code. */
export async function deliverHere(
  runtime: Runtime,
  options: CommonOptions,
  mails: QueuedMails,
): Promise<number> {
  const { electionId, label } = mails;
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  const bar = progressBar(options, `sending ${label}`);
  const report = await deliverQueued(runtime, {
    electionId,
    signal: stopping.signal,
    onProgress: ({ sent, refused, skipped, delayed }) =>
      bar.update(sent + refused + skipped + delayed, mails.total),
  });
  bar.stop();
  process.off('SIGINT', stop);
  if (report.outage !== undefined)
    warn(`The mail server is in trouble: ${report.outage}. Run the command again later.`);
  if (report.waitingFor !== undefined) warn(WAITS[report.waitingFor]);
  const { sent, refused, skipped, delayed } = report;
  answer(
    options,
    `${sent} ${label} sent, ${refused} refused, ${skipped} not needed, ${delayed} to be tried again.`,
    { election: electionId, queued: mails.queued, ...report },
  );
  if (stopping.signal.aborted) return EXIT.interrupted;
  const isWhole = report.outage === undefined && report.waitingFor === undefined;
  return isWhole && refused + delayed === 0 ? EXIT.done : EXIT.partial;
}

import { previewLinks, sendLinks } from '../features/mailing/index.ts';
import { deliverQueued } from '../mail/deliver.ts';
import type { Runtime } from '../runtime.ts';
import {
  type CommonOptions,
  EXIT,
  answer,
  chosenElection,
  progressBar,
  refused,
  warn,
  withRuntime,
} from './terminal.ts';

/** `send-links`: queues what is missing, then sends here and now; Ctrl-C stops after the e-mails under way. */
export const sendLinksCommand = (options: CommonOptions & { readonly dryRun?: boolean }): Promise<number> =>
  withRuntime(async (runtime) => {
    const { id: electionId } = await chosenElection(runtime, options);
    if (options.dryRun === true) {
      const standings = await previewLinks(runtime, electionId);
      if (!standings.ok) return refused(options, standings);
      return answer(options, `${standings.value.toSend} links would be sent.`, {
        election: electionId,
        ...standings.value,
      });
    }
    return sendHere(runtime, options, electionId);
  });

/** Queues what is missing and sends it here and now, whatever the server is doing. Answers the exit code. */
export async function sendHere(
  runtime: Runtime,
  options: CommonOptions,
  electionId: string,
): Promise<number> {
  const queued = await sendLinks(runtime, { electionId, actor: 'cli' });
  if (!queued.ok) return refused(options, queued);
  const waiting = await previewLinks(runtime, electionId);
  const total = waiting.ok ? waiting.value.waiting : queued.value.queued;
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  const bar = progressBar(options, 'sending links');
  const report = await deliverQueued(runtime, {
    electionId,
    signal: stopping.signal,
    onProgress: ({ sent, refused: no, skipped, delayed }) => bar.update(sent + no + skipped + delayed, total),
  });
  bar.stop();
  process.off('SIGINT', stop);
  if (report.outage !== undefined)
    warn(`The mail server is in trouble: ${report.outage}. Run the command again later.`);
  const { sent, refused: no, skipped, delayed } = report;
  answer(options, `${sent} links sent, ${no} refused, ${skipped} not needed, ${delayed} to be tried again.`, {
    election: electionId,
    queued: queued.value.queued,
    ...report,
  });
  if (stopping.signal.aborted) return EXIT.interrupted;
  return no + delayed > 0 || report.outage !== undefined ? EXIT.partial : EXIT.done;
}

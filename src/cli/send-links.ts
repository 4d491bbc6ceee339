import { previewLinks, sendLinks } from '../features/mailing/index.ts';
import type { Runtime } from '../runtime.ts';
import { type SendOptions, deliverHere } from './deliver-here.ts';
import { answer, chosenElection, refused, withRuntime } from './terminal.ts';

/** `send-links`: queues what is missing, then sends here and now; Ctrl-C stops after the e-mails under way. */
export const sendLinksCommand = (options: SendOptions & { readonly dryRun?: boolean }): Promise<number> =>
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
export async function sendHere(runtime: Runtime, options: SendOptions, electionId: string): Promise<number> {
  const queued = await sendLinks(runtime, { electionId, actor: 'cli' });
  if (!queued.ok) return refused(options, queued);
  const waiting = await previewLinks(runtime, electionId);
  const total = waiting.ok ? waiting.value.waiting : queued.value.queued;
  return deliverHere(runtime, options, { electionId, label: 'links', queued: queued.value.queued, total });
}

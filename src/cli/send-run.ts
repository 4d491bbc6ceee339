import { type RunKind, requireRun, runStandings, sendRun } from '../features/mailing/index.ts';
import { type SendOptions, deliverHere } from './deliver-here.ts';
import { answer, chosenElection, progressBar, refused, withRuntime } from './terminal.ts';

/** `send-invitations`, `send-reminders`, `send-results`: queues what is missing, then sends here and now. */
export const sendRunCommand = (
  kind: RunKind,
  options: SendOptions & { readonly dryRun?: boolean },
): Promise<number> =>
  withRuntime(async (runtime) => {
    const { id: electionId } = await chosenElection(runtime, options);
    const allowed = await requireRun(runtime, electionId, kind);
    if (!allowed.ok) return refused(options, allowed);
    const { toSend, ...totals } = await runStandings(runtime, electionId, kind);
    if (options.dryRun === true) {
      const election = { election: electionId, kind };
      return answer(options, `${toSend} e-mails would be sent.`, { ...election, toSend, ...totals });
    }
    const bar = progressBar(options, 'queueing e-mails');
    const onProgress = (queued: number): void => bar.update(queued, toSend);
    const queued = await sendRun(runtime, { electionId, kind, actor: 'cli', onProgress });
    bar.stop();
    if (!queued.ok) return refused(options, queued);
    return deliverHere(runtime, options, {
      electionId,
      label: 'e-mails',
      queued: queued.value.queued,
      total: queued.value.queued + totals.queued + totals.sending,
    });
  });

import type { WaitReason } from '../domain/mail.ts';
import { quietUntil } from '../domain/quiet-hours.ts';
import { deliverAll } from '../mail/deliver-all.ts';
import type { Runtime } from '../runtime.ts';
import { type CommonOptions, EXIT, answer, isoInstant, progressBar, warn } from './terminal.ts';

/** What every command that sends takes. */
export interface SendOptions extends CommonOptions {
  /** `--now`: at any hour, quiet or not. */
  readonly now?: boolean;
}

/** Why nothing leaves just now, and what to do. */
function waitSentence({ config, clock }: Runtime, reason: WaitReason): string {
  switch (reason) {
    case 'throttle':
      return `At most ${config.mailPerMinute} e-mails leave in a minute: waiting. Ctrl-C leaves the rest to the server.`;
    case 'quiet': {
      const end = config.quietHours === undefined ? undefined : quietUntil(config.quietHours, clock.now());
      const until = end === undefined ? '' : ` until ${isoInstant(end)}`;
      return `Quiet hours${until}: waiting. --now sends anyway, Ctrl-C leaves the rest to the server.`;
    }
    case 'pause':
      return 'The e-mails of this election are paused: they leave after resume-mail.';
  }
}

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
  options: SendOptions,
  mails: QueuedMails,
): Promise<number> {
  const { electionId, label } = mails;
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  const bar = progressBar(options, `sending ${label}`);
  const report = await deliverAll(runtime, {
    electionId,
    signal: stopping.signal,
    ignoresQuietHours: options.now === true,
    onWait: (reason) => warn(waitSentence(runtime, reason)),
    onProgress: ({ sent, refused, skipped, delayed }) =>
      bar.update(sent + refused + skipped + delayed, mails.total),
  });
  bar.stop();
  process.off('SIGINT', stop);
  if (report.outage !== undefined)
    warn(`The mail server is in trouble: ${report.outage}. Run the command again later.`);
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

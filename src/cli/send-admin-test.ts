import { sendAdminTest } from '../features/mailing/index.ts';
import { deliverQueued } from '../mail/deliver.ts';
import { type CommonOptions, EXIT, answer, refused, withRuntime } from './terminal.ts';

/** `send-admin-test`: an e-mail to every admin, or to `--to`: does mail leave this server? */
export const sendAdminTestCommand = (options: CommonOptions & { readonly to?: string }): Promise<number> =>
  withRuntime(async (runtime) => {
    const queued = await sendAdminTest(runtime, options.to === undefined ? {} : { to: options.to });
    if (!queued.ok) return refused(options, queued);
    const report = await deliverQueued(runtime);
    const text =
      report.outage === undefined
        ? `${queued.value.queued} test e-mails queued; ${report.sent} e-mails left this server.`
        : `The mail server is in trouble: ${report.outage}. The test stays queued.`;
    answer(options, text, { queued: queued.value.queued, ...report });
    return report.outage === undefined && report.refused === 0 ? EXIT.done : EXIT.partial;
  });

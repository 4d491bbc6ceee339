import { readConfig } from '../config.ts';
import { serve } from '../http/server.ts';
import { closeRuntime, openRuntime } from '../runtime.ts';
import { EXIT, guarded, say } from './terminal.ts';

/** `serve`: until SIGINT or SIGTERM; casts in flight finish first. */
export const serveCommand = (): Promise<number> =>
  guarded(async () => {
    const runtime = await openRuntime(readConfig());
    const serving = await serve(runtime).catch(async (error: unknown) => {
      await closeRuntime(runtime);
      throw error;
    });
    say(`Votix listens on ${serving.url} (public address ${runtime.config.publicUrl}).`);
    if (runtime.config.smtp === undefined) {
      say(`No SMTP server is set: e-mails stay in ${runtime.config.varDir}/mail, readable at /mailbox.`);
    }
    if (serving.setupLink !== undefined) {
      say(`\nSet up the first admin here, once:\n\n  ${serving.setupLink}\n`);
    }
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    });
    await serving.close();
    await closeRuntime(runtime);
    return EXIT.done;
  });

import type { Commands, ElectionOptions } from './commands.ts';

/** Commands about e-mails and other ways for a link to reach its voter. */
export function registerMail({ command, electionCommand, finish }: Commands): void {
  electionCommand('send-links', 'send every voter their link and code')
    .option('--dry-run', 'say how many would be sent')
    .option('--now', 'at any hour, quiet or not')
    .action(async (options: ElectionOptions & { dryRun?: boolean; now?: boolean }) => {
      const { sendLinksCommand } = await import('../send-links.ts');
      await finish(sendLinksCommand(options));
    });

  const runs = [
    ['send-invitations', 'invitation', 'tell every voter that a vote is coming, without a link'],
    ['send-reminders', 'reminder', 'remind who has not voted and got a link'],
    ['send-results', 'result', 'tell every voter where the published results are'],
  ] as const;
  for (const [name, kind, description] of runs) {
    electionCommand(name, description)
      .option('--dry-run', 'say how many would be sent')
      .option('--now', 'at any hour, quiet or not')
      .action(async (options: ElectionOptions & { dryRun?: boolean; now?: boolean }) => {
        const { sendRunCommand } = await import('../send-run.ts');
        await finish(sendRunCommand(kind, options));
      });
  }

  electionCommand('pause-mail', 'hold every e-mail of an election back').action(
    async (options: ElectionOptions) => {
      const { pauseMailCommand } = await import('../pause-mail.ts');
      await finish(pauseMailCommand(options));
    },
  );

  electionCommand('resume-mail', 'let the e-mails of an election leave again').action(
    async (options: ElectionOptions) => {
      const { resumeMailCommand } = await import('../pause-mail.ts');
      await finish(resumeMailCommand(options));
    },
  );

  command('send-admin-test', 'send a test e-mail to every admin')
    .option('--to <address>', 'to this admin only')
    .option('--json', 'one line of JSON instead of sentences')
    .action(async (options: { to?: string; json?: boolean }) => {
      const { sendAdminTestCommand } = await import('../send-admin-test.ts');
      await finish(sendAdminTestCommand(options));
    });

  electionCommand('export-links', 'write links and codes for printing or SMS to a CSV file; audited')
    .requiredOption('--out <file>', 'a new file')
    .action(async (options: ElectionOptions & { out: string }) => {
      const { exportLinksCommand } = await import('../export-links.ts');
      await finish(exportLinksCommand(options));
    });

  electionCommand('export-sheets', 'write a PDF page for each voter, with their code; audited')
    .requiredOption('--out <folder>', 'for files of 500 voters each')
    .option('--with-links', 'print the link too: a sheet alone is then enough to vote')
    .action(async (options: ElectionOptions & { out: string; withLinks?: boolean }) => {
      const { exportSheetsCommand } = await import('../export-sheets.ts');
      await finish(exportSheetsCommand(options));
    });
}

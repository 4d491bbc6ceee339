import { Option } from 'commander';
import type { AuditExportOptions } from '../audit.ts';
import type { BackupOptions } from '../backup.ts';
import type { DoctorOptions } from '../doctor.ts';
import type { RestoreOptions } from '../restore.ts';
import type { Commands } from './commands.ts';

/** Commands about the installation: the server and its database. */
export function registerOperation({ command, finish }: Commands): void {
  command('serve', 'start the server').action(async () => {
    const { serveCommand } = await import('../serve.ts');
    await finish(serveCommand());
  });

  command('migrate', 'bring the database schema up to date').action(async () => {
    const { migrateCommand } = await import('../migrate.ts');
    await finish(migrateCommand());
  });

  command('doctor', 'check the installation: one line a check, with its remedy; changes nothing')
    .option('--strict', 'exit code 5 where there are warnings')
    .option('--json', 'one JSON array instead of lines')
    .action(async (options: DoctorOptions) => {
      const { doctorCommand } = await import('../doctor.ts');
      await finish(doctorCommand(options));
    });

  command('backup', 'save database, server secret and logos into a new folder; beside a running server too')
    .requiredOption('--out <folder>', 'a new folder')
    .option('--without-secret', 'leave the server secret out: keep it elsewhere')
    .option('--json', 'one line of JSON instead of sentences')
    .action(async (options: BackupOptions) => {
      const { backupCommand } = await import('../backup.ts');
      await finish(backupCommand(options));
    });

  command('restore', 'check a backup, say what is lost with it, and put it in the place of the present data')
    .requiredOption('--from <folder>', 'the folder that backup made')
    .option('--witness <file>', 'the witness of another place; the one beside the logs unless given')
    .option('--expected-voted <n>', 'how many people have voted in all, where somebody counted')
    .option('--confirm <word>', 'the word restore, where nobody can be asked')
    .option('--dry-run', 'check and say, change nothing')
    .option('--json', 'one line of JSON instead of sentences')
    .action(async (options: RestoreOptions) => {
      const { restoreCommand } = await import('../restore.ts');
      await finish(restoreCommand(options));
    });

  const audit = command('audit', 'the log of official acts');
  audit
    .command('verify')
    .description('check that no entry of the chain was changed')
    .option('--contains <digest>', 'a digest noted earlier: the log must still hold it')
    .option('--json', 'one line of JSON instead of sentences')
    .action(async (options: { readonly contains?: string; readonly json?: boolean }) => {
      const { auditVerifyCommand } = await import('../audit.ts');
      await finish(auditVerifyCommand(options));
    });
  audit
    .command('export')
    .description('write the log into a file, oldest entry first')
    .requiredOption('--out <file>', 'a new file')
    .addOption(new Option('--format <format>', 'how').choices(['csv', 'json']).default('csv'))
    .option('--election <id>', 'only the acts on this election')
    .option('--json', 'one line of JSON instead of sentences')
    .action(async (options: AuditExportOptions) => {
      const { auditExportCommand } = await import('../audit.ts');
      await finish(auditExportCommand(options));
    });
}

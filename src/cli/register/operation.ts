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
}

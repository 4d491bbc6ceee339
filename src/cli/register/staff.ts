import type { Commands } from './commands.ts';

interface CreateUserOptions {
  role: string;
  email: string;
  name?: string;
  passwordFile?: string;
  json?: boolean;
}

/** Commands about members of staff. */
export function registerStaff({ command, finish }: Commands): void {
  command('create-user', 'create a member of staff; the password is asked for, or read from a file')
    .requiredOption('--role <role>', 'admin or technician')
    .requiredOption('--email <address>', 'e-mail address to sign in with')
    .option('--name <name>', 'name shown to others')
    .option('--password-file <file>', 'file whose first line is the password')
    .option('--json', 'one line of JSON instead of sentences')
    .action(async (options: CreateUserOptions) => {
      const { createUser } = await import('../create-user.ts');
      await finish(createUser(options));
    });
}

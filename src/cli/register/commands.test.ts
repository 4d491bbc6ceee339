import { type Command, CommanderError } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cliProgram } from './program.ts';

/** Every command of the product, by the name it is written with. */
const COMMANDS = [
  'arm',
  'backup',
  'close',
  'create-election',
  'create-user',
  'deliberate',
  'doctor',
  'export-links',
  'export-record',
  'import-voters',
  'migrate',
  'open',
  'pause-mail',
  'prove-key',
  'publish',
  'reset',
  'restore',
  'resume-mail',
  'send-admin-test',
  'send-invitations',
  'send-links',
  'send-reminders',
  'serve',
  'status',
  'validate-csv',
  'verify',
];
/** The names that people know from before. */
const KNOWN = [
  'create_user',
  'import_voters',
  'validate_csv',
  'send_invitations',
  'send_links',
  'send_reminders',
  'send_admin_test',
  'reset',
];

let program: Command;

beforeEach(() => {
  program = cliProgram((error) => {
    throw error;
  });
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => vi.restoreAllMocks());

/** How the program ends for these words: commander's code, 0 for a help text. */
async function ending(...words: readonly string[]): Promise<{ code: string; exitCode: number }> {
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return { code: error.code, exitCode: error.exitCode };
    throw error;
  }
  throw new Error('the command ran');
}

describe('the command line', () => {
  it.each([...COMMANDS, ...KNOWN])('%s answers --help', async (name) => {
    expect(await ending(name, '--help')).toEqual({ code: 'commander.helpDisplayed', exitCode: 0 });
  });

  it.each(COMMANDS)('%s refuses an option that it does not know', async (name) => {
    const options = program.commands.find((command) => command.name() === name)?.options ?? [];
    const needed = options.filter(({ mandatory }) => mandatory).flatMap(({ long }) => [long ?? '', 'x']);
    const { code, exitCode } = await ending(name, ...needed, '--no-such-option');
    expect(code).toBe('commander.unknownOption');
    expect(exitCode).not.toBe(0);
  });

  it('gives every name with a hyphen its twin with an underscore', () => {
    for (const command of program.commands) {
      const name = command.name();
      expect(command.aliases()).toEqual(name.includes('-') ? [name.replaceAll('-', '_')] : []);
    }
  });

  it('takes no secret as an argument: what holds one is a file', () => {
    const secrets = /key|pass|secret|code/;
    const taken = program.commands.flatMap((command) =>
      command.options
        .filter(({ long, required, optional }) => (required || optional) && secrets.test(long ?? ''))
        .map(({ flags }) => flags),
    );
    expect(taken.filter((flags) => !flags.endsWith('<file>'))).toEqual([]);
  });

  it('refuses a command that does not exist', async () => {
    expect(await ending('vote-for-me')).toMatchObject({ code: 'commander.unknownCommand' });
  });
});

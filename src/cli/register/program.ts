import { Command, type CommanderError } from 'commander';
import { commandsOf } from './commands.ts';
import { registerElection } from './election.ts';
import { registerMail } from './mail.ts';
import { registerOperation } from './operation.ts';
import { registerRoll } from './roll.ts';
import { registerStaff } from './staff.ts';

/** Every command with its options. `onExit` ends the process after a help text, or after wrong usage was told. */
export function cliProgram(onExit: (error: CommanderError) => never): Command {
  const program = new Command('votix')
    .description('An election server with an offline key. Every command answers --help.')
    .showHelpAfterError()
    .exitOverride(onExit);
  const commands = commandsOf(program);
  registerOperation(commands);
  registerStaff(commands);
  registerElection(commands);
  registerRoll(commands);
  registerMail(commands);
  return program;
}

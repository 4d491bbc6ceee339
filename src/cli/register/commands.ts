import type { Command } from 'commander';

/** How the files of this folder add commands to the program. */
export interface Commands {
  /** A command named with hyphens answers with underscores too. */
  command(name: string, description: string): Command;
  /** A command that works on one election: `--election` and `--json`. */
  electionCommand(name: string, description: string): Command;
  /** Keeps the command's answer as the exit code. */
  finish(work: Promise<number>): Promise<void>;
}

/** What `electionCommand` asks for. */
export interface ElectionOptions {
  election?: string;
  json?: boolean;
}

export function commandsOf(program: Command): Commands {
  const command = (name: string, description: string): Command => {
    const made = program.command(name).description(description);
    return name.includes('-') ? made.alias(name.replaceAll('-', '_')) : made;
  };
  return {
    command,
    electionCommand: (name, description) =>
      command(name, description)
        .option('--election <id>', 'the election (needed where there are several)')
        .option('--json', 'one line of JSON instead of sentences'),
    finish: async (work) => {
      process.exitCode = await work;
    },
  };
}

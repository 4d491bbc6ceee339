import type { Commands, ElectionOptions } from './commands.ts';

interface KeyOptions extends ElectionOptions {
  key: string;
  passphraseFile: string;
}
interface VerifyOptions {
  openings?: string;
  receipt?: string;
  link?: string;
  manifestDigest?: string;
  json?: boolean;
}

/** Commands that lead an election from its creation to the check of its record. */
export function registerElection(commands: Commands): void {
  registerPreparation(commands);
  registerVoting(commands);
  registerResult(commands);
}

function registerPreparation({ command, electionCommand, finish }: Commands): void {
  command('create-election', 'create an election from a JSON file (see docs/operate.md)')
    .requiredOption('--file <file>', 'election.json')
    .option('--json', 'one line of JSON instead of sentences')
    .action(async (options: { file: string; json?: boolean }) => {
      const { createElectionCommand } = await import('../create-election.ts');
      await finish(createElectionCommand(options));
    });

  electionCommand('arm', 'ARM: make the key pair, write the key file and the passphrase, forget both')
    .requiredOption('--out <file>', 'where the private key goes (a new file)')
    .requiredOption('--passphrase-out <file>', 'where the passphrase goes (a new file)')
    .action(async (options: ElectionOptions & { out: string; passphraseOut: string }) => {
      const { armCommand } = await import('../arm.ts');
      await finish(armCommand(options));
    });

  electionCommand('prove-key', 'prove that the key file and passphrase open: arms the election')
    .requiredOption('--key <file>', 'the key file')
    .requiredOption('--passphrase-file <file>', 'file whose first line is the passphrase')
    .option('--copy <number>', 'which copy of the file this is, 1 to 9', '1')
    .action(async (options: KeyOptions & { copy: string }) => {
      const { proveKeyCommand } = await import('../prove-key.ts');
      await finish(proveKeyCommand(options));
    });
}

function registerVoting({ electionCommand, finish }: Commands): void {
  electionCommand('open', 'open voting, once the opening time has come').action(
    async (options: ElectionOptions) => {
      const { openCommand } = await import('../open.ts');
      await finish(openCommand(options));
    },
  );

  electionCommand('close', 'close voting: by the clock, or early with a reason')
    .option('--early <reason>', 'end the voting period now, for this reason (it is published)')
    .option('--wait', 'wait for the closing time and the grace to pass')
    .action(async (options: ElectionOptions & { early?: string; wait?: boolean }) => {
      const { closeCommand } = await import('../close.ts');
      await finish(closeCommand(options));
    });

  electionCommand('status', 'say where elections stand').action(async (options: ElectionOptions) => {
    const { statusCommand } = await import('../status.ts');
    await finish(statusCommand(options));
  });
}

function registerResult({ command, electionCommand, finish }: Commands): void {
  electionCommand('deliberate', 'DELIBERATE: open all ballots with the key, in memory, and count them')
    .requiredOption('--key <file>', 'the key file')
    .requiredOption('--passphrase-file <file>', 'file whose first line is the passphrase')
    .option('--openings-out <file>', 'write the openings for scrutineers to a new file')
    .action(async (options: KeyOptions & { openingsOut?: string }) => {
      const { deliberateCommand } = await import('../deliberate.ts');
      await finish(deliberateCommand(options));
    });

  electionCommand('publish', 'publish the results').action(async (options: ElectionOptions) => {
    const { publishCommand } = await import('../publish.ts');
    await finish(publishCommand(options));
  });

  electionCommand('export-record', 'write the public record to a file')
    .requiredOption('--out <file>', 'a new file')
    .action(async (options: ElectionOptions & { out: string }) => {
      const { exportRecordCommand } = await import('../export-record.ts');
      await finish(exportRecordCommand(options));
    });

  electionCommand('reset', 'delete an election with its roll, keys, urn and files; the audit log stays')
    .option('--confirm <title>', 'the title of the election, where nobody can be asked')
    .option('--dry-run', 'say what would be deleted, delete nothing')
    .action(async (options: ElectionOptions & { confirm?: string; dryRun?: boolean }) => {
      const { resetCommand } = await import('../reset.ts');
      await finish(resetCommand(options));
    });

  command(
    'verify',
    'check a public record without trusting anyone; exit code 0, 1 failed, 3 something not checked',
  )
    .argument('<file>', 'record.jsonl')
    .option('--openings <file>', 'openings for scrutineers')
    .option('--receipt <file>', 'a receipt: is its ballot in the urn?')
    .option('--link <link>', 'your voting link: is your mark right?')
    .option('--manifest-digest <M>', 'the digest behind the # of a mailed link')
    .option('--json', 'one JSON object instead of sentences')
    .action(async (file: string, options: VerifyOptions) => {
      const { verify } = await import('../verify.ts');
      await finish(verify(file, options));
    });
}

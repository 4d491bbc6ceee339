#!/usr/bin/env node
import { Command } from 'commander';

const program = new Command('votix')
  .description('An election server with an offline key. Every command answers --help.')
  .showHelpAfterError()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

/** A command named with hyphens answers with underscores too. */
const command = (name: string, description: string): Command => {
  const made = program.command(name).description(description);
  return name.includes('-') ? made.alias(name.replaceAll('-', '_')) : made;
};

/** A command that works on one election. */
const electionCommand = (name: string, description: string): Command =>
  command(name, description)
    .option('--election <id>', 'the election (needed where there are several)')
    .option('--json', 'one line of JSON instead of sentences');

const finish = async (work: Promise<number>): Promise<void> => {
  process.exitCode = await work;
};

command('serve', 'start the server').action(async () => {
  const { serveCommand } = await import('./src/cli/serve.ts');
  await finish(serveCommand());
});

command('migrate', 'bring the database schema up to date').action(async () => {
  const { migrateCommand } = await import('./src/cli/migrate.ts');
  await finish(migrateCommand());
});

command('create-user', 'create a member of staff; the password is asked for, or read from a file')
  .requiredOption('--role <role>', 'admin or technician')
  .requiredOption('--email <address>', 'e-mail address to sign in with')
  .option('--name <name>', 'name shown to others')
  .option('--password-file <file>', 'file whose first line is the password')
  .option('--json', 'one line of JSON instead of sentences')
  .action(async (options: CreateUserOptions) => {
    const { createUser } = await import('./src/cli/create-user.ts');
    await finish(createUser(options));
  });

command('create-election', 'create an election from a JSON file (see docs/operate.md)')
  .requiredOption('--file <file>', 'election.json')
  .option('--json', 'one line of JSON instead of sentences')
  .action(async (options: { file: string; json?: boolean }) => {
    const { createElectionCommand } = await import('./src/cli/create-election.ts');
    await finish(createElectionCommand(options));
  });

command('validate-csv', 'read a roll file and list everything that is wrong with it; writes nothing')
  .requiredOption('--file <file>', 'the roll: .csv, .txt, .tsv, .xlsx or .ods')
  .option(
    '--settings <file>',
    'JSON with the lists domains, promotions, buildings; those of the database unless given, if there is one',
  )
  .option('--max-megabytes <n>', 'the largest file to read; 5 unless stated, as for uploads')
  .option('--json', 'one JSON object instead of sentences')
  .action(async (options: { file: string; settings?: string; maxMegabytes?: string; json?: boolean }) => {
    const { validateCsv } = await import('./src/cli/validate-csv.ts');
    await finish(validateCsv(options));
  });

electionCommand('import-voters', 'import a roll file')
  .requiredOption('--file <file>', 'the roll: .csv, .txt, .tsv, .xlsx or .ods')
  .option('--max-megabytes <n>', 'the largest file to read; 5 unless stated, as for uploads')
  .option('--only-valid', 'import the valid rows although others are wrong')
  .option('--update', 'update voters who are on the roll already (they are kept as they are otherwise)')
  .option('--dry-run', 'say what would happen, write nothing')
  .option('--send-link', 'send the voting links afterwards (needs an armed election)')
  .action(async (options: ImportVotersOptions) => {
    const { importVotersCommand } = await import('./src/cli/import-voters.ts');
    await finish(importVotersCommand(options));
  });

electionCommand('arm', 'ARM: make the key pair, write the key file and the passphrase, forget both')
  .requiredOption('--out <file>', 'where the private key goes (a new file)')
  .requiredOption('--passphrase-out <file>', 'where the passphrase goes (a new file)')
  .action(async (options: ArmOptions) => {
    const { armCommand } = await import('./src/cli/arm.ts');
    await finish(armCommand(options));
  });

electionCommand('prove-key', 'prove that the key file and passphrase open: arms the election')
  .requiredOption('--key <file>', 'the key file')
  .requiredOption('--passphrase-file <file>', 'file whose first line is the passphrase')
  .option('--copy <number>', 'which copy of the file this is, 1 to 9', '1')
  .action(async (options: KeyOptions & { copy: string }) => {
    const { proveKeyCommand } = await import('./src/cli/prove-key.ts');
    await finish(proveKeyCommand(options));
  });

electionCommand('send-links', 'send every voter their link and code')
  .option('--dry-run', 'say how many would be sent')
  .action(async (options: CommonOptions & { dryRun?: boolean }) => {
    const { sendLinksCommand } = await import('./src/cli/send-links.ts');
    await finish(sendLinksCommand(options));
  });

command('send-admin-test', 'send a test e-mail to every admin')
  .option('--to <address>', 'to this admin only')
  .option('--json', 'one line of JSON instead of sentences')
  .action(async (options: { to?: string; json?: boolean }) => {
    const { sendAdminTestCommand } = await import('./src/cli/send-admin-test.ts');
    await finish(sendAdminTestCommand(options));
  });

electionCommand('export-links', 'write links and codes for printing or SMS to a CSV file; audited')
  .requiredOption('--out <file>', 'a new file')
  .action(async (options: CommonOptions & { out: string }) => {
    const { exportLinksCommand } = await import('./src/cli/export-links.ts');
    await finish(exportLinksCommand(options));
  });

electionCommand('open', 'open voting, once the opening time has come').action(
  async (options: CommonOptions) => {
    const { openCommand } = await import('./src/cli/open.ts');
    await finish(openCommand(options));
  },
);

electionCommand('close', 'close voting: by the clock, or early with a reason')
  .option('--early <reason>', 'end the voting period now, for this reason (it is published)')
  .option('--wait', 'wait for the closing time and the grace to pass')
  .action(async (options: CommonOptions & { early?: string; wait?: boolean }) => {
    const { closeCommand } = await import('./src/cli/close.ts');
    await finish(closeCommand(options));
  });

electionCommand('deliberate', 'DELIBERATE: open all ballots with the key, in memory, and count them')
  .requiredOption('--key <file>', 'the key file')
  .requiredOption('--passphrase-file <file>', 'file whose first line is the passphrase')
  .option('--openings-out <file>', 'write the openings for scrutineers to a new file')
  .action(async (options: KeyOptions & { openingsOut?: string }) => {
    const { deliberateCommand } = await import('./src/cli/deliberate.ts');
    await finish(deliberateCommand(options));
  });

electionCommand('publish', 'publish the results').action(async (options: CommonOptions) => {
  const { publishCommand } = await import('./src/cli/publish.ts');
  await finish(publishCommand(options));
});

electionCommand('status', 'say where elections stand').action(async (options: CommonOptions) => {
  const { statusCommand } = await import('./src/cli/status.ts');
  await finish(statusCommand(options));
});

electionCommand('export-record', 'write the public record to a file')
  .requiredOption('--out <file>', 'a new file')
  .action(async (options: CommonOptions & { out: string }) => {
    const { exportRecordCommand } = await import('./src/cli/export-record.ts');
    await finish(exportRecordCommand(options));
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
    const { verify } = await import('./src/cli/verify.ts');
    await finish(verify(file, options));
  });

interface CommonOptions {
  election?: string;
  json?: boolean;
}
interface CreateUserOptions {
  role: string;
  email: string;
  name?: string;
  passwordFile?: string;
  json?: boolean;
}
interface ImportVotersOptions extends CommonOptions {
  file: string;
  maxMegabytes?: string;
  onlyValid?: boolean;
  update?: boolean;
  dryRun?: boolean;
  sendLink?: boolean;
}
interface ArmOptions extends CommonOptions {
  out: string;
  passphraseOut: string;
}
interface KeyOptions extends CommonOptions {
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

await program.parseAsync();

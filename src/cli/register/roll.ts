import type { Commands, ElectionOptions } from './commands.ts';

interface ValidateOptions {
  file: string;
  settings?: string;
  maxMegabytes?: string;
  json?: boolean;
}
interface ImportVotersOptions extends ElectionOptions {
  file: string;
  maxMegabytes?: string;
  onlyValid?: boolean;
  update?: boolean;
  dryRun?: boolean;
  sendLink?: boolean;
}

/** Commands about the roll of voters. */
export function registerRoll({ command, electionCommand, finish }: Commands): void {
  command('validate-csv', 'read a roll file and list everything that is wrong with it; writes nothing')
    .requiredOption('--file <file>', 'the roll: .csv, .txt, .tsv, .xlsx or .ods')
    .option(
      '--settings <file>',
      'JSON with the lists domains, promotions, buildings; those of the database unless given, if there is one',
    )
    .option('--max-megabytes <n>', 'the largest file to read; 5 unless stated, as for uploads')
    .option('--json', 'one JSON object instead of sentences')
    .action(async (options: ValidateOptions) => {
      const { validateCsv } = await import('../validate-csv.ts');
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
      const { importVotersCommand } = await import('../import-voters.ts');
      await finish(importVotersCommand(options));
    });
}

import { requireAct } from '../domain/lifecycle.ts';
import {
  type ImportProgress,
  type ImportReport,
  importReading,
  readRollFile,
} from '../features/voter-roll/index.ts';
import type { RollReading } from '../features/voter-roll/reading/index.ts';
import type { Runtime } from '../runtime.ts';
import { type ElectionRow, factsOf } from '../store/elections.ts';
import { refusedAct } from './refused-act.ts';
import { errorsJson, readAtMost, readLimit, readingText } from './roll-report.ts';
import { sendHere } from './send-links.ts';
import {
  type CommonOptions,
  EXIT,
  type Progress,
  chosenElection,
  progressBar,
  refused,
  say,
  warn,
  withRuntime,
} from './terminal.ts';

export interface ImportVotersOptions extends CommonOptions {
  readonly file: string;
  readonly onlyValid?: boolean;
  readonly update?: boolean;
  readonly dryRun?: boolean;
  readonly sendLink?: boolean;
  /** Size from which the file is refused, in MB of 1,048,576 bytes; 5 as for uploads unless stated. */
  readonly maxMegabytes?: string;
}

/**
 * `import-voters --file F`: all of the file or nothing; `--only-valid` takes the rows without errors. Answers 0, 3 where
 * errors stopped it, 4 where the election's state does, 5 where it left rows out or mails unsent.
 */
export const importVotersCommand = (options: ImportVotersOptions): Promise<number> =>
  withRuntime(async (runtime) => {
    const limit = readLimit(options.maxMegabytes);
    const election = await chosenElection(runtime, options);
    const allowed = requireActs(runtime, election, options);
    if (!allowed.ok) return refused(options, allowed);
    const bytes = await readAtMost(options.file, limit);

    const bars = new Bars(options);
    const reading = await readRollFile(runtime, {
      bytes,
      maxBytes: limit,
      onProgress: (share) => bars.show({ phase: 'reading', done: Math.round(share * 100), total: 100 }),
    });
    const imported = await importReading(runtime, {
      electionId: election.id,
      actor: 'cli',
      reading,
      mode: options.onlyValid === true ? 'only-valid' : 'all',
      existing: options.update === true ? 'update' : 'keep',
      isDryRun: options.dryRun,
      onProgress: (progress) => bars.show(progress),
    });
    bars.stop();
    if (!imported.ok) {
      tellErrors(options, reading);
      return refusedAct(runtime, options, imported);
    }
    tellReport(options, election, reading, imported.value);
    const code = imported.value.refused > 0 ? EXIT.partial : EXIT.done;
    if (options.sendLink !== true || options.dryRun === true) return code;
    const sent = await sendHere(runtime, options, election.id);
    return sent === EXIT.done ? code : sent;
  });

/** Asked before anything is read: a roll imported and then no link sent would be half of what was wanted. */
function requireActs(runtime: Runtime, election: ElectionRow, options: ImportVotersOptions) {
  const facts = factsOf(election, runtime.clock.now());
  const change = requireAct(facts, 'change-roll');
  return change.ok && options.sendLink === true ? requireAct(facts, 'send-links') : change;
}

function tellErrors(options: ImportVotersOptions, reading: RollReading): void {
  if (reading.errors.length === 0 && reading.file_error === null) return;
  if (options.json === true) {
    say(JSON.stringify({ errors: errorsJson(reading), fileError: reading.file_error }));
  } else warn(readingText(options.file, reading));
}

function tellReport(
  options: ImportVotersOptions,
  election: ElectionRow,
  reading: RollReading,
  report: ImportReport,
): void {
  const { added, updated, kept, refused: rows } = report;
  if (options.json === true) {
    const isDryRun = options.dryRun === true;
    say(JSON.stringify({ election: election.id, isDryRun, ...report, errors: errorsJson(reading) }));
    return;
  }
  if (rows > 0) warn(readingText(options.file, reading));
  const tense = options.dryRun === true ? 'would be ' : '';
  say(
    `${election.title}: ${added} ${tense}added, ${updated} ${tense}updated, ${kept} on the roll already, ` +
      `${rows} rows with errors ${tense}left out.`,
  );
}

const LABELS = {
  reading: 'reading  ',
  comparing: 'comparing',
  writing: 'writing  ',
} as const satisfies Record<ImportProgress['phase'], string>;

/** One bar after the other. */
class Bars {
  readonly #options: CommonOptions;
  #phase: ImportProgress['phase'] | undefined;
  #bar: Progress | undefined;

  constructor(options: CommonOptions) {
    this.#options = options;
  }

  show({ phase, done, total }: ImportProgress): void {
    if (phase !== this.#phase) {
      this.stop();
      this.#bar = progressBar(this.#options, LABELS[phase]);
      this.#phase = phase;
    }
    this.#bar?.update(done, total);
  }

  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}

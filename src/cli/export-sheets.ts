import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { printSheets, sheetFiles } from '../features/mailing/index.ts';
import { newFile } from './new-file.ts';
import { type CommonOptions, answer, chosenElection, progressBar, refused, withRuntime } from './terminal.ts';

interface SheetOptions extends CommonOptions {
  /** The folder; made where it is missing. */
  readonly out: string;
  readonly withLinks?: boolean;
}

/** `export-sheets`: a PDF for each 500 voters, one page a voter, with the code and, where asked for, the link. */
export const exportSheetsCommand = (options: SheetOptions): Promise<number> =>
  withRuntime(async (runtime) => {
    const { id: electionId } = await chosenElection(runtime, options);
    const planned = await sheetFiles(runtime, electionId);
    if (!planned.ok) return refused(options, planned);
    const { files, voters } = planned.value;
    mkdirSync(options.out, { recursive: true, mode: 0o700 });
    const hasLink = options.withLinks === true;
    const bar = progressBar(options, 'drawing sheets');
    const written: string[] = [];
    let count = 0;
    for (let part = 1; part <= files; part++) {
      const name = join(options.out, `sheets-${String(part).padStart(3, '0')}.pdf`);
      const file = newFile(name);
      const before = count;
      const onProgress = (drawn: number): void => bar.update(before + drawn, voters);
      const printed = await printSheets(runtime, { electionId, actor: 'cli', part, hasLink, onProgress });
      if (!printed.ok) {
        bar.stop();
        file.discard();
        return refused(options, printed);
      }
      file.write(printed.value.pdf);
      file.close();
      written.push(name);
      count += printed.value.count;
    }
    bar.stop();
    return answer(
      options,
      `${count} sheets are in ${options.out}. Whoever reads them holds the codes: guard them, then delete them.`,
      { election: electionId, count, files: written },
    );
  });

import Papa from 'papaparse';
import { exportLinks } from '../features/mailing/index.ts';
import { newFile } from './new-file.ts';
import { type CommonOptions, answer, chosenElection, refused, withRuntime } from './terminal.ts';

/** `export-links`: `voter,link,code` for printing or SMS. Cells that a spreadsheet would run are made text. */
export const exportLinksCommand = (options: CommonOptions & { readonly out: string }): Promise<number> =>
  withRuntime(async (runtime) => {
    const election = await chosenElection(runtime, options);
    const file = newFile(options.out);
    const pages = await exportLinks(runtime, { electionId: election.id, actor: 'cli' });
    if (!pages.ok) {
      file.discard();
      return refused(options, pages);
    }
    const columns = ['voter', 'link', 'code'];
    file.write('voter,link,code\r\n');
    let count = 0;
    for await (const page of pages.value) {
      file.write(`${Papa.unparse([...page], { columns, header: false, escapeFormulae: true })}\r\n`);
      count += page.length;
    }
    file.close();
    return answer(
      options,
      `${count} links and codes are in ${options.out}. Whoever reads it can vote for everyone on it: guard it, then delete it.`,
      { election: election.id, count, file: options.out },
    );
  });

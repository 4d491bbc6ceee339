import { deliberate } from '../features/deliberation/index.ts';
import { writeOpeningLine } from '../protocol/record.ts';
import { newFile } from './new-file.ts';
import { type KeyOptions, readKey } from './prove-key.ts';
import { refusedAct } from './refused-act.ts';
import { answer, chosenElection, progressBar, withRuntime } from './terminal.ts';

/** `deliberate`: opens every ballot with the key, in memory, and counts; the openings can be kept for scrutineers. */
export const deliberateCommand = (options: KeyOptions & { readonly openingsOut?: string }): Promise<number> =>
  withRuntime(async (runtime) => {
    const election = await chosenElection(runtime, options);
    const key = readKey(options);
    const out = options.openingsOut === undefined ? undefined : newFile(options.openingsOut);
    const bar = progressBar(options, 'opening ballots');
    const counted = await deliberate(runtime, {
      electionId: election.id,
      actor: 'cli',
      key,
      onProgress: (opened, total) => bar.update(opened, total),
    });
    bar.stop();
    if (!counted.ok) {
      out?.discard();
      return refusedAct(runtime, options, counted);
    }
    const { count, openings } = counted.value;
    if (out !== undefined) {
      for (const r of openings) out.write(writeOpeningLine(r));
      out.close();
    }
    return answer(options, `${count} ballots opened and counted. The results can be published.`, {
      election: election.id,
      count,
      ...(options.openingsOut === undefined ? {} : { openings: options.openingsOut }),
    });
  });

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createElectionFromFile } from '../features/election-setup/index.ts';
import { UsageError, answer, readInput, refused, withRuntime } from './terminal.ts';

/** `create-election --file election.json`: logo paths are read relative to that file. */
export const createElectionCommand = (options: {
  readonly file: string;
  readonly json?: boolean;
}): Promise<number> =>
  withRuntime(async (runtime) => {
    const text = readInput(options.file).toString('utf8');
    let input: unknown;
    try {
      input = JSON.parse(text);
    } catch (error) {
      throw new UsageError(
        `${options.file} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    const folder = dirname(resolve(options.file));
    const created = await createElectionFromFile(runtime, {
      actor: 'cli',
      input,
      readPicture: (path) => {
        try {
          return readFileSync(resolve(folder, path));
        } catch {
          return undefined;
        }
      },
    });
    if (!created.ok) return refused(options, created);
    const { electionId, isOpeningRepeated, isClosingRepeated } = created.value;
    const twice =
      isOpeningRepeated || isClosingRepeated
        ? '\nA wall time falls in the repeated hour of a clock change: check the hours.'
        : '';
    return answer(options, `Election ${electionId} created.${twice}`, { election: electionId });
  });

import { writeRecord } from '../features/results/index.ts';
import { newFile } from './new-file.ts';
import { type CommonOptions, answer, chosenElection, refused, withRuntime } from './terminal.ts';

/** `export-record`: the public record of section 10, as everyone can download it. */
export const exportRecordCommand = (options: CommonOptions & { readonly out: string }): Promise<number> =>
  withRuntime(async (runtime) => {
    const election = await chosenElection(runtime, options);
    const record = await writeRecord(runtime, election.id, false);
    if (!record.ok) return refused(options, record);
    const file = newFile(options.out);
    let bytes = 0;
    for await (const chunk of record.value) {
      file.write(chunk);
      bytes += chunk.length;
    }
    file.close();
    return answer(
      options,
      `The record is in ${options.out} (${bytes} bytes). Check it: verify ${options.out}`,
      {
        election: election.id,
        file: options.out,
        bytes,
      },
    );
  });

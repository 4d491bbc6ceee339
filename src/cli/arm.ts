import { arm } from '../features/key-ceremony/index.ts';
import { newFile } from './new-file.ts';
import { refusedAct } from './refused-act.ts';
import { type CommonOptions, answer, chosenElection, withRuntime } from './terminal.ts';

/** `arm --out KEY.pem --passphrase-out P.txt`: both files are made before the key, so that a full disk costs nothing. */
export const armCommand = (
  options: CommonOptions & { readonly out: string; readonly passphraseOut: string },
): Promise<number> =>
  withRuntime(async (runtime) => {
    const election = await chosenElection(runtime, options);
    const keyFile = newFile(options.out);
    let passphraseFile;
    try {
      passphraseFile = newFile(options.passphraseOut);
    } catch (error) {
      keyFile.discard();
      throw error;
    }
    const made = await arm(runtime, { electionId: election.id, actor: 'cli' });
    if (!made.ok) {
      keyFile.discard();
      passphraseFile.discard();
      return refusedAct(runtime, options, made);
    }
    keyFile.write(made.value.keyFile);
    keyFile.close();
    passphraseFile.write(`${made.value.passphrase}\n`);
    passphraseFile.close();
    const { fingerprint } = made.value;
    return answer(
      options,
      `Key ${fingerprint} made: ${options.out} opens with the words in ${options.passphraseOut}.\n` +
        'Keep the two apart, make a copy of each, then prove that they open: prove-key.',
      { election: election.id, fingerprint, keyFile: options.out, passphraseFile: options.passphraseOut },
    );
  });

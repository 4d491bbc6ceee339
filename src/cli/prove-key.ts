import { proveUploadedKey } from '../features/key-ceremony/index.ts';
import {
  type CommonOptions,
  UsageError,
  answer,
  chosenElection,
  readInput,
  refused,
  withRuntime,
} from './terminal.ts';

export interface KeyOptions extends CommonOptions {
  readonly key: string;
  readonly passphraseFile: string;
}

/** Key file and passphrase by the names of their files: neither ever stands in argv. */
export const readKey = (options: KeyOptions): { keyFile: Uint8Array; passphrase: string } => ({
  keyFile: readInput(options.key),
  passphrase: readInput(options.passphraseFile).toString('utf8').trim(),
});

/** `prove-key`: the saved file answers a challenge; the first right answer arms the election. */
export const proveKeyCommand = (options: KeyOptions & { readonly copy: string }): Promise<number> =>
  withRuntime(async (runtime) => {
    const copy = Number(options.copy);
    if (!Number.isInteger(copy) || copy < 1 || copy > 9)
      throw new UsageError('--copy is a number from 1 to 9');
    const election = await chosenElection(runtime, options);
    const proven = await proveUploadedKey(runtime, {
      electionId: election.id,
      actor: 'cli',
      copy,
      ...readKey(options),
    });
    if (!proven.ok) return refused(options, proven);
    const { armed } = proven.value;
    const text = armed
      ? 'The key is proven and the manifest signed: the election is armed.'
      : `Copy ${copy} is proven.`;
    return answer(options, text, { election: election.id, armed, copy });
  });

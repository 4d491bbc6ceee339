import type { RefusalCode } from '../../domain/refusals.ts';
import { startKeyHolder } from '../../protocol/node/key-holder-process.ts';
import type { Outcome } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import type { Actor } from '../../store/audit.ts';
import { challengeKey, proveKey } from './prove-key.ts';

export interface UploadedKey {
  readonly electionId: string;
  readonly actor: Actor;
  readonly copy: number;
  readonly keyFile: Uint8Array;
  /** As typed. */
  readonly passphrase: string;
}

/**
 * The proof where no script runs, and for the command line: the file is opened in a child process that answers the
 * challenge and exits; nothing of it is written.
 */
export async function proveUploadedKey(
  runtime: Runtime,
  { electionId, actor, copy, keyFile, passphrase }: UploadedKey,
): Promise<Outcome<{ readonly armed: boolean }, RefusalCode>> {
  const opened = await challengeKey(runtime, electionId);
  if (!opened.ok) return opened;
  const { challenge, key } = opened.value;
  const holder = startKeyHolder();
  try {
    const answer = await holder.answer({ keyFile, passphrase, modulus: key.modulus, challenge });
    if (!answer.ok) return answer;
    return await proveKey(runtime, { electionId, actor, nonce: challenge.nonce, secret: answer.value, copy });
  } finally {
    holder.close();
  }
}

import type { RefusalCode } from '../../domain/refusals.ts';
import { serverName, wordOf } from '../../mail/word.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { appendAudit } from '../../store/audit.ts';
import { putMailProof, sentTests } from '../../store/mail-proofs.ts';
import { countTry } from '../../store/sign-in-tries.ts';

const WINDOW_MS = 15 * 60_000;
const MOST_TRIES = 5;
/** Test mails whose word still counts: several may be on their way at once. */
const TESTS_LOOKED_AT = 5;

/**
 * Takes the word that somebody read in a test mail sent to their own address, and keeps the proof that e-mail arrives. At
 * most 5 tries in 15 minutes: the word is one of 2,048.
 */
export async function proveMail(
  runtime: Runtime,
  input: { readonly address: string; readonly word: string },
): Promise<Outcome<true, RefusalCode>> {
  const { store, clock, config, secret } = runtime;
  const { address } = input;
  const now = clock.now();
  const counted = await store.inTransaction<{ tries: number; startedAt: number }, never>(async (trx) =>
    accept(await countTry(trx, secret.derive('votix/mail-word', 'tries', address), now, WINDOW_MS)),
  );
  if (counted.ok && counted.value.tries > MOST_TRIES) {
    return refuse('TOO_MANY_TRIES', {
      minutes: Math.ceil((counted.value.startedAt + WINDOW_MS - now) / 60_000),
    });
  }
  const server = serverName(config);
  const typed = input.word.trim().toLowerCase();
  return store.inTransaction(async (trx) => {
    const tests = await sentTests(trx, address, TESTS_LOOKED_AT);
    if (server === undefined || !tests.some((id) => wordOf(secret, config, id) === typed))
      return refuse('WRONG_WORD');
    await putMailProof(trx, { address, server, proven_at: now });
    await appendAudit(trx, { at: now, actor: address, kind: 'mail-proven', fields: { email: address } });
    return accept(true);
  });
}

import type { RefusalCode } from '../../../domain/refusals.ts';
import type { Bytes } from '../../../protocol/bytes.ts';
import { type Outcome, accept, refuse } from '../../../protocol/outcome.ts';
import type { Runtime } from '../../../runtime.ts';
import { countTry } from '../../../store/sign-in-tries.ts';
import type { Transaction } from '../../../store/store.ts';

/** The same window as of sign-ins: the table of tries forgets by it. */
const WINDOW_MS = 15 * 60_000;

/** A school behind one address registers in a morning; each request has cost its sender a second of work. */
const MOST_PER_PLACE = 300;

interface StrangersRequest {
  readonly electionId: string;
  readonly email: string;
  /** Network address it came from. */
  readonly place: string;
  /** Digest of the challenge that was solved for it. */
  readonly spent: Bytes;
  readonly purpose: 'register' | 'ask';
}

/**
 * Counts a stranger's request: each challenge serves once, a network address sends at most 300 in 15 minutes. Answers
 * whether the mail may be sent that goes with it: one to each address in 15 minutes, which nobody is told.
 */
export async function takeRequest(
  trx: Transaction,
  runtime: Runtime,
  request: StrangersRequest,
): Promise<Outcome<boolean, Extract<RefusalCode, 'PROOF_OF_WORK' | 'TOO_MANY_TRIES'>>> {
  const { electionId, email, place, purpose } = request;
  const now = runtime.clock.now();
  const count = (subject: Bytes) => countTry(trx, subject, now, WINDOW_MS);
  if ((await count(request.spent)).tries > 1) return refuse('PROOF_OF_WORK');
  const atPlace = await count(runtime.secret.derive('votix/registering', 'place', place));
  if (atPlace.tries > MOST_PER_PLACE) {
    return refuse('TOO_MANY_TRIES', { minutes: Math.ceil((atPlace.startedAt + WINDOW_MS - now) / 60_000) });
  }
  const toAddress = await count(runtime.secret.derive('votix/registering', purpose, electionId, email));
  return accept(toAddress.tries === 1);
}

import { randomUUID } from 'node:crypto';
import { fault, refuseFields } from '../../../domain/input-faults.ts';
import type { RefusalCode } from '../../../domain/refusals.ts';
import { enqueueToAddress } from '../../../mail/outbox.ts';
import { type Outcome, accept } from '../../../protocol/outcome.ts';
import type { Runtime } from '../../../runtime.ts';
import { lockForAct } from '../../../store/elections.ts';
import { isEmailAddress, normalizeEmail } from '../reading/email-address.ts';
import { readProof } from './proof-of-work.ts';
import { takeRequest } from './take-request.ts';

/**
 * Takes the question whether an address is on a roll. The answer goes to that address alone, and is found when the mail
 * leaves: the roll is not looked at here, so that neither the page nor its time can tell.
 */
export async function askRoll(
  runtime: Runtime,
  request: {
    readonly electionId: string;
    readonly email: string;
    readonly proof: string;
    readonly place: string;
  },
): Promise<Outcome<true, RefusalCode>> {
  const { electionId, place } = request;
  const email = normalizeEmail(request.email);
  if (!isEmailAddress(email)) {
    return refuseFields({ email: fault(email === '' ? 'REQUIRED' : 'NOT_AN_ADDRESS') });
  }
  const proof = await readProof(runtime, electionId, request.proof);
  if (!proof.ok) return proof;
  return runtime.store.inTransaction(async (trx) => {
    const now = runtime.clock.now();
    const locked = await lockForAct(trx, electionId, 'change-roll', now);
    if (!locked.ok) return locked;
    const taken = await takeRequest(trx, runtime, {
      electionId,
      email,
      place,
      spent: proof.value,
      purpose: 'ask',
    });
    if (!taken.ok) return taken;
    if (taken.value) {
      const mail = { kind: 'roll-answer', electionId, batch: randomUUID(), recipient: email } as const;
      await enqueueToAddress(trx, runtime.config, mail, now);
    }
    return accept(true);
  });
}

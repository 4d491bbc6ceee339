import { randomUUID } from 'node:crypto';
import { CONFIRM_MS, isRegistrationOpen } from '../../../domain/registration.ts';
import type { RefusalCode } from '../../../domain/refusals.ts';
import { enqueueToAddress } from '../../../mail/outbox.ts';
import { type Outcome, accept, refuse } from '../../../protocol/outcome.ts';
import type { Runtime } from '../../../runtime.ts';
import { findElection } from '../../../store/elections.ts';
import { keepRegistration } from '../../../store/registrations.ts';
import { loadSettings } from '../../../store/settings.ts';
import { type VoterInput, readVoter } from '../read-voter.ts';
import { readProof } from './proof-of-work.ts';
import { takeRequest } from './take-request.ts';

/**
 * Takes the wish of a stranger to be put on a roll, under the rules of a roll file, and mails the address that was typed.
 * Whether the address is on the roll already is not looked at: what is told here, and how long it takes, is the same.
 */
export async function register(
  runtime: Runtime,
  request: {
    readonly electionId: string;
    readonly input: VoterInput;
    readonly proof: string;
    readonly place: string;
  },
): Promise<Outcome<true, RefusalCode>> {
  const { electionId, place } = request;
  const read = await readVoter(runtime, request.input);
  if (!read.ok) return read;
  const proof = await readProof(runtime, electionId, request.proof);
  if (!proof.ok) return proof;
  return runtime.store.inTransaction(async (trx) => {
    const now = runtime.clock.now();
    const election = await findElection(trx, electionId);
    if (election === undefined) return refuse('NOT_FOUND');
    const { domains } = await loadSettings(trx, runtime.config);
    if (!isRegistrationOpen(election, domains, now)) return refuse('REGISTRATION_CLOSED');
    const { line: _line, ...row } = read.value;
    const spent = proof.value;
    const taken = await takeRequest(trx, runtime, {
      electionId,
      email: row.email,
      place,
      spent,
      purpose: 'register',
    });
    if (!taken.ok) return taken;
    if (!taken.value) return accept(true);
    const id = randomUUID();
    await keepRegistration(trx, { id, election_id: electionId, ...row, created_at: now }, now - CONFIRM_MS);
    const mail = { kind: 'registration', electionId, batch: id, recipient: row.email } as const;
    await enqueueToAddress(trx, runtime.config, mail, now);
    return accept(true);
  });
}

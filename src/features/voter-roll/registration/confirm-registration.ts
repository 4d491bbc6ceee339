import { SELF_REGISTRATION } from '../../../domain/approvals.ts';
import { CONFIRM_MS, isRegistrationOpen } from '../../../domain/registration.ts';
import type { RefusalCode } from '../../../domain/refusals.ts';
import { requireAct } from '../../../domain/lifecycle.ts';
import { enqueueVoterLink } from '../../../mail/outbox.ts';
import { type Outcome, accept, refuse } from '../../../protocol/outcome.ts';
import { publicAct } from '../../../public-act.ts';
import { registrationIn } from '../../../registration-secrets.ts';
import type { Runtime } from '../../../runtime.ts';
import { factsOf } from '../../../store/elections.ts';
import {
  type RegistrationRow,
  confirmRegistrationRow,
  findRegistration,
} from '../../../store/registrations.ts';
import { loadSettings } from '../../../store/settings.ts';
import type { Reader } from '../../../store/store.ts';
import { putOnRoll } from '../change-voter.ts';

interface Confirmation {
  readonly electionId: string;
  /** From the address of the page. */
  readonly secret: string;
}

/** What a confirmation link stands for; UNKNOWN_CONFIRMATION where it is none of ours, of another election, or too old. */
export async function findConfirmation(
  runtime: Runtime,
  { electionId, secret }: Confirmation,
  reader: Reader = runtime.store.read,
): Promise<Outcome<RegistrationRow, Extract<RefusalCode, 'UNKNOWN_CONFIRMATION'>>> {
  const id = registrationIn(runtime.secret, secret);
  const row = id === undefined ? undefined : await findRegistration(reader, id);
  const isGood =
    row !== undefined && row.election_id === electionId && runtime.clock.now() - row.created_at <= CONFIRM_MS;
  return isGood ? accept(row) : refuse('UNKNOWN_CONFIRMATION');
}

/**
 * Puts on the roll who holds the mailbox that was typed; once, however often the button is pressed. Someone on the roll
 * already stays as they are. Where links are out, theirs follows at once.
 */
export const confirmRegistration = (
  runtime: Runtime,
  { electionId, secret }: Confirmation,
): Promise<Outcome<true, RefusalCode>> =>
  publicAct(runtime, electionId, 'change-roll', async (trx, scene) => {
    const { election, now } = scene;
    const found = await findConfirmation(runtime, { electionId, secret }, trx);
    if (!found.ok) return found;
    if (found.value.confirmed_at !== null) return accept(true);
    const { domains } = await loadSettings(trx, runtime.config);
    if (!isRegistrationOpen(election, domains, now)) return refuse('REGISTRATION_CLOSED');
    const { id, email, last_name, first_name, promotion, building } = found.value;
    const row = { email, last_name, first_name, promotion, building };
    const voterId = await putOnRoll(trx, runtime, row, { ...scene, actor: SELF_REGISTRATION });
    await confirmRegistrationRow(trx, id, now);
    const hasLinks = election.links_mailed === 1 && requireAct(factsOf(election, now), 'send-links').ok;
    if (voterId !== undefined && hasLinks) {
      await enqueueVoterLink(trx, runtime.config, { id: voterId, electionId, linkVersion: 1 }, now);
    }
    return accept(true);
  });

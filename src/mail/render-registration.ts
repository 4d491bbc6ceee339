import { isOfDomain, isRegistrationOpen } from '../domain/registration.ts';
import type { MailReason } from '../domain/mail.ts';
import { accept, refuse } from '../protocol/outcome.ts';
import { confirmationOf } from '../registration-secrets.ts';
import type { Runtime } from '../runtime.ts';
import { type ElectionRow, findElection } from '../store/elections.ts';
import type { MailRow } from '../store/mail.ts';
import { findRegistration } from '../store/registrations.ts';
import { loadSettings } from '../store/settings.ts';
import { findVotersByEmail } from '../store/voters.ts';
import { isPlainAddress } from './address.ts';
import type { RenderOutcome } from './message.ts';
import { type StrangerMail, renderStrangerMail } from './templates/registration-mail.tsx';

const skip = (reason: MailReason) => refuse('SKIPPED', { reason });

interface Scene {
  readonly election: ElectionRow;
  readonly email: string;
  readonly domains: readonly string[];
  /** What the roll says of the address now. */
  readonly voter: Awaited<ReturnType<typeof findVotersByEmail>>[number] | undefined;
}

async function sceneOf(runtime: Runtime, row: MailRow): Promise<Scene | undefined> {
  const { read } = runtime.store;
  if (row.election_id === null || row.recipient === null) {
    throw new Error('this e-mail names its election and its recipient');
  }
  const election = await findElection(read, row.election_id);
  if (election === undefined) return undefined;
  const { domains } = await loadSettings(read, runtime.config);
  const [voter] = await findVotersByEmail(read, election.id, [row.recipient]);
  return { election, email: row.recipient, domains, voter };
}

/** Nothing that a stranger typed is in it: an address that somebody else typed must not receive their words. */
async function written(
  runtime: Runtime,
  row: MailRow,
  { election, email }: Scene,
  mail: StrangerMail,
): Promise<RenderOutcome> {
  if (!isPlainAddress(email)) return refuse('REFUSED', { reason: 'ADDRESS_UNUSABLE' satisfies MailReason });
  return accept({
    messageId: row.message_id,
    from: { name: election.organiser, address: runtime.config.mailFrom },
    to: { name: '', address: email },
    replyTo: runtime.config.mailReplyTo ?? election.contact,
    language: election.language,
    ...(await renderStrangerMail(election, mail)),
  });
}

/** The mail by which somebody who registered confirms the address; who is on the roll already is told so instead. */
export async function renderRegistration(runtime: Runtime, row: MailRow): Promise<RenderOutcome> {
  const scene = await sceneOf(runtime, row);
  const registration = await findRegistration(runtime.store.read, row.batch);
  if (scene === undefined || registration === undefined) return skip('LINK_REPLACED');
  const { election, domains, voter } = scene;
  if (!isRegistrationOpen(election, domains, runtime.clock.now())) return skip('VOTING_ENDED');
  if (voter !== undefined) return written(runtime, row, scene, { kind: 'known', voter });
  const secret = confirmationOf(runtime.secret, registration.id);
  const url = `${runtime.config.publicUrl}/register/${election.id}/confirm/${secret}`;
  return written(runtime, row, scene, { kind: 'confirm', url });
}

/** The answer to "am I on the roll?": to addresses on it, and to those of an allowed domain; to nobody else. */
export async function renderRollAnswer(runtime: Runtime, row: MailRow): Promise<RenderOutcome> {
  const scene = await sceneOf(runtime, row);
  if (scene === undefined) return skip('LINK_REPLACED');
  const { election, email, domains, voter } = scene;
  if (voter !== undefined) return written(runtime, row, scene, { kind: 'known', voter });
  if (!isOfDomain(email, domains)) return skip('ADDRESS_UNUSABLE');
  const isOpen = isRegistrationOpen(election, domains, runtime.clock.now());
  const url = isOpen ? `${runtime.config.publicUrl}/register/${election.id}` : undefined;
  return written(runtime, row, scene, { kind: 'unknown', url });
}

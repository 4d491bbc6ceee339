import { fault, refuseFields } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, type Refusal, accept, refuse } from '../../protocol/outcome.ts';
import { type ActScene, publicAct } from '../../public-act.ts';
import type { Runtime } from '../../runtime.ts';
import { requireApproval } from '../../store/approvals.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { unlockVoter } from '../../store/code-tries.ts';
import { appendPublicEvent } from '../../store/public-events.ts';
import type { Transaction } from '../../store/store.ts';
import { deleteVoter, findVoter, findVotersByEmail, putVoters, updateVoter } from '../../store/voters.ts';
import { newVoter, voterFields } from './new-voter.ts';
import { type VoterInput, readVoter } from './read-voter.ts';
import type { RollRow } from './reading/index.ts';
import { replaceLink } from './replace-link.ts';

interface Scope {
  readonly electionId: string;
  readonly actor: Actor;
}

const ON_ROLL = (): Refusal<'INVALID_INPUT'> => refuseFields({ email: fault('ON_ROLL') });

/**
 * Puts one voter on the roll and tells it where it is to be told: in the public record once the manifest is frozen, and in
 * the audit log. Answers the id; undefined where the address is on the roll already.
 */
export async function putOnRoll(
  trx: Transaction,
  runtime: Runtime,
  row: Omit<RollRow, 'line'>,
  { election, now, seal, actor }: ActScene & { readonly actor: Actor },
): Promise<string | undefined> {
  const voter = newVoter(runtime.secret, election.id, row);
  if ((await putVoters(trx, [voter], 'keep')) === 0) return undefined;
  if (seal !== undefined) {
    const data = { added: 1, removed: 0 };
    await appendPublicEvent(trx, election.id, seal, now, { kind: 'rollChanged', data });
  }
  await appendAudit(trx, { at: now, actor, electionId: election.id, kind: 'voter-added' });
  return voter.id;
}

/** Adds one voter to the roll; answers the id. */
export async function addVoter(
  runtime: Runtime,
  { electionId, actor, input }: Scope & { readonly input: VoterInput },
): Promise<Outcome<string, RefusalCode>> {
  const read = await readVoter(runtime, input);
  return publicAct(runtime, electionId, 'change-roll', async (trx, scene) => {
    const approved = await requireApproval(trx, { electionId, act: 'change-roll', actor, now: scene.now });
    if (!approved.ok) return approved;
    if (!read.ok) return read;
    const voterId = await putOnRoll(trx, runtime, read.value, { ...scene, actor });
    return voterId === undefined ? ON_ROLL() : accept(voterId);
  });
}

/**
 * Corrects what the roll says of a voter. Where links have been handed out, another address means another link: whoever
 * reads the old mailbox must not vote. Someone who has voted keeps the address that the receipt hangs on.
 */
export async function editVoter(
  runtime: Runtime,
  request: Scope & { readonly voterId: string; readonly input: VoterInput },
): Promise<Outcome<true, RefusalCode>> {
  const { electionId, actor, voterId } = request;
  const read = await readVoter(runtime, request.input);
  return publicAct(runtime, electionId, 'change-roll', async (trx, { election, now, seal }) => {
    const approved = await requireApproval(trx, { electionId, act: 'change-roll', actor, now });
    if (!approved.ok) return approved;
    const voter = await findVoter(trx, electionId, voterId);
    if (voter === undefined) return refuse('NOT_FOUND');
    if (!read.ok) return read;
    const fields = voterFields(read.value);
    if (fields.email !== voter.email) {
      if (voter.is_marked === 1) return refuse('VOTER_MARKED');
      if ((await findVotersByEmail(trx, electionId, [fields.email])).length > 0) return ON_ROLL();
    }
    await updateVoter(trx, voterId, fields);
    if (fields.email !== voter.email && election.links_mailed === 1) {
      await replaceLink(trx, runtime.secret, { voter, seal, now });
    }
    await appendAudit(trx, { at: now, actor, electionId, kind: 'voter-edited' });
    return accept(true);
  });
}

/** Takes a voter off the roll; VOTER_MARKED where a credential has been issued, since the roll must account for it. */
export async function removeVoter(
  runtime: Runtime,
  { electionId, actor, voterId }: Scope & { readonly voterId: string },
): Promise<Outcome<true, RefusalCode>> {
  return publicAct(runtime, electionId, 'change-roll', async (trx, { now, seal }) => {
    const approved = await requireApproval(trx, { electionId, act: 'change-roll', actor, now });
    if (!approved.ok) return approved;
    if ((await findVoter(trx, electionId, voterId)) === undefined) return refuse('NOT_FOUND');
    if (!(await deleteVoter(trx, voterId))) return refuse('VOTER_MARKED');
    if (seal !== undefined) {
      const data = { added: 0, removed: 1 };
      await appendPublicEvent(trx, electionId, seal, now, { kind: 'rollChanged', data });
    }
    await appendAudit(trx, { at: now, actor, electionId, kind: 'voter-removed' });
    return accept(true);
  });
}

/** Opens a link again that wrong codes have locked. */
export const unlockLink = (
  runtime: Runtime,
  { electionId, actor, voterId }: Scope & { readonly voterId: string },
): Promise<Outcome<true, RefusalCode>> =>
  runtime.store.inTransaction((trx) =>
    unlockVoter(trx, { electionId, voterId, actor, at: runtime.clock.now() }),
  );

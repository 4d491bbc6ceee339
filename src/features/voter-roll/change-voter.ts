import { fault, refuseFields } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, type Refusal, accept, refuse } from '../../protocol/outcome.ts';
import { publicAct } from '../../public-act.ts';
import type { Runtime } from '../../runtime.ts';
import { digestOf } from '../../secret.ts';
import { requireApproval } from '../../store/approvals.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { clearCodeTries, unlockVoter } from '../../store/code-tries.ts';
import { appendPublicEvent } from '../../store/public-events.ts';
import { deleteVoter, findVoter, findVotersByEmail, putVoters, updateVoter } from '../../store/voters.ts';
import { linkOf } from '../../voter-secrets.ts';
import { newVoter, voterFields } from './new-voter.ts';
import { loadRollSettings } from './read-roll-file.ts';
import { checkRows } from './reading/check-rows.ts';
import {
  ROLL_COLUMNS,
  type RollColumn,
  type RollRow,
  type RollSettings,
  type RowErrorCode,
} from './reading/index.ts';

/** What is said of one voter, as it was typed. */
export type VoterInput = Readonly<Record<RollColumn, string>>;

interface Scope {
  readonly electionId: string;
  readonly actor: Actor;
}

const ON_ROLL = (): Refusal<'INVALID_INPUT'> => refuseFields({ email: fault('ON_ROLL') });

/** Why a field of the form is refused, in the codes of forms. */
function faultOf(code: RowErrorCode, settings: RollSettings): string {
  const { domains, promotions, buildings } = settings;
  switch (code) {
    case 'NAME_MISSING':
    case 'EMAIL_MISSING':
      return fault('REQUIRED');
    case 'EMAIL_INVALID':
      return fault('NOT_AN_ADDRESS');
    case 'DOMAIN_NOT_ALLOWED':
      return fault('DOMAIN_NOT_ALLOWED', domains?.join(', '));
    case 'PROMOTION_UNKNOWN':
      return fault('NOT_A_CHOICE', promotions?.join(', '));
    case 'BUILDING_UNKNOWN':
      return fault('NOT_A_CHOICE', buildings?.join(', '));
    case 'EMAIL_DUPLICATE':
    case 'COLUMN_COUNT':
      throw new Error(`one row of five cells cannot be refused as ${code}`);
    default:
      return code satisfies never;
  }
}

/** One voter is held to the very rules of a roll file. */
async function readVoter(runtime: Runtime, input: VoterInput): Promise<Outcome<RollRow, 'INVALID_INPUT'>> {
  const settings = await loadRollSettings(runtime);
  const cells = ROLL_COLUMNS.map((column) => input[column]);
  const checked = checkRows(
    {
      delimiter: null,
      header: true,
      isSheet: true,
      skip: 0,
      columns: {
        width: cells.length,
        positions: { last_name: 0, first_name: 1, email: 2, promotion: 3, building: 4 },
      },
      rows: () => [{ line: 1, cells, share: 1 }].values(),
    },
    settings,
  ).next();
  if (checked.done !== true) throw new Error('one row is checked in one step');
  if (typeof checked.value === 'string') {
    const missing = fault('REQUIRED');
    return refuseFields({ last_name: missing, first_name: missing, email: missing });
  }
  const { voters, errors } = checked.value;
  const [voter] = voters;
  if (voter !== undefined) return accept(voter);
  return refuseFields(
    Object.fromEntries(errors.map(({ column, code }) => [column ?? 'email', faultOf(code, settings)])),
  );
}

/** Adds one voter to the roll; answers the id. After the manifest is frozen the public record tells it. */
export async function addVoter(
  runtime: Runtime,
  { electionId, actor, input }: Scope & { readonly input: VoterInput },
): Promise<Outcome<string, RefusalCode>> {
  const read = await readVoter(runtime, input);
  return publicAct(runtime, electionId, 'change-roll', async (trx, { now, seal }) => {
    const approved = await requireApproval(trx, { electionId, act: 'change-roll', actor, now });
    if (!approved.ok) return approved;
    if (!read.ok) return read;
    const voter = newVoter(runtime.secret, electionId, read.value);
    if ((await putVoters(trx, [voter], 'keep')) === 0) return ON_ROLL();
    if (seal !== undefined) {
      const data = { added: 1, removed: 0 };
      await appendPublicEvent(trx, electionId, seal, now, { kind: 'rollChanged', data });
    }
    await appendAudit(trx, { at: now, actor, electionId, kind: 'voter-added' });
    return accept(voter.id);
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
      const link_version = voter.link_version + 1;
      const link_digest = digestOf(linkOf(runtime.secret, { id: voterId, link_version }));
      await updateVoter(trx, voterId, { link_version, link_digest });
      await clearCodeTries(trx, voterId);
      if (seal !== undefined) {
        await appendPublicEvent(trx, electionId, seal, now, { kind: 'linksReplaced', data: { count: 1 } });
      }
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

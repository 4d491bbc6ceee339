import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { APPROVAL_MS, type ApprovedAct, REQUEST_MS, SELF_REGISTRATION } from '../domain/approvals.ts';
import { canonical } from '../protocol/canonical-json.ts';
import { type Outcome, accept, refuse } from '../protocol/outcome.ts';
import { type Actor, appendAudit } from './audit.ts';
import { findElection } from './elections.ts';
import type { Schema } from './schema.ts';
import type { Reader, Transaction } from './store.ts';

export type ApprovalRow = Selectable<Schema['approval']>;

interface Request {
  readonly electionId: string;
  readonly act: ApprovedAct;
  readonly actor: Actor;
  readonly now: number;
}

/** Whether two people decide on this server. */
export async function isTwoPerson(reader: Reader): Promise<boolean> {
  const row = await reader
    .selectFrom('setting')
    .select('value')
    .where('name', '=', 'twoPersonApproval')
    .executeTakeFirst();
  return row?.value === 'true';
}

/**
 * NEEDS_APPROVAL unless the option is off, or another person, who still is an admin, approved this act of this election
 * for `actor` within the hour. `change-roll` needs it only while people vote.
 */
export async function requireApproval(
  trx: Transaction,
  request: Request,
): Promise<Outcome<true, 'NEEDS_APPROVAL'>> {
  const { electionId, act, actor, now } = request;
  if (actor === SELF_REGISTRATION || !(await isTwoPerson(trx))) return accept(true);
  if (act === 'change-roll' && !(await isVoting(trx, electionId, now))) return accept(true);
  const granted = await trx
    .selectFrom('approval')
    .innerJoin('staff', 'staff.email', 'approval.decided_by')
    .select('approval.id')
    .where('election_id', '=', electionId)
    .where('act', '=', act)
    .where('asked_by', '=', actor)
    .where('is_granted', '=', 1)
    .where('decided_at', '>', now - APPROVAL_MS)
    .where('role', '=', 'admin')
    .where('is_disabled', '=', 0)
    .executeTakeFirst();
  return granted === undefined ? refuse('NEEDS_APPROVAL', { election: electionId, act }) : accept(true);
}

/** The scheduler may be a moment late: from the opening time on, the roll is that of a running vote. */
async function isVoting(reader: Reader, electionId: string, now: number): Promise<boolean> {
  const election = await findElection(reader, electionId);
  if (election?.state === 'open') return true;
  return election?.state === 'armed' && election.opens_at !== null && election.opens_at <= now;
}

/** Puts a request before the other admins; the same one asked again is still one. */
export async function askApproval(trx: Transaction, request: Request): Promise<void> {
  const { electionId, act, actor, now } = request;
  const waiting = await trx
    .selectFrom('approval')
    .select('id')
    .where('election_id', '=', electionId)
    .where('act', '=', act)
    .where('asked_by', '=', actor)
    .where('decided_at', 'is', null)
    .where('asked_at', '>', now - REQUEST_MS)
    .executeTakeFirst();
  if (waiting !== undefined) return;
  await trx
    .insertInto('approval')
    .values({ id: randomUUID(), election_id: electionId, act, asked_by: actor, asked_at: now })
    .execute();
  await appendAudit(trx, { at: now, actor, electionId, kind: 'approval-asked', fields: { act } });
}

/**
 * Grants or refuses a request. Nobody grants their own, and on neither side stands an account that an admin made, changed
 * or gave a new set-up link since the election was armed: one person could be behind both names.
 */
export async function decideApproval(
  trx: Transaction,
  decision: {
    readonly electionId: string;
    readonly approvalId: string;
    readonly isGranted: boolean;
    readonly decider: Actor;
    readonly now: number;
  },
): Promise<Outcome<true, 'NOT_FOUND' | 'APPROVAL_DECIDED' | 'OWN_APPROVAL' | 'ACCOUNT_TOO_NEW'>> {
  const { electionId, approvalId, isGranted, decider, now } = decision;
  const asked = await trx
    .selectFrom('approval')
    .selectAll()
    .where('id', '=', approvalId)
    .where('election_id', '=', electionId)
    .executeTakeFirst();
  if (asked === undefined) return refuse('NOT_FOUND');
  if (asked.decided_at !== null || asked.asked_at <= now - REQUEST_MS) return refuse('APPROVAL_DECIDED');
  if (isGranted && asked.asked_by === decider) return refuse('OWN_APPROVAL');
  for (const account of isGranted ? [asked.asked_by, decider] : []) {
    if (!(await isIndependent(trx, electionId, account))) return refuse('ACCOUNT_TOO_NEW', { account });
  }
  await trx
    .updateTable('approval')
    .set({ decided_by: decider, decided_at: now, is_granted: isGranted ? 1 : 0 })
    .where('id', '=', approvalId)
    .execute();
  await appendAudit(trx, {
    at: now,
    actor: decider,
    electionId,
    kind: isGranted ? 'approval-granted' : 'approval-refused',
    fields: { act: asked.act, asker: asked.asked_by },
  });
  return accept(true);
}

/** Whoever holds the server's terminal could change the database itself: accounts made there count as clean. */
const TERMINAL = ['cli', 'set-up link'];

/** The audit log knows whose account was touched by whom since the manifest was signed. */
async function isIndependent(reader: Reader, electionId: string, email: Actor): Promise<boolean> {
  const armed = await reader
    .selectFrom('audit_entry')
    .select('seq')
    .where('election_id', '=', electionId)
    .where('kind', '=', 'manifest-signed')
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  if (armed === undefined) return true;
  const said = ['admin', 'technician'].flatMap((role) => [
    canonical({ email, role }),
    canonical({ email, role, state: 'enabled' }),
  ]);
  const touched = await reader
    .selectFrom('audit_entry')
    .select('seq')
    .where('seq', '>', armed.seq)
    .where('kind', 'in', ['staff-created', 'staff-changed', 'setup-link-made', 'factor-removed'])
    .where('fields', 'in', [canonical({ email }), ...said])
    .where('actor', 'not in', [...TERMINAL, email])
    .limit(1)
    .executeTakeFirst();
  return touched === undefined;
}

/** Requests of an election, newest first. */
export const listApprovals = (reader: Reader, electionId: string, limit: number): Promise<ApprovalRow[]> =>
  reader
    .selectFrom('approval')
    .selectAll()
    .where('election_id', '=', electionId)
    .orderBy('asked_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();

/** How many requests of an election wait for a decision; undefined where one person decides alone. */
export async function waitingApprovals(
  reader: Reader,
  electionId: string,
  now: number,
): Promise<number | undefined> {
  if (!(await isTwoPerson(reader))) return undefined;
  const { waiting } = await reader
    .selectFrom('approval')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .where('election_id', '=', electionId)
    .where('decided_at', 'is', null)
    .where('asked_at', '>', now - REQUEST_MS)
    .executeTakeFirstOrThrow();
  return waiting;
}

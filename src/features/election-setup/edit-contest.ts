import { randomUUID } from 'node:crypto';
import { MOST_CONTESTS, contestDefinition } from '../../domain/election-definition.ts';
import { fault, parseInput, refuseFields } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { sweepLogos } from '../../logos.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import {
  type Direction,
  deleteContest,
  findContest,
  insertContest,
  moveContest,
  updateContest,
} from '../../store/contests.ts';
import { type ContestRow, listContests, lockForAct } from '../../store/elections.ts';
import type { Transaction } from '../../store/store.ts';
import { choiceColumns } from './election-columns.ts';

interface ContestRequest {
  readonly electionId: string;
  readonly actor: Actor;
  readonly contestId: string;
}

/** Adds a contest behind the others; answers its id. */
export async function addContest(
  runtime: Runtime,
  request: { readonly electionId: string; readonly actor: Actor; readonly input: unknown },
): Promise<Outcome<string, RefusalCode>> {
  const { electionId, actor } = request;
  const parsed = parseInput(contestDefinition, request.input);
  const now = runtime.clock.now();
  return runtime.store.inTransaction(async (trx) => {
    const locked = await lockForAct(trx, electionId, 'edit', now);
    if (!locked.ok) return locked;
    if (!parsed.ok) return parsed;
    if ((await listContests(trx, electionId)).length >= MOST_CONTESTS) {
      return refuseFields({ title: fault('TOO_MANY', MOST_CONTESTS) });
    }
    const id = randomUUID();
    const columns = choiceColumns(parsed.value);
    await insertContest(trx, { id, election_id: electionId, ...columns });
    const { title } = columns;
    await appendAudit(trx, { at: now, actor, electionId, kind: 'contest-edited', fields: { title } });
    return accept(id);
  });
}

/** Changes title, method, choices, blank vote or order of a contest. */
export async function editContest(
  runtime: Runtime,
  request: ContestRequest & { readonly input: unknown },
): Promise<Outcome<true, RefusalCode>> {
  const parsed = parseInput(contestDefinition, request.input);
  return changeContest(runtime, request, 'contest-edited', async (trx, contest) => {
    if (!parsed.ok) return parsed;
    await updateContest(trx, contest.id, choiceColumns(parsed.value));
    return accept(true);
  });
}

/** Removes a contest with its candidates. */
export async function removeContest(
  runtime: Runtime,
  request: ContestRequest,
): Promise<Outcome<true, RefusalCode>> {
  const removed = await changeContest(runtime, request, 'contest-removed', async (trx, contest) => {
    await deleteContest(trx, contest);
    return accept(true);
  });
  if (removed.ok) await sweepLogos(runtime);
  return removed;
}

/** Moves a contest one place up or down on the ballot. */
export async function reorderContest(
  runtime: Runtime,
  request: ContestRequest & { readonly direction: Direction },
): Promise<Outcome<true, RefusalCode>> {
  return changeContest(runtime, request, 'contest-edited', async (trx, contest) => {
    await moveContest(trx, contest, request.direction);
    return accept(true);
  });
}

async function changeContest(
  runtime: Runtime,
  { electionId, contestId, actor }: ContestRequest,
  kind: 'contest-edited' | 'contest-removed',
  change: (trx: Transaction, contest: ContestRow) => Promise<Outcome<true, RefusalCode>>,
): Promise<Outcome<true, RefusalCode>> {
  const now = runtime.clock.now();
  return runtime.store.inTransaction(async (trx) => {
    const locked = await lockForAct(trx, electionId, 'edit', now);
    if (!locked.ok) return locked;
    const contest = await findContest(trx, electionId, contestId);
    if (contest === undefined) return refuse('NOT_FOUND');
    const changed = await change(trx, contest);
    if (!changed.ok) return changed;
    await appendAudit(trx, { at: now, actor, electionId, kind, fields: { title: contest.title } });
    return changed;
  });
}

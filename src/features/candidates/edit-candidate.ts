import { randomUUID } from 'node:crypto';
import { MOST_CANDIDATES, candidateDefinition } from '../../domain/election-definition.ts';
import { fault, parseInput, refuseFields } from '../../domain/input-faults.ts';
import { requireAct } from '../../domain/lifecycle.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { storeLogo, sweepLogos } from '../../logos.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import {
  type Direction,
  deleteCandidate,
  findCandidate,
  insertCandidate,
  moveCandidate,
  updateCandidate,
} from '../../store/contests.ts';
import { type CandidateRow, factsOf, findElection, listContests, lockForAct } from '../../store/elections.ts';
import type { Transaction } from '../../store/store.ts';

interface Scope {
  readonly electionId: string;
  readonly actor: Actor;
}

/** What the form says, and the bytes of a picture where one was chosen. */
interface Portrayal {
  readonly input: unknown;
  readonly picture: Uint8Array | undefined;
}

/** Adds a candidate behind the others of a contest; answers its id. Faults of the form and the picture are told together. */
export async function addCandidate(
  runtime: Runtime,
  request: Scope & Portrayal & { readonly contestId: string },
): Promise<Outcome<string, RefusalCode>> {
  const { electionId, contestId, actor } = request;
  const portrayed = await readPortrayal(runtime, request);
  if (!portrayed.ok) return portrayed;
  const { logo, ...said } = portrayed.value;
  return runtime.store.inTransaction(async (trx) => {
    const at = runtime.clock.now();
    const locked = await lockForAct(trx, electionId, 'edit', at);
    if (!locked.ok) return locked;
    const contest = (await listContests(trx, electionId)).find(({ id }) => id === contestId);
    if (contest === undefined) return refuse('NOT_FOUND');
    if (contest.candidates.length >= MOST_CANDIDATES) {
      return refuseFields({ name: fault('TOO_MANY', MOST_CANDIDATES) });
    }
    const id = randomUUID();
    await insertCandidate(trx, { id, contest_id: contestId, ...said, logo: logo ?? null });
    const fields = { name: said.name };
    await appendAudit(trx, { at, actor, electionId, kind: 'candidate-edited', fields });
    return accept(id);
  });
}

/** Changes what is said and shown of a candidate; without a new picture the old one stays, unless it is to go. */
export async function editCandidate(
  runtime: Runtime,
  request: Scope & Portrayal & { readonly candidateId: string; readonly isLogoRemoved: boolean },
): Promise<Outcome<true, RefusalCode>> {
  const portrayed = await readPortrayal(runtime, request);
  if (!portrayed.ok) return portrayed;
  const { logo, ...said } = portrayed.value;
  const edited = await changeCandidate(runtime, request, 'candidate-edited', async (trx, candidate) => {
    const kept = request.isLogoRemoved ? null : candidate.logo;
    await updateCandidate(trx, candidate.id, { ...said, logo: logo ?? kept });
  });
  if (edited.ok && (logo !== undefined || request.isLogoRemoved)) await sweepLogos(runtime);
  return edited;
}

export async function removeCandidate(
  runtime: Runtime,
  request: Scope & { readonly candidateId: string },
): Promise<Outcome<true, RefusalCode>> {
  const removed = await changeCandidate(runtime, request, 'candidate-removed', deleteCandidate);
  if (removed.ok) await sweepLogos(runtime);
  return removed;
}

/** Moves a candidate one place up or down in the declared order. */
export const reorderCandidate = (
  runtime: Runtime,
  request: Scope & { readonly candidateId: string; readonly direction: Direction },
): Promise<Outcome<true, RefusalCode>> =>
  changeCandidate(runtime, request, 'candidate-edited', (trx, candidate) =>
    moveCandidate(trx, candidate, request.direction),
  );

async function readPortrayal(
  runtime: Runtime,
  { electionId, input, picture }: Scope & Portrayal,
): Promise<
  Outcome<{ name: string; slogan: string; details: string; logo: string | undefined }, RefusalCode>
> {
  // asked before a picture is kept for nothing; the transaction asks again
  const election = await findElection(runtime.store.read, electionId);
  if (election === undefined) return refuse('NOT_FOUND');
  const allowed = requireAct(factsOf(election, runtime.clock.now()), 'edit');
  if (!allowed.ok) return allowed;
  const said = parseInput(candidateDefinition, input);
  const logo = picture === undefined ? undefined : await storeLogo(runtime.config.logoDir, picture);
  const faults = {
    ...(said.ok ? {} : said.detail),
    ...(logo === undefined || logo.ok ? {} : { logo: fault(logo.code) }),
  };
  if (!said.ok || logo?.ok === false) return refuse('INVALID_INPUT', faults);
  return accept({ ...said.value, logo: logo?.value });
}

async function changeCandidate(
  runtime: Runtime,
  { electionId, candidateId, actor }: Scope & { readonly candidateId: string },
  kind: 'candidate-edited' | 'candidate-removed',
  change: (trx: Transaction, candidate: CandidateRow) => Promise<void>,
): Promise<Outcome<true, RefusalCode>> {
  return runtime.store.inTransaction(async (trx) => {
    const at = runtime.clock.now();
    const locked = await lockForAct(trx, electionId, 'edit', at);
    if (!locked.ok) return locked;
    const candidate = await findCandidate(trx, electionId, candidateId);
    if (candidate === undefined) return refuse('NOT_FOUND');
    await change(trx, candidate);
    const fields = { name: candidate.name };
    await appendAudit(trx, { at, actor, electionId, kind, fields });
    return accept(true);
  });
}

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { parseInput } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { requiredLine } from '../../domain/text-fields.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { findElection } from '../../store/elections.ts';
import { insertIncident } from '../../store/incidents.ts';

const schema = z.object({ incident: requiredLine(1000) });

/** Writes down what happened, for the minutes. Refused once they are published: what everybody has read stays. */
export async function noteIncident(
  runtime: Runtime,
  request: { readonly electionId: string; readonly actor: Actor; readonly text: string },
): Promise<Outcome<true, RefusalCode>> {
  const { electionId, actor } = request;
  const input = parseInput(schema, { incident: request.text });
  if (!input.ok) return input;
  return runtime.store.inTransaction(async (trx) => {
    const election = await findElection(trx, electionId);
    if (election === undefined) return refuse('NOT_FOUND');
    if (election.state === 'published' || election.state === 'archived') return refuse('ALREADY_PUBLISHED');
    const at = runtime.clock.now();
    const text = input.value.incident;
    await insertIncident(trx, { id: randomUUID(), election_id: electionId, at, text, actor });
    await appendAudit(trx, { at, actor, electionId, kind: 'incident-noted' });
    return accept(true as const);
  });
}

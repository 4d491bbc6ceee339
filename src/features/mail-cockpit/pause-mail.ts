import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { findElection } from '../../store/elections.ts';
import { deletePause, insertPause } from '../../store/mail-pauses.ts';

interface PauseRequest {
  readonly electionId: string;
  readonly actor: Actor;
}

/** Holds every e-mail of an election back, after those under way. Lasts until somebody resumes, restarts included. */
export function pauseMail(runtime: Runtime, request: PauseRequest): Promise<Outcome<true, RefusalCode>> {
  const { electionId, actor } = request;
  return runtime.store.inTransaction(async (trx) => {
    if ((await findElection(trx, electionId)) === undefined) return refuse('NOT_FOUND');
    const at = runtime.clock.now();
    if (!(await insertPause(trx, { election_id: electionId, paused_at: at, actor })))
      return refuse('MAIL_PAUSED');
    await appendAudit(trx, { at, actor, electionId, kind: 'mail-paused' });
    return accept(true);
  });
}

/** Lets the e-mails of an election leave again. */
export function resumeMail(runtime: Runtime, request: PauseRequest): Promise<Outcome<true, RefusalCode>> {
  const { electionId, actor } = request;
  return runtime.store.inTransaction(async (trx) => {
    if ((await findElection(trx, electionId)) === undefined) return refuse('NOT_FOUND');
    if (!(await deletePause(trx, electionId))) return refuse('NOT_PAUSED');
    await appendAudit(trx, { at: runtime.clock.now(), actor, electionId, kind: 'mail-resumed' });
    return accept(true);
  });
}

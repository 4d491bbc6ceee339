import type { ElectionState } from '../../domain/election.ts';
import type { Settings } from '../../domain/settings.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { listElections } from '../../store/elections.ts';
import type { Transaction } from '../../store/store.ts';

const VOTING: readonly ElectionState[] = ['armed', 'open'];
const DECIDED_BY_TWO: readonly ElectionState[] = ['armed', 'open', 'closed'];

/** Refuses a change of what an election that is under way rests on. */
export async function requireUnfrozen(
  { environment }: Runtime,
  trx: Transaction,
  { before, after }: { before: Settings; after: Settings },
): Promise<Outcome<true, 'PUBLIC_URL_FROZEN' | 'TWO_PERSONS_FROZEN'>> {
  const urlOf = ({ publicUrl }: Settings): string => publicUrl ?? environment.publicUrl;
  const isMoved = urlOf(before) !== urlOf(after);
  const isLoosened = before.twoPersonApproval && !after.twoPersonApproval;
  if (!isMoved && !isLoosened) return accept(true);
  const elections = await listElections(trx);
  if (isMoved) {
    const mailed = elections.find((row) => row.links_mailed === 1 && VOTING.includes(row.state));
    if (mailed !== undefined) return refuse('PUBLIC_URL_FROZEN', { title: mailed.title });
  }
  if (isLoosened) {
    const running = elections.find((row) => DECIDED_BY_TWO.includes(row.state));
    if (running !== undefined) return refuse('TWO_PERSONS_FROZEN', { title: running.title });
  }
  return accept(true);
}

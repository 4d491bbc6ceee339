import type { MailKind, MailReason } from '../domain/mail.ts';
import type { Runtime } from '../runtime.ts';
import { type ElectionRow, findElection } from '../store/elections.ts';
import { type MailedVoter, findMailedVoter } from '../store/link-mails.ts';
import type { MailRow } from '../store/mail.ts';

/** What an e-mail needs to be of use to the voter it is for. */
interface Need {
  readonly states: readonly ElectionRow['state'][];
  /** Of no use after the closing time, nor to whom has voted. */
  readonly isToVote: boolean;
  /** Its batch is the version of the link that it tells of. */
  readonly isOfLink: boolean;
}

/** By kind. What is not here is for nobody on a roll, and always wanted. */
const NEEDS: Readonly<Partial<Record<MailKind, Need>>> = {
  link: { states: ['armed', 'open'], isToVote: true, isOfLink: true },
  code: { states: ['armed', 'open'], isToVote: true, isOfLink: true },
  reminder: { states: ['open'], isToVote: true, isOfLink: false },
  invitation: { states: ['draft', 'arming', 'armed', 'open'], isToVote: true, isOfLink: false },
  result: { states: ['published'], isToVote: false, isOfLink: false },
};

function reasonAgainst(
  need: Need,
  election: ElectionRow,
  voter: MailedVoter,
  mail: { readonly batch: string; readonly now: number },
): MailReason | undefined {
  if (need.isToVote && voter.is_marked === 1) return 'HAS_VOTED';
  if (need.isOfLink && String(voter.link_version) !== mail.batch) return 'LINK_REPLACED';
  const isLate = need.isToVote && mail.now >= election.closes_at;
  return isLate || !need.states.includes(election.state) ? 'VOTING_ENDED' : undefined;
}

/**
 * Why an e-mail is not wanted any more, by the roll and the election as they are now. Asked when it is written, and again
 * before its last byte leaves: a connection may have waited long for its turn.
 */
export async function stillWanted(runtime: Runtime, row: MailRow): Promise<MailReason | undefined> {
  const need = NEEDS[row.kind];
  if (need === undefined || row.election_id === null || row.voter_id === null) return undefined;
  const { read } = runtime.store;
  const voter = await findMailedVoter(read, row.voter_id);
  const election = await findElection(read, row.election_id);
  if (voter === undefined || election === undefined) return 'LINK_REPLACED';
  return reasonAgainst(need, election, voter, { batch: row.batch, now: runtime.clock.now() });
}

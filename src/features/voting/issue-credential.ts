import { timingSafeEqual } from 'node:crypto';
import { afterWrongCode, lockOf, triesLeft } from '../../domain/code-tries.ts';
import { votingPhase } from '../../domain/voting.ts';
import { credentialSigner } from '../../election-keys.ts';
import { termsOf } from '../../election-terms.ts';
import { type Bytes, equalBytes } from '../../protocol/bytes.ts';
import { instantOf } from '../../protocol/fields.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import { inRange } from '../../protocol/rsa.ts';
import type { Runtime } from '../../runtime.ts';
import { digestOf } from '../../secret.ts';
import { clearCodeTries, saveCodeTries } from '../../store/code-tries.ts';
import { openElection } from '../../store/opening.ts';
import { type VoterOfLink, findVoterOfLink, markVoter } from '../../store/roll-marks.ts';
import type { Transaction } from '../../store/store.ts';
import { codeOf } from '../../voter-secrets.ts';

export type IssueRefusal =
  'MALFORMED' | 'UNKNOWN_LINK' | 'NOT_OPEN' | 'CLOSED' | 'ALREADY_VOTED' | 'LOCKED' | 'WRONG_CODE';

/** `repeated`: the same value was signed before. Either way BlindSign is the answer. */
export type IssueDecision = Outcome<'issued' | 'repeated', IssueRefusal>;

export interface IssueRequest {
  /** The secret part of the voting link, as it came. */
  readonly link: string;
  /** 4 to 8 ASCII digits; absent where a device asks for the same answer again. */
  readonly code: string | undefined;
  /** 256, 384 or 512 bytes. */
  readonly blinded: Bytes;
}

/** Whether a typed code has the form of one: what has not is an error of form, never a try. */
export const isCode = (text: string): boolean => /^[0-9]{4,8}$/.test(text);

/**
 * Issues the credential of a voter (section 4, step 3): the blind signature, nLen bytes. Refusals: WRONG_CODE carries
 * `triesLeft`; LOCKED carries `until`, an instant, unless only staff can unlock.
 */
export async function issueCredential(
  runtime: Runtime,
  request: IssueRequest,
): Promise<Outcome<Bytes, IssueRefusal>> {
  const { store } = runtime;
  const linkDigest = digestOf(request.link);
  const voter = await findVoterOfLink(store.read, linkDigest);
  if (voter === undefined) return refuse('UNKNOWN_LINK');
  const { electionId, manifestDigest } = voter;
  const terms = manifestDigest && (await termsOf(runtime, electionId, manifestDigest));
  if (terms === undefined) return refuse('NOT_OPEN');
  if (!inRange(terms.credentialKey, request.blinded)) return refuse('MALFORMED');
  const sign = await credentialSigner(runtime, terms);

  const blindedDigest = digestOf(request.blinded);
  // A refusal is accepted by the transaction: a wrong code must stay counted.
  const decided = await store.inTransaction<IssueDecision, never>(async (trx) =>
    accept(await decideIssue(runtime, trx, linkDigest, request.code, blindedDigest)),
  );
  if (!decided.ok) return decided;
  if (!decided.value.ok) return decided.value;
  // Step "answers BlindSign": after the commit, so that no signature leaves for a mark that is not on disk.
  return sign === undefined ? refuse('CLOSED') : sign(request.blinded);
}

/** The decisions of section 4, step 3, in their order, in one transaction. Accepts where the answer is BlindSign. */
export async function decideIssue(
  runtime: Runtime,
  trx: Transaction,
  linkDigest: Bytes,
  code: string | undefined,
  blindedDigest: Bytes,
): Promise<IssueDecision> {
  const now = runtime.clock.now();
  const voter = await findVoterOfLink(trx, linkDigest);
  if (voter === undefined) return refuse('UNKNOWN_LINK');

  // Only the device that was answered before knows `blinded`: the same answer again, without the code.
  if (voter.blindedDigest !== undefined && equalBytes(voter.blindedDigest, blindedDigest)) {
    const phase = votingPhase(voter.facts, now, true);
    return phase === 'within' ? accept('repeated') : refuse(phase);
  }
  const phase = votingPhase(voter.facts, now, false);
  if (phase !== 'within') return refuse(phase);
  if (voter.isMarked) return refuse('ALREADY_VOTED');
  if (voter.facts.state === 'armed') {
    const opened = await openElection(trx, voter.electionId, now, 'clock');
    if (!opened.ok) return refuse('NOT_OPEN');
  }
  const checked = await checkCode(runtime, trx, voter, code, now);
  if (!checked.ok) return checked;

  await markVoter(trx, voter.id, blindedDigest);
  if (voter.tries !== undefined) await clearCodeTries(trx, voter.id);
  return accept('issued');
}

async function checkCode(
  runtime: Runtime,
  trx: Transaction,
  voter: VoterOfLink,
  code: string | undefined,
  now: number,
): Promise<Outcome<true, 'LOCKED' | 'MALFORMED' | 'WRONG_CODE'>> {
  const lock = lockOf(voter.tries, now);
  if (lock !== undefined) {
    // Rounded up: at `until` the lock is over.
    return refuse(
      'LOCKED',
      lock === 'staff' ? {} : { until: instantOf(new Date(Math.ceil(lock / 1000) * 1000)) },
    );
  }
  if (code === undefined) return refuse('MALFORMED');
  const expected = codeOf(
    runtime.secret,
    { id: voter.id, link_version: voter.linkVersion },
    voter.codeDigits,
  );
  // Digests have one length, whatever was typed: the comparison takes one time.
  if (timingSafeEqual(digestOf(code), digestOf(expected))) return accept(true);
  const tries = afterWrongCode(voter.tries, now);
  await saveCodeTries(trx, voter.id, tries);
  return refuse('WRONG_CODE', { triesLeft: triesLeft(tries, now) });
}

import type { Ballot } from '../../protocol/ballot.ts';
import { type Bytes, toBase64url } from '../../protocol/bytes.ts';
import type { BuiltElection, BuiltVoter } from '../election.ts';
import {
  type Prepared,
  type Send,
  finishBallot,
  prepareVote,
  requestCredential,
  sendBallot,
} from '../voter-client.ts';

/**
 * A voter whose device keeps what section 4 lets it keep, and tries again from there whatever happens to the server:
 * the same blinded value, then the same ballot.
 */
export class StubbornVoter {
  readonly voter: BuiltVoter;
  readonly selections: readonly (readonly string[])[];
  /** The tracker of the receipt, once the ballot was acknowledged. */
  tracker: string | undefined;
  readonly #election: BuiltElection;
  #prepared: Prepared | undefined;
  #signature: Bytes | undefined;
  #ballot: Ballot | undefined;

  constructor(election: BuiltElection, voter: BuiltVoter, selections: readonly (readonly string[])[]) {
    this.#election = election;
    this.voter = voter;
    this.selections = selections;
  }

  /** Goes as far as the server lets it; throws where it stops in between, to be called again. */
  async vote(send: Send): Promise<void> {
    if (this.tracker !== undefined) return;
    const { terms } = this.#election;
    this.#prepared ??= await prepareVote(terms, this.selections);
    this.#signature ??= await requestCredential(send, this.voter.link, this.#prepared, this.voter.code);
    this.#ballot ??= (await finishBallot(terms, this.#prepared, this.#signature)).ballot;
    const receipt = await sendBallot(send, terms, this.#ballot);
    this.tracker = toBase64url(receipt.tracker);
  }
}

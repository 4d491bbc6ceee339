import { canonical } from '../../protocol/canonical-json.ts';
import { type Ballot, castJson, completeBallot } from '../../protocol/ballot.ts';
import { toBase64url } from '../../protocol/bytes.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { finalizeCredential } from '../../protocol/credential.ts';
import { sealBallot } from '../../protocol/sealed-ballot.ts';
import { encodePlaintext } from '../../protocol/selection.ts';
import type { BuiltElection } from '../election.ts';
import { type Send, finishBallot, prepareVote, requestCredential } from '../voter-client.ts';
import { inLanes } from './in-lanes.ts';

const json = (body: string): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body,
});

/** Posts a ballot as it is. */
export const postBallot = (send: Send, { id, terms }: BuiltElection, ballot: Ballot) =>
  send(`/elections/${id}/ballots`, json(canonical(castJson(terms, ballot))));

function selectionOf({ terms }: BuiltElection, index: number): readonly (readonly string[])[] {
  const candidates = terms.manifest.contests[0]?.candidates ?? [];
  return [[candidates[index % candidates.length]?.id ?? '']];
}

/** C1: every voter posts credential and ballot twice in parallel. Answers the receipts that differ within a pair: 0. */
export async function voteTwiceEach(send: Send, election: BuiltElection): Promise<{ unequal: number }> {
  const { terms } = election;
  let unequal = 0;
  await inLanes(election.voters, async (voter, index) => {
    const prepared = await prepareVote(terms, selectionOf(election, index));
    const [signature, again] = await Promise.all([
      requestCredential(send, voter.link, prepared, voter.code),
      requestCredential(send, voter.link, prepared, voter.code),
    ]);
    const { ballot } = await finishBallot(terms, prepared, signature);
    const answers = await Promise.all([
      postBallot(send, election, ballot),
      postBallot(send, election, ballot),
    ]);
    const [first, second] = await Promise.all(answers.map((answer) => answer.text()));
    if (first !== second || toBase64url(signature) !== toBase64url(again)) unequal++;
    if (answers.some(({ status }) => status !== 200 && status !== 201))
      throw new Error(`refused: ${first} ${second}`);
  });
  return { unequal };
}

/** What one voter has got out of many posts. */
export interface ManyPosts {
  /** Ballots taken: 201. */
  readonly taken: number;
  /** Answers of 5xx. */
  readonly serverErrors: number;
}

/** C2: one voter posts `posts` times at once, each time for a new credential and with another choice. */
export async function voteManyTimes(send: Send, election: BuiltElection, posts: number): Promise<ManyPosts> {
  const { terms } = election;
  const voter = firstVoter(election);
  const prepared = await Promise.all(
    Array.from({ length: posts }, (_, i) => prepareVote(terms, selectionOf(election, i))),
  );
  let taken = 0;
  let serverErrors = 0;
  await Promise.all(
    prepared.map(async (one) => {
      const blinded = toBase64url(one.pending.blinded);
      const answer = await send(
        `/vote/${voter.link}/credential`,
        json(canonical({ code: voter.code, blinded })),
      );
      if (answer.status >= 500) serverErrors++;
      if (answer.status !== 200) return;
      const signature = await requestCredential(send, voter.link, one);
      const { ballot } = await finishBallot(terms, one, signature);
      const cast = await postBallot(send, election, ballot);
      if (cast.status >= 500) serverErrors++;
      if (cast.status === 201) taken++;
    }),
  );
  return { taken, serverErrors };
}

/** C2, from the other side: one credential, honestly issued, spent on `posts` ballots at once, each another choice. */
export async function spendManyTimes(send: Send, election: BuiltElection, posts: number): Promise<ManyPosts> {
  const { terms } = election;
  const voter = firstVoter(election);
  const prepared = await prepareVote(terms, selectionOf(election, 0));
  const { pending } = prepared;
  const signature = await requestCredential(send, voter.link, prepared, voter.code);
  const credential = await finalizeCredential(nodePrimitives, terms, pending, signature);
  if (!credential.ok) throw new Error('the blind signature does not verify');
  const ballots = await Promise.all(
    Array.from({ length: posts }, async (_, index) => {
      const plaintext = encodePlaintext(terms.manifest, selectionOf(election, index));
      const sealed = await sealBallot(nodePrimitives, terms, pending.keys.publicKey, plaintext);
      return (await completeBallot(nodePrimitives, terms, pending, sealed, credential.value)).ballot;
    }),
  );
  const statuses = await Promise.all(
    ballots.map(async (ballot) => (await postBallot(send, election, ballot)).status),
  );
  return {
    taken: statuses.filter((status) => status === 201).length,
    serverErrors: statuses.filter((status) => status >= 500).length,
  };
}

function firstVoter({ voters: [voter] }: BuiltElection) {
  if (voter === undefined) throw new Error('an election without voters');
  return voter;
}

import { canonical } from '../../protocol/canonical-json.ts';
import { castJson } from '../../protocol/ballot.ts';
import { toBase64url } from '../../protocol/bytes.ts';
import type { BuiltElection } from '../election.ts';
import { type Send, finishBallot, prepareVote, requestCredential } from '../voter-client.ts';

const AT_ONCE = 64;

/** Runs `work` for every item, at most 64 at a time. */
async function inLanes<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const waiting = [...items.entries()];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

const json = (body: string): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body,
});

function firstCandidate({ terms }: BuiltElection, index: number): string {
  const candidates = terms.manifest.contests[0]?.candidates ?? [];
  return candidates[index % candidates.length]?.id ?? '';
}

/** C1: every voter posts credential and ballot twice in parallel. Answers the receipts that differ within a pair: 0. */
export async function voteTwiceEach(send: Send, election: BuiltElection): Promise<{ unequal: number }> {
  const { terms } = election;
  const cast = `/elections/${election.id}/ballots`;
  let unequal = 0;
  await inLanes(election.voters, async (voter, index) => {
    const prepared = await prepareVote(terms, [[firstCandidate(election, index)]]);
    const [signature, again] = await Promise.all([
      requestCredential(send, voter.link, prepared, voter.code),
      requestCredential(send, voter.link, prepared, voter.code),
    ]);
    const { ballot } = await finishBallot(terms, prepared, signature);
    const body = canonical(castJson(terms, ballot));
    const answers = await Promise.all([send(cast, json(body)), send(cast, json(body))]);
    const [first, second] = await Promise.all(answers.map((answer) => answer.text()));
    if (first !== second || toBase64url(signature) !== toBase64url(again)) unequal++;
    if (answers.some(({ status }) => status !== 200 && status !== 201))
      throw new Error(`refused: ${first} ${second}`);
  });
  return { unequal };
}

/** C2: one voter posts `posts` times at once, each time another choice. Answers the ballots taken and the 5xx answers. */
export async function voteManyTimes(
  send: Send,
  election: BuiltElection,
  posts: number,
): Promise<{ taken: number; serverErrors: number }> {
  const { terms } = election;
  const voter = election.voters[0];
  if (voter === undefined) throw new Error('an election without voters');
  const prepared = await Promise.all(
    Array.from({ length: posts }, (_, i) => prepareVote(terms, [[firstCandidate(election, i)]])),
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
      const cast = await send(`/elections/${election.id}/ballots`, json(canonical(castJson(terms, ballot))));
      if (cast.status >= 500) serverErrors++;
      if (cast.status === 201) taken++;
    }),
  );
  return { taken, serverErrors };
}

import type { RefusalCode } from '../../domain/refusals.ts';
import { votingPhase } from '../../domain/voting.ts';
import { receiptSignerOf } from '../../election-keys.ts';
import { termsOf } from '../../election-terms.ts';
import {
  type Ballot,
  checkBallot,
  hasSoundCiphertext,
  parseBallot,
  parseCast,
  trackerOf,
} from '../../protocol/ballot.ts';
import { type Bytes, equalBytes } from '../../protocol/bytes.ts';
import type { Json } from '../../protocol/canonical-json.ts';
import type { ElectionTerms } from '../../protocol/manifest.ts';
import { nodePrimitives, pooledPrimitives } from '../../protocol/node/primitives.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import { type Receipt, receiptMessage } from '../../protocol/receipt.ts';
import type { Runtime } from '../../runtime.ts';
import type { Transaction } from '../../store/store.ts';
import { findElection } from '../../store/elections.ts';
import { findUrnFacts, insertBallot } from '../../store/urn.ts';

export type CastRefusal = Extract<
  RefusalCode,
  | 'NOT_FOUND'
  | 'MALFORMED'
  | 'WRONG_MANIFEST'
  | 'CREDENTIAL_SPENT'
  | 'NOT_OPEN'
  | 'CLOSED'
  | 'CREDENTIAL_INVALID'
>;

export interface CastAnswer {
  readonly receipt: Receipt;
  /** The ballot was in the urn before. */
  readonly isRepeated: boolean;
}

/** Takes a ballot into the urn (section 6, in its order). `body` is the cast as it came, under the rules of section 2. */
export async function castBallot(
  runtime: Runtime,
  electionId: string,
  body: Json,
): Promise<Outcome<CastAnswer, CastRefusal>> {
  const { store, clock } = runtime;
  const cast = parseCast(body);
  if (!cast.ok) return cast;
  const terms = await termsOf(runtime, electionId, cast.value.manifest);
  if (terms === undefined || !isVotedUnder(terms, electionId, cast.value.manifest)) {
    const election = await findElection(store.read, electionId);
    return refuse(election === undefined ? 'NOT_FOUND' : 'WRONG_MANIFEST');
  }
  const parsed = parseBallot(terms, cast.value.ballot);
  if (!parsed.ok) return parsed;
  const ballot = parsed.value;
  if (!hasSoundCiphertext(terms, ballot)) return refuse('MALFORMED');

  const tracker = await trackerOf(nodePrimitives, terms, ballot);
  const urn = await findUrnFacts(store.read, electionId, tracker, ballot.pk);
  // Terms that are at hand may be those of a key that was replaced since.
  if (urn?.manifestDigest === undefined || !equalBytes(urn.manifestDigest, terms.digest)) {
    return refuse('WRONG_MANIFEST');
  }
  if (urn.held === 'same') return answer(runtime, terms, tracker, true);
  if (urn.held === 'spent') return refuse('CREDENTIAL_SPENT');
  const phase = votingPhase(urn.facts, clock.now(), true);
  if (phase !== 'within') return refuse(phase);
  const checked = await checkBallot(pooledPrimitives, terms, ballot, tracker);
  if (!checked.ok) return checked;

  const inserted = await store.inTransaction((trx) => insert(runtime, trx, electionId, tracker, ballot));
  return inserted.ok ? answer(runtime, terms, tracker, inserted.value === 'same') : inserted;
}

/** State and deadline are read again: between the check above and this the election may have been closed. */
async function insert(
  runtime: Runtime,
  trx: Transaction,
  electionId: string,
  tracker: Bytes,
  ballot: Ballot,
): Promise<Outcome<'inserted' | 'same', CastRefusal>> {
  const urn = await findUrnFacts(trx, electionId, tracker, ballot.pk);
  if (urn === undefined) return refuse('NOT_FOUND');
  if (urn.held === 'same') return accept('same');
  if (urn.held === 'spent') return refuse('CREDENTIAL_SPENT');
  const phase = votingPhase(urn.facts, runtime.clock.now(), true);
  if (phase !== 'within') return refuse(phase);
  if (await insertBallot(trx, electionId, tracker, ballot)) return accept('inserted');
  throw new Error('the urn refused a ballot that it does not hold');
}

const isVotedUnder = (terms: ElectionTerms, electionId: string, digest: Bytes): boolean =>
  terms.manifest.election === electionId && equalBytes(terms.digest, digest);

async function answer(
  runtime: Runtime,
  terms: ElectionTerms,
  tracker: Bytes,
  isRepeated: boolean,
): Promise<Outcome<CastAnswer, never>> {
  return accept({ receipt: await receiptOf(runtime, terms, tracker), isRepeated });
}

/** The receipt of a ballot in the urn. Ed25519 is deterministic: asking again gives the same bytes. */
export async function receiptOf(runtime: Runtime, terms: ElectionTerms, tracker: Bytes): Promise<Receipt> {
  const sign = await receiptSignerOf(runtime, terms);
  const signature = await sign(await receiptMessage(nodePrimitives, terms.digest, tracker));
  return { election: terms.manifest.election, tracker, signature };
}

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
import type { Reader } from '../../store/store.ts';
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
  // Verified before the urn is asked, so that it is asked once; told in the order of section 6 all the same.
  const checked = await checkBallot(pooledPrimitives, terms, ballot, tracker);
  const entry = { electionId, terms, tracker, ballot };
  if (!checked.ok) {
    const held = await admit(store.read, clock.now(), entry);
    if (!held.ok) return held;
    return held.value === 'same' ? answer(runtime, terms, tracker, true) : checked;
  }
  const inserted = await store.inTransaction(async (trx) => {
    const admitted = await admit(trx, clock.now(), entry);
    if (!admitted.ok || admitted.value === 'same') return admitted;
    if (await insertBallot(trx, electionId, tracker, ballot)) return admitted;
    throw new Error('the urn refused a ballot that it does not hold');
  });
  return inserted.ok ? answer(runtime, terms, tracker, inserted.value === 'same') : inserted;
}

interface Entry {
  readonly electionId: string;
  readonly terms: ElectionTerms;
  readonly tracker: Bytes;
  readonly ballot: Ballot;
}

/** What state, deadline and urn say to a ballot at `now`: `same` where it is in already, `new` where it may go in. */
async function admit(
  reader: Reader,
  now: number,
  { electionId, terms, tracker, ballot }: Entry,
): Promise<Outcome<'same' | 'new', 'WRONG_MANIFEST' | 'CREDENTIAL_SPENT' | 'NOT_OPEN' | 'CLOSED'>> {
  const urn = await findUrnFacts(reader, electionId, tracker, ballot.pk);
  // Terms that are at hand may be those of a key that was replaced since.
  if (urn?.manifestDigest === undefined || !equalBytes(urn.manifestDigest, terms.digest)) {
    return refuse('WRONG_MANIFEST');
  }
  if (urn.held === 'same') return accept('same');
  if (urn.held === 'spent') return refuse('CREDENTIAL_SPENT');
  const phase = votingPhase(urn.facts, now, true);
  return phase === 'within' ? accept('new') : refuse(phase);
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

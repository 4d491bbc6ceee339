import { credentialSigner } from '../../election-keys.ts';
import { termsOf } from '../../election-terms.ts';
import { type Ballot, checkBallot, completeBallot } from '../../protocol/ballot.ts';
import { type Bytes, toBase64url } from '../../protocol/bytes.ts';
import { canonical } from '../../protocol/canonical-json.ts';
import { beginCredential, finalizeCredential } from '../../protocol/credential.ts';
import type { ElectionTerms } from '../../protocol/manifest.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import { sealBallot } from '../../protocol/sealed-ballot.ts';
import { encodePlaintext } from '../../protocol/selection.ts';
import type { Runtime } from '../../runtime.ts';
import { digestOf } from '../../secret.ts';
import { findVoterOfLink } from '../../store/roll-marks.ts';
import type { Transaction } from '../../store/store.ts';
import { countServerSealed, findUrnFacts, insertBallot } from '../../store/urn.ts';
import { type CastAnswer, receiptOf } from './cast-ballot.ts';
import { type IssueDecision, type IssueRefusal, decideIssue } from './issue-credential.ts';
import { seededPrimitives } from './seeded-primitives.ts';

export interface VoterForm {
  readonly link: string;
  /** 4 to 8 ASCII digits. */
  readonly code: string;
  /** Candidate ids for each contest in manifest order; empty is blank. Checked by the caller. */
  readonly selections: readonly (readonly string[])[];
  /** 32 bytes drawn for the review form that was sent. */
  readonly nonce: Bytes;
}

interface SealedForVoter {
  readonly ballot: Ballot;
  readonly tracker: Bytes;
  readonly blindedDigest: Bytes;
}

/**
 * Steps 4 to 6 of the protocol for a browser without JavaScript: the server sees the choice, in memory and only here.
 *
 * Nothing random is drawn: everything follows from the server secret, the link, the selections and the nonce of the
 * form. So the same form sent twice, reloaded or gone back to gives the same blinded value, the same ballot and the
 * same receipt, while another choice after voting is another blinded value and is refused as ALREADY_VOTED. The nonce
 * is stored nowhere on the server: without it, secret and database together do not lead from the voter to the ballot.
 */
export async function castForVoter(
  runtime: Runtime,
  form: VoterForm,
): Promise<Outcome<CastAnswer, IssueRefusal>> {
  const linkDigest = digestOf(form.link);
  const voter = await findVoterOfLink(runtime.store.read, linkDigest);
  if (voter === undefined) return refuse('UNKNOWN_LINK');
  const { electionId, manifestDigest } = voter;
  const terms = manifestDigest && (await termsOf(runtime, electionId, manifestDigest));
  if (terms === undefined) return refuse('NOT_OPEN');
  const made = await sealForVoter(runtime, terms, form);
  if (!made.ok) return made;
  const { ballot, tracker, blindedDigest } = made.value;

  // A refusal is accepted by the transaction: a wrong code must stay counted.
  const decided = await runtime.store.inTransaction<IssueDecision, never>(async (trx) => {
    const decision = await decideIssue(runtime, trx, linkDigest, form.code, blindedDigest);
    if (decision.ok) await putIntoUrn(trx, electionId, tracker, ballot);
    return accept(decision);
  });
  if (!decided.ok) return decided;
  const decision = decided.value;
  if (!decision.ok) return decision;
  const receipt = await receiptOf(runtime, terms, tracker);
  return accept({ receipt, isRepeated: decision.value === 'repeated' });
}

/** The credential is made before the roll is asked; where the roll refuses, it was never outside this function. */
async function sealForVoter(
  runtime: Runtime,
  terms: ElectionTerms,
  { link, selections, nonce }: VoterForm,
): Promise<Outcome<SealedForVoter, 'CLOSED'>> {
  const sign = await credentialSigner(runtime, terms);
  if (sign === undefined) return refuse('CLOSED');
  const seed = runtime.secret.derive(
    'votix/server-sealed',
    toBase64url(terms.digest),
    link,
    toBase64url(nonce),
    canonical(selections),
  );
  const seeded = seededPrimitives(seed);
  const pending = await beginCredential(seeded, terms);
  const sealed = await sealBallot(
    seeded,
    terms,
    pending.keys.publicKey,
    encodePlaintext(terms.manifest, selections),
  );
  const signature = await sign(pending.blinded);
  if (!signature.ok) throw new Error('our own blinded value is out of range');
  const credential = await finalizeCredential(seeded, terms, pending, signature.value);
  if (!credential.ok) throw new Error('our own credential does not verify');
  const { ballot, tracker } = await completeBallot(seeded, terms, pending, sealed, credential.value);
  const checked = await checkBallot(nodePrimitives, terms, ballot, tracker);
  if (!checked.ok) throw new Error(`our own ballot is refused: ${checked.code}`);
  return accept({ ballot, tracker, blindedDigest: digestOf(pending.blinded) });
}

async function putIntoUrn(
  trx: Transaction,
  electionId: string,
  tracker: Bytes,
  ballot: Ballot,
): Promise<void> {
  if (await insertBallot(trx, electionId, tracker, ballot)) {
    await countServerSealed(trx, electionId);
  } else if ((await findUrnFacts(trx, electionId, tracker, ballot.pk))?.held !== 'same') {
    throw new Error('two forms gave one credential key');
  }
}

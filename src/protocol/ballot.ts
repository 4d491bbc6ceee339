import { type Bytes, toBase64url, toCrockford } from './bytes.ts';
import type { Json } from './canonical-json.ts';
import { PREFIX_LENGTH, type PendingCredential, verifyCredential } from './credential.ts';
import { isSoundPublicKey } from './ed25519.ts';
import { bytes, exact, text } from './fields.ts';
import { hash } from './hash.ts';
import type { ElectionTerms } from './manifest.ts';
import { type Outcome, accept, refuse } from './outcome.ts';
import type { Primitives } from './primitives.ts';
import { inRange } from './rsa.ts';
import { COMMITMENT_LENGTH, type Sealed, TAG_LENGTH } from './sealed-ballot.ts';
import { plaintextLength } from './selection.ts';

/** What the urn holds and the record publishes (section 5). */
export interface Ballot extends Sealed {
  /** The ballot's Ed25519 public key, 32 bytes. */
  readonly pk: Bytes;
  /** 32 bytes. */
  readonly prefix: Bytes;
  /** nLen bytes of the credential key. */
  readonly credential: Bytes;
  /** `Ed25519(sk, tracker)`, 64 bytes. */
  readonly proof: Bytes;
}

/** Members of a ballot and of a cast, of any length: lengths depend on the election. */
const ballotFields = exact({
  pk: text,
  c: text,
  kc: text,
  sealed: text,
  prefix: text,
  credential: text,
  proof: text,
});
const castFields = exact({ manifest: bytes(32), ballot: ballotFields });

/** The body of a cast: the digest M that the client voted under, and a ballot still to be read under that election. */
export interface Cast {
  readonly manifest: Bytes;
  readonly ballot: Json;
}

/** Reads the body of a cast (section 6): exact members. M is to be compared before the ballot's lengths are. */
export function parseCast(json: Json): Outcome<Cast, 'MALFORMED'> {
  const cast = castFields(json);
  return cast === undefined ? refuse('MALFORMED') : accept(cast);
}

export const castJson = (terms: ElectionTerms, ballot: Ballot): Json => ({
  manifest: toBase64url(terms.digest),
  ballot: ballotJson(ballot),
});

/** Reads a ballot of this election: exact members in strict base64url, exact lengths. */
export function parseBallot(terms: ElectionTerms, json: Json): Outcome<Ballot, 'MALFORMED'> {
  const ballot = exact({
    pk: bytes(32),
    c: bytes(terms.electionKey.modulus.length),
    kc: bytes(COMMITMENT_LENGTH),
    sealed: bytes(plaintextLength(terms.manifest) + TAG_LENGTH),
    prefix: bytes(PREFIX_LENGTH),
    credential: bytes(terms.credentialKey.modulus.length),
    proof: bytes(64),
  })(json);
  return ballot === undefined ? refuse('MALFORMED') : accept(ballot);
}

export const ballotJson = (ballot: Ballot) => ({
  pk: toBase64url(ballot.pk),
  c: toBase64url(ballot.c),
  kc: toBase64url(ballot.kc),
  sealed: toBase64url(ballot.sealed),
  prefix: toBase64url(ballot.prefix),
  credential: toBase64url(ballot.credential),
  proof: toBase64url(ballot.proof),
});

/** `H("votix/1/ballot", M, pk, c, kc, sealed, prefix, credential)`, 32 bytes. */
export async function trackerOf(
  primitives: Primitives,
  terms: ElectionTerms,
  { pk, c, kc, sealed, prefix, credential }: Omit<Ballot, 'proof'>,
): Promise<Bytes> {
  return hash(primitives, 'votix/1/ballot', terms.digest, pk, c, kc, sealed, prefix, credential);
}

/** A tracker for people: its first 100 bits in Crockford base32, five groups of four. */
export const trackerText = (tracker: Bytes): string => toCrockford(tracker, 100, 4);

/** Whether `1 < c < n-1`: the part of `checkBallot` that a cast needs before the urn is asked (section 6). */
export const hasSoundCiphertext = (terms: ElectionTerms, { c }: Ballot): boolean =>
  inRange(terms.electionKey, c);

/**
 * The one check of a ballot, for acceptance (section 6) and for V2 and V3 of the verifier (section 10). `ballot` has
 * the lengths of this election, `tracker` is its `trackerOf`. MALFORMED: c out of range (V3); CREDENTIAL_INVALID: an
 * unsound pk, a credential or a proof that does not verify (V2).
 */
export async function checkBallot(
  primitives: Primitives,
  terms: ElectionTerms,
  ballot: Ballot,
  tracker: Bytes,
): Promise<Outcome<true, 'MALFORMED' | 'CREDENTIAL_INVALID'>> {
  if (!hasSoundCiphertext(terms, ballot)) return refuse('MALFORMED');
  const { pk, prefix, credential, proof } = ballot;
  const holds =
    isSoundPublicKey(pk) &&
    (await verifyCredential(primitives, terms, pk, prefix, credential)) &&
    (await primitives.verifyEd25519(pk, tracker, proof));
  return holds ? accept(true) : refuse('CREDENTIAL_INVALID');
}

/** Puts a ballot together once the credential is there, and proves its tracker with the ballot's key. */
export async function completeBallot(
  primitives: Primitives,
  terms: ElectionTerms,
  pending: PendingCredential,
  { c, kc, sealed }: Sealed,
  credential: Bytes,
): Promise<{ ballot: Ballot; tracker: Bytes }> {
  const unproven = { pk: pending.keys.publicKey, c, kc, sealed, prefix: pending.prefix, credential };
  const tracker = await trackerOf(primitives, terms, unproven);
  const proof = await primitives.signEd25519(pending.keys, tracker);
  return { ballot: { ...unproven, proof }, tracker };
}

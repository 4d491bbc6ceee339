import { type Bytes, toCrockford, utf8 } from './bytes.ts';
import { type Json, canonical, parseCanonical } from './canonical-json.ts';
import { isSoundPublicKey } from './ed25519.ts';
import { boolean, bytes, exact, instant, integer, list, oneOf, text, uuid } from './fields.ts';
import { hash } from './hash.ts';
import { KEY_PROOF_ENTRIES, checkKeyProof } from './key-proof.ts';
import { type Outcome, accept, refuse } from './outcome.ts';
import type { Primitives, RsaPublicKey } from './primitives.ts';
import { gcd, rsaPublicKey } from './rsa.ts';

type ManifestCandidate = { readonly id: string; readonly name: string };

export type ManifestContest = {
  readonly id: string;
  readonly title: string;
  readonly method: 'plurality' | 'approval';
  /** Fewest and most marks of a ballot that is not blank. */
  readonly min: number;
  readonly max: number;
  /** Whether an explicit blank counts as blank rather than spoiled. */
  readonly blank: boolean;
  readonly candidates: readonly ManifestCandidate[];
};

/** `n` in base64url: 256, 384 or 512 bytes. */
export type RsaJwk = { readonly kty: 'RSA'; readonly n: string; readonly e: 'AQAB' };

/** `x` in base64url: 32 bytes. */
type Ed25519Jwk = { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string };

/** The manifest of section 3, member for member. Instants are `YYYY-MM-DDThh:mm:ssZ`, the uuid is in lower case. */
export type Manifest = {
  readonly protocol: 'votix/1';
  readonly election: string;
  readonly title: string;
  readonly organiser: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly graceSeconds: number;
  readonly timeZone: string;
  readonly rollSize: number;
  readonly contests: readonly ManifestContest[];
  readonly electionKey: RsaJwk;
  /** Nine values of nLen bytes each, in base64url. */
  readonly electionKeyProof: readonly string[];
  readonly credentialKey: RsaJwk;
  readonly credentialKeyProof: readonly string[];
  readonly urnKey: Ed25519Jwk;
  readonly publication: 'totals' | 'openings';
  readonly custody: { readonly holders: number; readonly threshold: number };
};

/** A manifest that has been read: its canonical text, M, and its keys. */
export interface ElectionTerms {
  readonly manifest: Manifest;
  readonly text: string;
  /** M, 32 bytes. */
  readonly digest: Bytes;
  readonly electionKey: RsaPublicKey;
  readonly credentialKey: RsaPublicKey;
  /** The Ed25519 key that signs receipts, events, close and result: 32 bytes, sound. */
  readonly urnKey: Bytes;
}

const rsaJwk = exact({ kty: oneOf('RSA'), n: text, e: oneOf('AQAB') });

const readManifest = exact({
  protocol: oneOf('votix/1'),
  election: uuid,
  title: text,
  organiser: text,
  opensAt: instant,
  closesAt: instant,
  graceSeconds: integer(),
  timeZone: text,
  rollSize: integer(),
  contests: list(
    exact({
      id: text,
      title: text,
      method: oneOf('plurality', 'approval'),
      min: integer(1),
      max: integer(1),
      blank: boolean,
      candidates: list(exact({ id: text, name: text }), 1),
    }),
    1,
  ),
  electionKey: rsaJwk,
  electionKeyProof: list(text, KEY_PROOF_ENTRIES, KEY_PROOF_ENTRIES),
  credentialKey: rsaJwk,
  credentialKeyProof: list(text, KEY_PROOF_ENTRIES, KEY_PROOF_ENTRIES),
  urnKey: exact({ kty: oneOf('OKP'), crv: oneOf('Ed25519'), x: text }),
  publication: oneOf('totals', 'openings'),
  custody: exact({ holders: integer(1, 255), threshold: integer(1, 255) }),
});

/**
 * Reads a manifest from its canonical text under all shape rules of section 3. The key proofs, which take
 * milliseconds, are `checkManifestKeys`; whether M is the right one is the caller's comparison.
 */
export async function parseManifest(
  primitives: Primitives,
  canonicalText: string,
): Promise<Outcome<ElectionTerms, 'MALFORMED'>> {
  const json = parseCanonical(canonicalText);
  const manifest: Manifest | undefined = json === undefined ? undefined : readManifest(json);
  if (manifest === undefined || !isConsistent(manifest)) return refuse('MALFORMED');

  const electionKey = keyOf(manifest.electionKey);
  const credentialKey = keyOf(manifest.credentialKey);
  const urnKey = bytes(32)(manifest.urnKey.x);
  if (electionKey === undefined || credentialKey === undefined || urnKey === undefined)
    return refuse('MALFORMED');
  if (!isSoundPublicKey(urnKey)) return refuse('MALFORMED');
  if (readProof(electionKey, manifest.electionKeyProof) === undefined) return refuse('MALFORMED');
  if (readProof(credentialKey, manifest.credentialKeyProof) === undefined) return refuse('MALFORMED');

  const digest = await manifestDigest(primitives, canonicalText);
  return accept({ manifest, text: canonicalText, digest, electionKey, credentialKey, urnKey });
}

function isConsistent({ contests, custody, opensAt, closesAt }: Manifest): boolean {
  return (
    opensAt < closesAt &&
    custody.threshold <= custody.holders &&
    areUnique(contests.map(({ id }) => id)) &&
    contests.every(
      ({ method, min, max, candidates }) =>
        min <= max &&
        max <= candidates.length &&
        (method !== 'plurality' || max === 1) &&
        areUnique(candidates.map(({ id }) => id)),
    )
  );
}

const areUnique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

const MODULUS_LENGTHS: readonly number[] = [256, 384, 512];

function keyOf({ n }: RsaJwk): RsaPublicKey | undefined {
  for (const length of MODULUS_LENGTHS) {
    const modulus = bytes(length)(n);
    if (modulus !== undefined) return rsaPublicKey(modulus);
  }
  return undefined;
}

const readProof = (key: RsaPublicKey, proof: readonly string[]): readonly Bytes[] | undefined =>
  list(bytes(key.modulus.length))(proof);

/** Whether both key proofs hold and the moduli share no factor: booth, server and verifier all check this. */
export async function checkManifestKeys(primitives: Primitives, terms: ElectionTerms): Promise<boolean> {
  const { manifest, electionKey, credentialKey } = terms;
  const electionProof = readProof(electionKey, manifest.electionKeyProof);
  const credentialProof = readProof(credentialKey, manifest.credentialKeyProof);
  if (electionProof === undefined || credentialProof === undefined) return false;
  return (
    gcd(electionKey.n, credentialKey.n) === 1n &&
    (await checkKeyProof(primitives, electionKey, electionProof)) &&
    (await checkKeyProof(primitives, credentialKey, credentialProof))
  );
}

/** `M = H("votix/1/manifest", canonicalBytes)`, 32 bytes. */
async function manifestDigest(primitives: Primitives, canonicalText: string): Promise<Bytes> {
  return hash(primitives, 'votix/1/manifest', utf8(canonicalText));
}

/** The canonical text of a manifest that is being drawn up. */
export const manifestText = (manifest: Manifest): string => canonical(manifest satisfies Json);

/** Whether the urn key signed M (64-byte signature). */
export async function verifyManifest(
  primitives: Primitives,
  terms: ElectionTerms,
  signature: Bytes,
): Promise<boolean> {
  return primitives.verifyEd25519(terms.urnKey, terms.digest, signature);
}

/** `H("votix/1/key", I2OSP(n, nLen))`, 32 bytes: names a key in key files and shares. */
export async function keyDigest(primitives: Primitives, key: RsaPublicKey): Promise<Bytes> {
  return hash(primitives, 'votix/1/key', key.modulus);
}

/** The fingerprint for people: the first 80 bits of `keyDigest` in Crockford base32, groups of four. */
export async function keyFingerprint(primitives: Primitives, key: RsaPublicKey): Promise<string> {
  return toCrockford(await keyDigest(primitives, key), 80, 4);
}

import { type KeyObject, sign } from 'node:crypto';
import { completeBallot, type Ballot } from '../../protocol/ballot.ts';
import {
  type Bytes,
  concat,
  fromBase64url,
  fromInteger,
  toBase64url,
  toInteger,
} from '../../protocol/bytes.ts';
import { beginCredential, credentialMessage, finalizeCredential } from '../../protocol/credential.ts';
import { proveKey } from '../../protocol/key-proof.ts';
import { type ElectionTerms, type Manifest, manifestText, parseManifest } from '../../protocol/manifest.ts';
import { blindSign, rawPrivate } from '../../protocol/node/credential-key.ts';
import type { Ed25519KeyPair, Primitives, RsaPublicKey } from '../../protocol/primitives.ts';
import { randomElement } from '../../protocol/rsa.ts';
import { type Sealed, sealBallot } from '../../protocol/sealed-ballot.ts';
import { seededPrimitives } from '../seeded-primitives.ts';
import { vectorKey } from '../vectors/keys.ts';

/** An election with every private key at hand, as only a test may have it. */
export interface TestElection {
  readonly primitives: Primitives;
  readonly terms: ElectionTerms;
  readonly urnKeys: Ed25519KeyPair;
  readonly electionPrivate: KeyObject;
  readonly credentialPrivate: KeyObject;
}

export interface TestElectionOptions {
  readonly publication: Manifest['publication'];
  readonly rollSize: number;
  /** Randomness of keys, credentials and seals. */
  readonly seed: string;
  readonly electionBits?: 2048 | 3072 | 4096;
}

/** Two contests: one choice of three or blank; two or three of four, blank not allowed. */
const CONTESTS: Manifest['contests'] = [
  {
    id: 'chair',
    title: 'Who chairs the association?',
    method: 'plurality',
    min: 1,
    max: 1,
    blank: true,
    candidates: [
      { id: 'ada', name: 'Ada' },
      { id: 'blaise', name: 'Blaise' },
      { id: 'chloe', name: 'Chlo\u00e9' },
    ],
  },
  {
    id: 'board',
    title: 'Who sits on the board?',
    method: 'approval',
    min: 2,
    max: 3,
    blank: false,
    candidates: ['Dora', 'Emil', 'Fanny', 'Gaston'].map((name) => ({ id: name.toLowerCase(), name })),
  },
];

const jwkOf = ({ modulus }: RsaPublicKey) => ({ kty: 'RSA', n: toBase64url(modulus), e: 'AQAB' }) as const;

export async function testElection(options: TestElectionOptions): Promise<TestElection> {
  const { publication, rollSize, seed, electionBits = 2048 } = options;
  const primitives = seededPrimitives(seed);
  const urnKeys = await primitives.generateEd25519();
  const election = vectorKey(`election-${electionBits}`);
  const credential = vectorKey('credential-2048');
  const proofOf = async ({ key, privateKey }: typeof election): Promise<string[]> =>
    (await proveKey(primitives, key, (rho) => rawPrivate(privateKey, rho))).map(toBase64url);
  const text = manifestText({
    protocol: 'votix/1',
    election: '0f0e0d0c-0b0a-4908-8706-050403020100',
    title: 'Board of the Choir',
    organiser: 'The Choir',
    opensAt: '2026-03-02T08:00:00Z',
    closesAt: '2026-03-06T17:00:00Z',
    graceSeconds: 300,
    timeZone: 'Europe/Paris',
    rollSize,
    contests: CONTESTS,
    electionKey: jwkOf(election.key),
    electionKeyProof: await proofOf(election),
    credentialKey: jwkOf(credential.key),
    credentialKeyProof: await proofOf(credential),
    urnKey: { kty: 'OKP', crv: 'Ed25519', x: toBase64url(urnKeys.publicKey) },
    publication,
    custody: { holders: 1, threshold: 1 },
  });
  const terms = await parseManifest(primitives, text);
  if (!terms.ok) throw new Error('the manifest of the test election is malformed');
  return {
    primitives,
    terms: terms.value,
    urnKeys,
    electionPrivate: election.privateKey,
    credentialPrivate: credential.privateKey,
  };
}

/** What a voter, or an attacker with a credential, puts into a ballot. */
export type BallotContent =
  /** Plaintext bytes, which need not be a plaintext that a client would make. */
  | { readonly plaintext: readonly number[] }
  /** A ciphertext, commitment or tag that no client would make. */
  | { readonly spoil: 'NOT_INVERTIBLE' | 'COMMITMENT_MISMATCH' | 'AUTHENTICATION_FAILED' };

/** Parts put in at the last moment, before the ballot's key signs it: what no server would accept. */
export interface Forgery {
  readonly c?: Bytes;
  readonly prefix?: Bytes;
}

export interface CastBallot {
  readonly ballot: Ballot;
  readonly tracker: Bytes;
  /** What c was made of, where it was made of anything: spares the private operation. */
  readonly opening?: Bytes;
}

/**
 * Casts a ballot. `blind`: the credential is issued by all four steps of RFC 9474, as a voter gets it; `direct`: the
 * same signature made in one step, for large records.
 */
export async function cast(
  election: TestElection,
  content: BallotContent,
  issue: 'blind' | 'direct' = 'direct',
  forge: Forgery = {},
): Promise<CastBallot> {
  const { primitives, terms } = election;
  const pending =
    issue === 'blind'
      ? await beginCredential(primitives, terms)
      : {
          keys: await primitives.generateEd25519(),
          prefix: primitives.random(32),
          inv: new Uint8Array(),
          blinded: new Uint8Array(),
        };
  const { publicKey } = pending.keys;
  const r = randomElement(primitives, terms.electionKey);
  const sealed = await sealContent(election, publicKey, content, r);
  const prepared = concat(pending.prefix, credentialMessage(terms, publicKey));
  const credential =
    issue === 'blind'
      ? await unblinded(election, pending)
      : directSignature(election.credentialPrivate, prepared);
  const whole = await completeBallot(
    primitives,
    terms,
    { ...pending, ...forge },
    { ...sealed, ...forge },
    credential,
  );
  return 'plaintext' in content && forge.c === undefined ? { ...whole, opening: r } : whole;
}

async function unblinded(
  { primitives, terms, credentialPrivate }: TestElection,
  pending: Awaited<ReturnType<typeof beginCredential>>,
): Promise<Bytes> {
  const answer = blindSign(credentialPrivate, terms.credentialKey, pending.blinded);
  if (!answer.ok) throw new Error('the blinded message was refused');
  const credential = await finalizeCredential(primitives, terms, pending, answer.value);
  if (!credential.ok) throw new Error('the blind signature was refused');
  return credential.value;
}

const RSA_PKCS1_PSS_PADDING = 6;

const directSignature = (key: KeyObject, message: Bytes): Bytes =>
  new Uint8Array(sign('sha384', message, { key, padding: RSA_PKCS1_PSS_PADDING, saltLength: 48 }));

async function sealContent(
  election: TestElection,
  pk: Bytes,
  content: BallotContent,
  r: Bytes,
): Promise<Sealed> {
  const { primitives, terms } = election;
  const plaintext = 'plaintext' in content ? content.plaintext : HONEST;
  const sealed = await sealBallot(primitives, terms, pk, Uint8Array.from(plaintext), r);
  if ('plaintext' in content) return sealed;
  switch (content.spoil) {
    case 'NOT_INVERTIBLE':
      return { ...sealed, c: multipleOfFactor(election) };
    case 'COMMITMENT_MISMATCH':
      return { ...sealed, kc: flipped(sealed.kc) };
    case 'AUTHENTICATION_FAILED':
      return { ...sealed, sealed: flipped(sealed.sealed) };
    default:
      return content.spoil satisfies never;
  }
}

/** A plaintext of the two contests above that counts in both. */
export const HONEST = [1, 0, 1, 0, 0, 0, 1, 1, 0, 0] as const;

const flipped = (bytes: Bytes): Bytes => bytes.with(0, (bytes[0] ?? 0) ^ 1);

function multipleOfFactor({ primitives, terms, electionPrivate }: TestElection): Bytes {
  const { p = '' } = electionPrivate.export({ format: 'jwk' });
  const factor = toInteger(fromBase64url(p) ?? new Uint8Array());
  const multiple = factor * toInteger(primitives.random(16));
  return fromInteger(multiple % terms.electionKey.n, terms.electionKey.modulus.length);
}

/** `r = c^d mod n`: the one opening that each ciphertext has. */
export const openingOf = ({ electionPrivate }: TestElection, { c }: Ballot): Bytes =>
  rawPrivate(electionPrivate, c);

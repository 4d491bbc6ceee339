import { type KeyObject, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { type Bytes, equalBytes, toBase64url } from './protocol/bytes.ts';
import type { UrnSigner } from './protocol/close.ts';
import { proveKey } from './protocol/key-proof.ts';
import type { ElectionTerms } from './protocol/manifest.ts';
import { type ModulusBits, generateRsaKey, publicKeyOf, rawPrivate } from './protocol/node/credential-key.ts';
import { nodePrimitives } from './protocol/node/primitives.ts';
import { SigningThreads } from './protocol/node/signing-threads.ts';
import type { Outcome } from './protocol/outcome.ts';
import type { RsaPublicKey } from './protocol/primitives.ts';
import { loadTerms } from './election-terms.ts';
import type { Runtime } from './runtime.ts';
import { type ServerKeyRow, findServerKey } from './store/server-keys.ts';

/** The keys that the server itself holds for one election: fresh, and not yet stored. */
export interface ServerKeys {
  readonly credentialKey: RsaPublicKey;
  /** Nine values of nLen bytes. */
  readonly credentialProof: readonly Bytes[];
  /** Ed25519 public key, 32 bytes. */
  readonly urnKey: Bytes;
  /** Signs M before the keys are stored. */
  readonly sign: UrnSigner;
  /** What `insertServerKey` keeps: the private halves are sealed under the server secret. */
  readonly row: Omit<ServerKeyRow, 'election_id'>;
}

/** BlindSign of section 4 with the credential key of one election: MALFORMED where `blinded` is out of range. */
export type CredentialSigner = (blinded: Bytes) => Promise<Outcome<Bytes, 'MALFORMED'>>;

/** The public half is part of the purpose: a sealed key moved to another row does not open. */
const purposeOf = (kind: 'credential' | 'urn', publicPart: Bytes): string =>
  `votix/${kind}-key/${toBase64url(publicPart)}`;

const urnSigner =
  (key: KeyObject): UrnSigner =>
  (message) =>
    new Uint8Array(sign(null, message, key));

const isModulusBits = (bits: number): bits is ModulusBits => bits === 2048 || bits === 3072 || bits === 4096;

function exported(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'pkcs8' });
}

/** Draws a credential key of `bits` bits (with its key proof, section 3) and an urn key, natively. */
export async function makeServerKeys(runtime: Runtime, bits: number): Promise<ServerKeys> {
  if (!isModulusBits(bits)) throw new RangeError(`no credential key has ${bits} bits`);
  const { privateKey, key } = await generateRsaKey(bits);
  const proof = await proveKey(nodePrimitives, key, (rho) => rawPrivate(privateKey, rho));
  // not exported as JWK: see `generateEd25519` of the primitives
  const urn = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
    publicKeyEncoding: { format: 'der', type: 'spki' },
  });
  const urnPublic = new Uint8Array(urn.publicKey.subarray(-32));
  const urnKey = createPrivateKey({ key: urn.privateKey, format: 'der', type: 'pkcs8' });
  urn.privateKey.fill(0);

  const seal = (kind: 'credential' | 'urn', publicPart: Bytes, native: KeyObject): Bytes => {
    const der = exported(native);
    const sealed = runtime.secret.seal(purposeOf(kind, publicPart), der);
    der.fill(0);
    return sealed;
  };
  return {
    credentialKey: key,
    credentialProof: proof,
    urnKey: urnPublic,
    sign: urnSigner(urnKey),
    row: {
      credential_modulus: key.modulus,
      credential_proof: JSON.stringify(proof.map(toBase64url)),
      sealed_credential_key: seal('credential', key.modulus, privateKey),
      urn_public: urnPublic,
      sealed_urn_key: seal('urn', urnPublic, urnKey),
    },
  };
}

function openKey(
  runtime: Runtime,
  kind: 'credential' | 'urn',
  publicPart: Bytes,
  sealed: Uint8Array,
): KeyObject {
  const der = runtime.secret.open(purposeOf(kind, publicPart), sealed);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  return key;
}

// Opened once: terms are one object for as long as they are kept, and the keys go with them.
const urnKeys = new WeakMap<ElectionTerms, KeyObject>();
const credentialSigners = new WeakMap<ElectionTerms, CredentialSigner>();
// shared by all elections of this process
const signingThreads = new SigningThreads();

async function openUrnKey(runtime: Runtime, electionId: string): Promise<KeyObject> {
  const row = await findServerKey(runtime.store.read, electionId);
  if (row === undefined) throw new Error(`election ${electionId} has no urn key`);
  return openKey(runtime, 'urn', row.urn_public, row.sealed_urn_key);
}

async function urnKeyOf(runtime: Runtime, terms: ElectionTerms): Promise<KeyObject> {
  let key = urnKeys.get(terms);
  if (key === undefined) {
    key = await openUrnKey(runtime, terms.manifest.election);
    urnKeys.set(terms, key);
  }
  return key;
}

/** The urn signer for use inside a transaction, where nothing but the database may be awaited. */
export async function openUrnSigner(runtime: Runtime, electionId: string): Promise<UrnSigner> {
  return urnSigner(await openUrnKey(runtime, electionId));
}

/** The urn signer of a frozen election, kept open in memory. */
export async function urnSignerOf(runtime: Runtime, terms: ElectionTerms): Promise<UrnSigner> {
  return urnSigner(await urnKeyOf(runtime, terms));
}

/** The same for receipts, of which there are many: on the threads of libuv, and never inside a transaction. */
export async function receiptSignerOf(runtime: Runtime, terms: ElectionTerms): Promise<UrnSigner> {
  const key = await urnKeyOf(runtime, terms);
  return (message) =>
    new Promise((resolve, reject) => {
      sign(null, message, key, (error, signature) => {
        if (error === null) resolve(new Uint8Array(signature));
        else reject(error);
      });
    });
}

/** The signer of credentials, kept open in memory; undefined once the key was destroyed at the close. */
export async function credentialSigner(
  runtime: Runtime,
  terms: ElectionTerms,
): Promise<CredentialSigner | undefined> {
  const known = credentialSigners.get(terms);
  if (known !== undefined) return known;
  const row = await findServerKey(runtime.store.read, terms.manifest.election);
  if (row === undefined || row.sealed_credential_key === null) return undefined;
  const { modulus } = terms.credentialKey;
  const privateKey = openKey(runtime, 'credential', modulus, row.sealed_credential_key);
  if (!equalBytes(publicKeyOf(privateKey).modulus, modulus)) throw new Error('not the credential key of M');
  const signer: CredentialSigner = (blinded) =>
    signingThreads.blindSign(privateKey, terms.credentialKey, blinded);
  credentialSigners.set(terms, signer);
  return signer;
}

/** Drops the opened credential key from memory; to be called when the close that destroyed it is on disk. */
export async function forgetCredentialKey(runtime: Runtime, electionId: string): Promise<void> {
  const terms = await loadTerms(runtime, electionId);
  if (terms !== undefined) credentialSigners.delete(terms);
}

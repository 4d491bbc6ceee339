import { SALT_LENGTH, blind, finalize } from './blind-rsa.ts';
import { type Bytes, concat, utf8 } from './bytes.ts';
import type { ElectionTerms } from './manifest.ts';
import { type Outcome, accept, refuse } from './outcome.ts';
import type { Ed25519KeyPair, Primitives } from './primitives.ts';
import { inRange, randomElement } from './rsa.ts';

export const PREFIX_LENGTH = 32;

/** A credential that has been asked for: what the device keeps until the answer is there. */
export interface PendingCredential {
  /** The ballot's key pair; its public key is `pk`. */
  readonly keys: Ed25519KeyPair;
  /** 32 random bytes of RFC 9474's PrepareRandomize. */
  readonly prefix: Bytes;
  /** nLen bytes of the credential key; secret. */
  readonly inv: Bytes;
  /** What is sent: nLen bytes. */
  readonly blinded: Bytes;
}

/** `message = "votix/1/credential" || M || pk` (section 4, step 1). */
export function credentialMessage(terms: ElectionTerms, pk: Bytes): Bytes {
  return concat(utf8('votix/1/credential'), terms.digest, pk);
}

/** Step 1 of section 4: fresh keys, prepared and blinded message. */
export async function beginCredential(
  primitives: Primitives,
  terms: ElectionTerms,
): Promise<PendingCredential> {
  const keys = await primitives.generateEd25519();
  const prefix = primitives.random(PREFIX_LENGTH);
  const prepared = concat(prefix, credentialMessage(terms, keys.publicKey));
  const salt = primitives.random(SALT_LENGTH);
  for (;;) {
    const r = randomElement(primitives, terms.credentialKey);
    const blinding = await blind(primitives, terms.credentialKey, prepared, salt, r);
    if (blinding !== undefined) return { keys, prefix, ...blinding };
  }
}

/** Step 4 of section 4: unblinds the server's answer and verifies it; answers the credential, nLen bytes. */
export async function finalizeCredential(
  primitives: Primitives,
  terms: ElectionTerms,
  pending: PendingCredential,
  blindSignature: Bytes,
): Promise<Outcome<Bytes, 'CREDENTIAL_INVALID'>> {
  const prepared = concat(pending.prefix, credentialMessage(terms, pending.keys.publicKey));
  const key = terms.credentialKey;
  const credential = await finalize(primitives, key, prepared, blindSignature, pending.inv);
  return credential === undefined ? refuse('CREDENTIAL_INVALID') : accept(credential);
}

/** Whether `(pk, prefix, credential)` was signed under the manifest's credential key: plain RSA-PSS verification. */
export async function verifyCredential(
  primitives: Primitives,
  terms: ElectionTerms,
  pk: Bytes,
  prefix: Bytes,
  credential: Bytes,
): Promise<boolean> {
  if (!inRange(terms.credentialKey, credential)) return false;
  const prepared = concat(prefix, credentialMessage(terms, pk));
  return primitives.verifyPss(terms.credentialKey, prepared, credential);
}

import { type Bytes, fromUtf8, toBase64url } from '../../bytes.ts';
import { proveKey } from '../../key-proof.ts';
import { keyFingerprint } from '../../manifest.ts';
import { generateRsaKey, rawPrivate } from '../../node/credential-key.ts';
import type { GeneratedKey, GenerateJob } from '../../node/key-holder-messages.ts';
import { nodePrimitives } from '../../node/primitives.ts';
import { generatePassphrase, type Passphrase, sharedPassphrase } from '../passphrase.ts';
import { SHARED_SECRET_LENGTH, splitSecret } from '../shares.ts';
import { protectKey } from './key-file.ts';

/** An election key with its proof, its key file, and the one passphrase or the shares that open it. */
export async function generateKey({ bits, note, custody }: GenerateJob): Promise<GeneratedKey> {
  const { privateKey, key } = await generateRsaKey(bits);
  const proof = await proveKey(nodePrimitives, key, (rho) => rawPrivate(privateKey, rho));
  const made = {
    modulus: toBase64url(key.modulus),
    keyProof: proof.map(toBase64url),
    fingerprint: await keyFingerprint(nodePrimitives, key),
  };
  const protect = async (passphrase: Passphrase) =>
    protectKey(nodePrimitives, privateKey, key, passphrase, note);
  if (custody === undefined) {
    const words = generatePassphrase(nodePrimitives);
    const keyFile = await protect(words);
    return { ...made, keyFile, passphrase: textAndZero(words), shares: [] };
  }
  const secret = nodePrimitives.random(SHARED_SECRET_LENGTH);
  const shares = await splitSecret(nodePrimitives, key, secret, custody);
  const passphrase = sharedPassphrase(secret);
  const keyFile = await protect(passphrase);
  for (const bytes of [secret, passphrase]) bytes.fill(0);
  return { ...made, keyFile, passphrase: '', shares };
}

function textAndZero(bytes: Bytes): string {
  const text = fromUtf8(bytes) ?? '';
  bytes.fill(0);
  return text;
}

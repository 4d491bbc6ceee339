import * as crypto from 'node:crypto';
import { type Bytes, equalBytes } from '../bytes.ts';
import { type Outcome, accept, refuse } from '../outcome.ts';
import type { RsaPublicKey } from '../primitives.ts';
import { inRange, rsaPublicKey } from '../rsa.ts';
import { nodePrimitives } from './primitives.ts';

export type ModulusBits = 2048 | 3072 | 4096;

/** An RSA key pair with exponent 65537: the private half stays a native KeyObject. */
export interface RsaKeyPair {
  readonly privateKey: crypto.KeyObject;
  readonly key: RsaPublicKey;
}

/** A fresh RSA key pair (credential key: 2048 bits by default, election key: 3072). */
export async function generateRsaKey(bits: ModulusBits): Promise<RsaKeyPair> {
  const privateKey = await new Promise<crypto.KeyObject>((resolve, reject) => {
    crypto.generateKeyPair('rsa', { modulusLength: bits, publicExponent: 65537 }, (error, _, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
  return { privateKey, key: publicKeyOf(privateKey) };
}

/** RSAPublicKey (RFC 8017 appendix A.1.1): sequence and integer of two length bytes each, and n's leading zero. */
const PKCS1_HEAD = 9;
/** The INTEGER 65537 behind n. */
const EXPONENT = Buffer.from('0203010001', 'hex');

/**
 * The public half of a native RSA key. Another kind, size or exponent throws TypeError. Read from DER: see
 * `generateEd25519` on why a generated key is not exported as JWK.
 */
export function publicKeyOf(native: crypto.KeyObject): RsaPublicKey {
  const publicKey = native.type === 'private' ? crypto.createPublicKey(native) : native;
  const der = publicKey.asymmetricKeyType === 'rsa' && publicKey.export({ format: 'der', type: 'pkcs1' });
  const end = der === false ? 0 : der.length - EXPONENT.length;
  const key =
    der !== false && der.subarray(end).equals(EXPONENT)
      ? rsaPublicKey(new Uint8Array(der.subarray(PKCS1_HEAD, end)))
      : undefined;
  if (key === undefined) throw new TypeError('not an RSA key of the protocol');
  return key;
}

/** `x^d mod n` of nLen bytes, natively: constant time, with base blinding. */
export const rawPrivate = (privateKey: crypto.KeyObject, x: Bytes): Bytes =>
  new Uint8Array(crypto.privateDecrypt({ key: privateKey, padding: crypto.constants.RSA_NO_PADDING }, x));

/**
 * `BlindSign` of RFC 9474 section 4.3: nLen bytes. MALFORMED where `blinded` has another length or is out of range.
 * A signature that does not give `blinded` back would leak the factors (a fault during CRT): it throws, unsent.
 */
export function blindSign(
  privateKey: crypto.KeyObject,
  key: RsaPublicKey,
  blinded: Bytes,
): Outcome<Bytes, 'MALFORMED'> {
  if (!inRange(key, blinded)) return refuse('MALFORMED');
  const signature = rawPrivate(privateKey, blinded);
  if (!equalBytes(nodePrimitives.rsaPublic(key, signature), blinded))
    throw new Error('RSA private operation failed its check');
  return accept(signature);
}

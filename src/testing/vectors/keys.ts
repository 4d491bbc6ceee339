import { type JsonWebKey, type KeyObject, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fromBase64url, toInteger } from '../../protocol/bytes.ts';
import { publicKeyOf } from '../../protocol/node/credential-key.ts';
import type { RsaPublicKey } from '../../protocol/primitives.ts';

/** A JSON file of the vectors. */
export const vectorFile = (name: string): URL =>
  new URL(`../../protocol/vectors/v1/${name}.json`, import.meta.url);

const read = (name: string): unknown => JSON.parse(readFileSync(vectorFile(name), 'utf8'));

/** The RSA keys of the vectors: made once, published, and therefore worthless for anything else. */
export type VectorKey =
  'election-2048' | 'election-3072' | 'election-4096' | 'credential-2048' | 'credential-3072' | 'rfc9474';

const jwks = read('keys') as Record<VectorKey, JsonWebKey>;

export function vectorKey(name: VectorKey): { privateKey: KeyObject; key: RsaPublicKey } {
  const privateKey = createPrivateKey({ key: jwks[name], format: 'jwk' });
  return { privateKey, key: publicKeyOf(privateKey) };
}

/** Moduli that a key proof must tell apart: two primes each. */
export type OddModulus = 'e-divides-p-1' | 'factor-below-limit' | 'factor-above-limit';

const factors = read('odd-moduli') as Record<OddModulus, { p: string; q: string }>;

export function oddModulus(name: OddModulus): { p: bigint; q: bigint } {
  const integer = (text: string): bigint => toInteger(fromBase64url(text) ?? new Uint8Array(0));
  return { p: integer(factors[name].p), q: integer(factors[name].q) };
}

import { type Bytes, fromInteger, toBase64url, toInteger } from '../../protocol/bytes.ts';
import { proveKey } from '../../protocol/key-proof.ts';
import { rawPrivate } from '../../protocol/node/credential-key.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import type { RsaPublicKey } from '../../protocol/primitives.ts';
import { inverse, rsaPublicKey } from '../../protocol/rsa.ts';
import { type OddModulus, oddModulus, vectorKey } from './keys.ts';
import { type VectorFile, flipped, integerText, strayBits, vectorCases } from './vector-file.ts';

/** Section 3: key proofs. */
export async function keyProofCases() {
  const file = vectorCases();
  for (const name of ['election-2048', 'election-3072', 'election-4096'] as const) {
    const { privateKey, key } = vectorKey(name);
    const proof = await proveKey(nodePrimitives, key, (rho) => rawPrivate(privateKey, rho));
    const bits = 8 * key.modulus.length;
    file.accept('key-proof', `key proof, ${bits} bits`, input(key, proof));
    spoil(file, `key proof, ${bits} bits`, key, proof.map(toBase64url));
  }
  const other = vectorKey('credential-2048').key;
  file.spoil('key proof, 2048 bits', 'key proof: of another key', 'UNPROVEN', {
    set: { '/n': toBase64url(other.modulus) },
  });

  // Every equation holds; only the small factor tells.
  const above = await oddProof('factor-above-limit');
  file.accept('key-proof', 'key proof: smallest factor 131101, above 2^17', above);
  file.refuse(
    'key-proof',
    'key proof: factor 131071, below 2^17',
    'UNPROVEN',
    await oddProof('factor-below-limit'),
  );
  // The best that a maker of such a key can do: the root of each challenge that has one, about one in 65537.
  file.refuse('key-proof', 'key proof: e divides p-1', 'UNPROVEN', await oddProof('e-divides-p-1'));
  return file.finish();
}

const input = (key: RsaPublicKey, proof: readonly Bytes[]) => ({
  n: toBase64url(key.modulus),
  proof: proof.map(toBase64url),
});

function spoil(file: VectorFile, base: string, key: RsaPublicKey, proof: readonly string[]): void {
  const { n, modulus } = key;
  const { length } = modulus;
  const first = proof[0] ?? '';
  const last = proof[8] ?? '';
  const entries: Readonly<Record<string, readonly [number, string]>> = {
    'first byte flipped': [0, flipped(first, 0)],
    'last entry, last byte flipped': [8, flipped(last, -1)],
    'repeated entry': [5, proof[4] ?? ''],
    'entry 0': [3, integerText(0n, length)],
    'entry 1': [3, integerText(1n, length)],
    'entry n-1': [3, integerText(n - 1n, length)],
    'entry n': [3, integerText(n, length)],
    'entry not reduced': [3, integerText(2n ** BigInt(8 * length) - 1n, length)],
    'entry one byte short': [3, toBase64url(modulus.slice(1))],
    'entry one byte long': [3, integerText(n - 2n, length + 1)],
    'entry empty': [3, ''],
    ...(first.length % 4 === 0 ? {} : { 'stray bits': [0, strayBits(first)] as const }),
  };
  for (const [name, [at, value]] of Object.entries(entries)) {
    file.spoil(base, `${base}: ${name}`, 'UNPROVEN', { set: { [`/proof/${at}`]: value } });
  }
  const swapped = { '/proof/0': proof[1] ?? '', '/proof/1': first };
  file.spoil(base, `${base}: two entries swapped`, 'UNPROVEN', { set: swapped });
  file.spoil(base, `${base}: eight entries`, 'UNPROVEN', { drop: ['/proof/8'] });
  file.spoil(base, `${base}: ten entries`, 'UNPROVEN', { set: { '/proof': [...proof, last] } });
  file.spoil(base, `${base}: no entries`, 'UNPROVEN', { set: { '/proof': [] } });
}

async function oddProof(name: OddModulus) {
  const { p, q } = oddModulus(name);
  const key = rsaPublicKey(fromInteger(p * q, 256));
  const order = (name === 'e-divides-p-1' ? (p - 1n) / 65537n : p - 1n) * (q - 1n);
  const d = inverse(65537n, order);
  if (key === undefined || d === undefined) throw new Error(`${name} is no modulus of the vectors`);
  return input(
    key,
    await proveKey(nodePrimitives, key, (rho) => fromInteger(power(toInteger(rho), d, key.n), 256)),
  );
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let square = base; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

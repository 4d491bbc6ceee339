import { toBase64url } from '../../protocol/bytes.ts';
import type { Json } from '../../protocol/canonical-json.ts';
import { challengeContext, challengeJson, makeChallenge } from '../../protocol/challenge.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { sealUnder } from '../../protocol/sealed-ballot.ts';
import { seededPrimitives } from '../seeded-primitives.ts';
import { type VectorKey, vectorKey } from './keys.ts';
import { flipped, integerText, strayBits, type VectorFile, vectorCases } from './vector-file.ts';

/** Section 8: proof of possession. */
export async function challengeCases(): Promise<readonly Json[]> {
  const file = vectorCases();
  for (const name of ['election-2048', 'election-3072', 'election-4096'] as const)
    await addChallenge(file, name);
  return file.finish();
}

async function addChallenge(file: VectorFile, name: VectorKey): Promise<void> {
  const primitives = seededPrimitives(`challenge ${name}`);
  const { privateKey, key } = vectorKey(name);
  const { challenge, secret } = await makeChallenge(primitives, key);
  const json = challengeJson(challenge) as Record<'nonce' | 'c' | 'kc' | 'sealed', string>;
  const d = privateKey.export({ format: 'jwk' }).d ?? '';
  const base = `challenge for ${name}`;
  file.accept('challenge-answer', base, { n: toBase64url(key.modulus), d, challenge: json });

  const context = await challengeContext(nodePrimitives, key, challenge.nonce);
  const ballot = await sealUnder(primitives, 'votix/1/seal', key, context, secret);
  const mismatches: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
    'nonce flipped': { '/challenge/nonce': flipped(json.nonce, 0) },
    'c flipped': { '/challenge/c': flipped(json.c, -1) },
    'kc flipped': { '/challenge/kc': flipped(json.kc, 31) },
    'ciphertext flipped': { '/challenge/sealed': flipped(json.sealed, 0) },
    'tag flipped': { '/challenge/sealed': flipped(json.sealed, -1) },
    'sealed as a ballot': { '/challenge': challengeJson({ nonce: challenge.nonce, ...ballot }) },
    'answered with another key': { '/d': flipped(d, -1) },
  };
  for (const [what, set] of Object.entries(mismatches)) {
    file.spoil(base, `${base}: ${what}`, 'WRONG_PROOF', { set });
  }
  const { length } = key.modulus;
  const malformed: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
    'c = 0': { '/challenge/c': integerText(0n, length) },
    'c = 1': { '/challenge/c': integerText(1n, length) },
    'c = n-1': { '/challenge/c': integerText(key.n - 1n, length) },
    'c = n': { '/challenge/c': integerText(key.n, length) },
    'c short': { '/challenge/c': toBase64url(challenge.c.slice(1)) },
    'nonce short': { '/challenge/nonce': toBase64url(challenge.nonce.slice(1)) },
    'kc long': { '/challenge/kc': toBase64url(new Uint8Array(33)) },
    'sealed long': { '/challenge/sealed': toBase64url(new Uint8Array(49)) },
    'stray bits': { '/challenge/kc': strayBits(json.kc) },
    'unknown member': { '/challenge/secret': toBase64url(secret) },
  };
  for (const [what, set] of Object.entries(malformed)) {
    file.spoil(base, `${base}: ${what}`, 'MALFORMED', { set });
  }
  file.spoil(base, `${base}: missing member`, 'MALFORMED', { drop: ['/challenge/kc'] });
}

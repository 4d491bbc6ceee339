import { fromBase64url, fromCrockford, toBase64url, toCrockford } from '../bytes.ts';
import { type Json, canonical, parseCanonical, parseJson } from '../canonical-json.ts';
import { isSoundPublicKey } from '../ed25519.ts';
import { hash } from '../hash.ts';
import { type Outcome, accept, refuse } from '../outcome.ts';
import { rsaPublicKey } from '../rsa.ts';
import type { VectorKind } from './case.ts';
import { bytesOf, numberOf, textOf, textsOf } from './input.ts';

const orMalformed = (value: Json | undefined): Outcome<Json, 'MALFORMED'> =>
  value === undefined ? refuse('MALFORMED') : accept(value);

/** Section 2: texts, bytes, hashes and the shapes of public keys. */
export const encodingKinds = {
  /** `text` in any JSON form; gives the canonical text. */
  json(_, input) {
    const value = parseJson(textOf(input, 'text'));
    return orMalformed(value === undefined ? undefined : canonical(value));
  },

  /** `text` must be canonical already. */
  'canonical-json'(_, input) {
    const text = textOf(input, 'text');
    return orMalformed(parseCanonical(text) === undefined ? undefined : text);
  },

  /** `text` as strict base64url of exactly `length` bytes; gives the bytes as numbers. */
  base64url(_, input) {
    const bytes = fromBase64url(textOf(input, 'text'), numberOf(input, 'length'));
    return orMalformed(bytes === undefined ? undefined : [...bytes]);
  },

  /** The first `bits` bits of `bytes` in groups of `group`. */
  crockford: (_, input) =>
    accept(toCrockford(bytesOf(input, 'bytes'), numberOf(input, 'bits'), numberOf(input, 'group'))),

  /** `text` as a person types it; gives the values 0..31. */
  'crockford-typed': (_, input) => orMalformed(fromCrockford(textOf(input, 'text'))),

  /** `H(label, parts...)`. */
  async hash(primitives, input) {
    const parts = textsOf(input, 'parts').map((part) => bytesOf({ part }, 'part'));
    return accept(toBase64url(await hash(primitives, textOf(input, 'label'), ...parts)));
  },

  /** `modulus` as the bytes of an RSA modulus; gives its length in bits. */
  'rsa-modulus'(_, input) {
    const key = rsaPublicKey(bytesOf(input, 'modulus'));
    return orMalformed(key === undefined ? undefined : 8 * key.modulus.length);
  },

  /** `pk` as an Ed25519 public key from outside. */
  'ed25519-key': (_, input) => (isSoundPublicKey(bytesOf(input, 'pk')) ? accept(true) : refuse('UNSOUND')),

  /** `signature` over `message` under the sound key `pk`. */
  'ed25519-signature': async (primitives, input) =>
    (await primitives.verifyEd25519(
      bytesOf(input, 'pk'),
      bytesOf(input, 'message'),
      bytesOf(input, 'signature'),
    ))
      ? accept(true)
      : refuse('INVALID'),
} satisfies Record<string, VectorKind>;

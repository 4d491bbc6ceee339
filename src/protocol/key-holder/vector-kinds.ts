/** Section 8 in the vectors: passphrases, key files, shares, proof of possession. */
import { fromInteger, fromUtf8, toBase64url, toInteger, utf8 } from '../bytes.ts';
import { parseChallenge } from '../challenge.ts';
import { accept } from '../outcome.ts';
import { bytesOf, keyOf, memberOf, textOf, textsOf } from '../vectors/input.ts';
import type { VectorInput, VectorKind } from '../vectors/case.ts';
import { answerChallenge } from './answer-challenge.ts';
import { type Passphrase, readPassphrase, sharedPassphrase } from './passphrase.ts';
import { combineShares, readShare } from './shares.ts';
import { openKeyFileInBrowser } from './web-key.ts';

/** The file of an input: `text`, or `bytes` where it is not UTF-8. */
export const fileOf = (input: VectorInput) =>
  input['bytes'] === undefined ? utf8(textOf(input, 'text')) : bytesOf(input, 'bytes');

/** The passphrase of an input: `words` as typed, or the `shared` secret. */
export function passphraseOf(input: VectorInput): Passphrase {
  if (input['shared'] !== undefined) return sharedPassphrase(bytesOf(input, 'shared'));
  const words = readPassphrase(textOf(input, 'words'));
  if (!words.ok) throw new TypeError('words are no passphrase');
  return words.value;
}

export const keyHolderKinds = {
  /** `typed` by a person; gives the bytes of the passphrase as text. */
  passphrase(_, input) {
    const outcome = readPassphrase(textOf(input, 'typed'));
    return outcome.ok ? accept(fromUtf8(outcome.value) ?? '') : outcome;
  },

  /** A key file opened for the key `n`; gives whether it is weak, and `x^d mod n`. */
  async 'key-file'(primitives, input) {
    const key = keyOf(input);
    const outcome = await openKeyFileInBrowser(primitives, fileOf(input), passphraseOf(input), key);
    if (!outcome.ok) return outcome;
    const power = toBase64url(await outcome.value.key(bytesOf(input, 'x')));
    return accept({ isWeak: outcome.value.isWeak, power });
  },

  /** The `text` of one share; gives its fields. */
  async share(primitives, input) {
    const outcome = await readShare(primitives, textOf(input, 'text'));
    if (!outcome.ok) return outcome;
    const { key, threshold, holders, x, y, check } = outcome.value;
    return accept({
      key: toBase64url(key),
      threshold,
      holders,
      x,
      y: toBase64url(y),
      check: toBase64url(check),
    });
  },

  /** The `shares` of the key `n`; gives the secret. */
  async 'combined-shares'(primitives, input) {
    const outcome = await combineShares(primitives, keyOf(input), textsOf(input, 'shares'));
    return outcome.ok ? accept(toBase64url(outcome.value)) : outcome;
  },

  /** A `challenge` answered by the holder of `d` for `n`; gives the secret. */
  async 'challenge-answer'(primitives, input) {
    const key = keyOf(input);
    const challenge = parseChallenge(key, memberOf(input, 'challenge'));
    if (!challenge.ok) return challenge;
    const d = toInteger(bytesOf(input, 'd'));
    const power = (x: Uint8Array) => fromInteger(slowPower(toInteger(x), d, key.n), key.modulus.length);
    const outcome = await answerChallenge(primitives, power, key, challenge.value);
    return outcome.ok ? accept(toBase64url(outcome.value)) : outcome;
  },
} satisfies Record<string, VectorKind>;

function slowPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
}

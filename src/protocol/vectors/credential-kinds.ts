import { blind, finalize } from '../blind-rsa.ts';
import { toBase64url } from '../bytes.ts';
import { verifyCredential } from '../credential.ts';
import { accept, refuse } from '../outcome.ts';
import type { VectorKind } from './case.ts';
import { bytesOf, keyOf, numberOf, termsOf } from './input.ts';

/** Section 4: RFC 9474 and the credential. */
export const credentialKinds = {
  /** `Blind` of `prepared` under `n` with given `salt` and `r`. */
  async blind(primitives, input) {
    const { prepared, salt, r } = {
      prepared: bytesOf(input, 'prepared'),
      salt: bytesOf(input, 'salt'),
      r: bytesOf(input, 'r'),
    };
    const blinding = await blind(primitives, keyOf(input), prepared, salt, r);
    if (blinding === undefined) return refuse('NOT_INVERTIBLE');
    return accept({ blinded: toBase64url(blinding.blinded), inv: toBase64url(blinding.inv) });
  },

  /** `Finalize` of `blindSignature` with `inv`, for a salt of `saltLength` bytes. */
  async finalize(primitives, input) {
    const signature = await finalize(
      primitives,
      keyOf(input),
      bytesOf(input, 'prepared'),
      bytesOf(input, 'blindSignature'),
      bytesOf(input, 'inv'),
      numberOf(input, 'saltLength'),
    );
    return signature === undefined ? refuse('CREDENTIAL_INVALID') : accept(toBase64url(signature));
  },

  /** Whether `(pk, prefix, credential)` is a credential of the `manifest`. */
  async credential(primitives, input) {
    const terms = await termsOf(primitives, input);
    const pk = bytesOf(input, 'pk');
    const prefix = bytesOf(input, 'prefix');
    const holds = await verifyCredential(primitives, terms, pk, prefix, bytesOf(input, 'credential'));
    return holds ? accept(true) : refuse('CREDENTIAL_INVALID');
  },
} satisfies Record<string, VectorKind>;

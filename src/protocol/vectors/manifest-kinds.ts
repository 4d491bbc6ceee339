import { fromBase64url, toBase64url } from '../bytes.ts';
import { canonical } from '../canonical-json.ts';
import { checkKeyProof } from '../key-proof.ts';
import { checkManifestKeys, keyFingerprint, parseManifest, verifyManifest } from '../manifest.ts';
import { accept, refuse } from '../outcome.ts';
import type { Primitives } from '../primitives.ts';
import type { VectorKind } from './case.ts';
import { bytesOf, keyOf, memberOf, termsOf, textOf, textsOf } from './input.ts';

async function readManifest(primitives: Primitives, text: string) {
  const terms = await parseManifest(primitives, text);
  if (!terms.ok) return terms;
  return accept({
    digest: toBase64url(terms.value.digest),
    electionFingerprint: await keyFingerprint(primitives, terms.value.electionKey),
    credentialFingerprint: await keyFingerprint(primitives, terms.value.credentialKey),
  });
}

/** Section 3: manifests and key proofs. */
export const manifestKinds = {
  /** `manifest` as an object, in any member order; gives M and fingerprints. */
  manifest: (primitives, input) => readManifest(primitives, canonical(memberOf(input, 'manifest'))),

  /** `text` of a manifest, which must be canonical. */
  'manifest-text': (primitives, input) => readManifest(primitives, textOf(input, 'text')),

  /** Both key proofs of a well-formed `manifest`. */
  'manifest-keys': async (primitives, input) =>
    (await checkManifestKeys(primitives, await termsOf(primitives, input)))
      ? accept(true)
      : refuse('UNPROVEN'),

  /** The urn key's `signature` over M. */
  'manifest-signature': async (primitives, input) =>
    (await verifyManifest(primitives, await termsOf(primitives, input), bytesOf(input, 'signature')))
      ? accept(true)
      : refuse('INVALID'),

  /** `proof` of the modulus `n`; an entry that is not base64url counts as empty. */
  'key-proof'(primitives, input) {
    const proof = textsOf(input, 'proof').map((entry) => fromBase64url(entry) ?? new Uint8Array(0));
    return checkKeyProof(primitives, keyOf(input), proof).then((holds) =>
      holds ? accept(true) : refuse('UNPROVEN'),
    );
  },
} satisfies Record<string, VectorKind>;

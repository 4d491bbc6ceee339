import { toBase64url } from '../../protocol/bytes.ts';
import { proveKey } from '../../protocol/key-proof.ts';
import { type ElectionTerms, type Manifest, manifestText, parseManifest } from '../../protocol/manifest.ts';
import { rawPrivate } from '../../protocol/node/credential-key.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import type { Ed25519KeyPair } from '../../protocol/primitives.ts';
import { ed25519Pair } from '../seeded-primitives.ts';
import { type VectorKey, vectorKey } from './keys.ts';

/** The urn keys of every vector. */
export const urnKeys: Ed25519KeyPair = ed25519Pair(new Uint8Array(32).fill(0x75));

/** A manifest over two of the fixed keys, both proven; `terms` replaces other members. */
export async function manifestOf(
  election: VectorKey,
  credential: VectorKey,
  terms: Partial<Manifest> = {},
): Promise<Manifest> {
  const prove = async (name: VectorKey): Promise<string[]> => {
    const { privateKey, key } = vectorKey(name);
    const proof = await proveKey(nodePrimitives, key, (rho) => rawPrivate(privateKey, rho));
    return proof.map(toBase64url);
  };
  const jwk = (name: VectorKey) =>
    ({ kty: 'RSA', n: toBase64url(vectorKey(name).key.modulus), e: 'AQAB' }) as const;
  return {
    protocol: 'votix/1',
    election: '3f2b8c1e-5d47-4a90-b6c3-0e9d7a1f2b64',
    title: 'Élection du conseil “2026” 🗳\u2028deuxième ligne',
    organiser: 'Société des amis du canal',
    opensAt: '2026-03-02T08:00:00Z',
    closesAt: '2026-03-06T17:00:00Z',
    graceSeconds: 300,
    timeZone: 'Europe/Paris',
    rollSize: 20,
    contests: [
      {
        id: 'president',
        title: 'Présidence',
        method: 'plurality',
        min: 1,
        max: 1,
        blank: true,
        candidates: [
          { id: 'ada', name: 'Ada Lovelace' },
          { id: 'blaise', name: 'Blaise "Pascal"' },
          { id: 'chandra', name: 'चन्द्रशेखर वेङ्कट रामन्' },
        ],
      },
      {
        id: 'council',
        title: 'Conseil\u0001',
        method: 'approval',
        min: 2,
        max: 3,
        blank: false,
        candidates: ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, name: `Liste ${id.toUpperCase()}` })),
      },
    ],
    electionKey: jwk(election),
    electionKeyProof: await prove(election),
    credentialKey: jwk(credential),
    credentialKeyProof: await prove(credential),
    urnKey: { kty: 'OKP', crv: 'Ed25519', x: toBase64url(urnKeys.publicKey) },
    publication: 'openings',
    custody: { holders: 3, threshold: 2 },
    ...terms,
  };
}

/** The terms of a manifest that is known to be well-formed. */
export async function termsOf(manifest: Manifest): Promise<ElectionTerms> {
  const terms = await parseManifest(nodePrimitives, manifestText(manifest));
  if (!terms.ok) throw new Error('malformed manifest');
  return terms.value;
}

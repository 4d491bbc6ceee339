import { fromBase64url, toBase64url } from '../../protocol/bytes.ts';
import type { Json } from '../../protocol/canonical-json.ts';
import { manifestText } from '../../protocol/manifest.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { manifestOf, termsOf, urnKeys } from './elections.ts';
import { vectorKey } from './keys.ts';
import { NON_CANONICAL, SMALL_ORDER } from './points.ts';
import { type VectorFile, flipped, integerText, strayBits, vectorCases } from './vector-file.ts';

const BASE = 'a manifest';

/** What must not stand in a manifest: path and value. */
const REFUSED: readonly (readonly [string, Json])[] = [
  ['/protocol', 'votix/2'],
  ['/election', '3F2B8C1E-5D47-4A90-B6C3-0E9D7A1F2B64'],
  ['/election', '3f2b8c1e5d474a90b6c30e9d7a1f2b64'],
  ['/title', 7],
  ['/organiser', true],
  ['/opensAt', '2026-03-06T17:00:00Z'],
  ['/opensAt', '2026-03-07T17:00:00Z'],
  ['/opensAt', '2026-02-30T08:00:00Z'],
  ['/opensAt', '2026-03-02T24:00:00Z'],
  ['/opensAt', '2026-03-02T08:00:00.000Z'],
  ['/opensAt', '2026-03-02T08:00:00+00:00'],
  ['/opensAt', '2026-03-02 08:00:00Z'],
  ['/closesAt', '2026-03-06T17:00Z'],
  ['/closesAt', 1772816400],
  ['/graceSeconds', -1],
  ['/graceSeconds', '300'],
  ['/rollSize', -1],
  ['/timeZone', []],
  ['/contests', []],
  ['/contests', {}],
  ['/contests/0/method', 'ranked'],
  ['/contests/0/max', 2],
  ['/contests/0/min', 0],
  ['/contests/0/blank', 'true'],
  ['/contests/0/candidates', []],
  ['/contests/0/candidates/0', { id: 'ada' }],
  ['/contests/0/candidates/0', { id: 'ada', name: 'Ada', party: 'x' }],
  ['/contests/0/candidates/1/id', 'ada'],
  ['/contests/1/id', 'president'],
  ['/contests/1/min', 4],
  ['/contests/1/max', 6],
  ['/contests/1/weight', 1],
  ['/electionKey/kty', 'EC'],
  ['/electionKey/e', 'Aw'],
  ['/electionKey/alg', 'PS384'],
  ['/electionKeyProof', []],
  ['/urnKey/crv', 'Ed448'],
  ['/urnKey/x', 'AAAA'],
  ['/publication', 'nothing'],
  ['/custody', { holders: 2, threshold: 3 }],
  ['/custody', { holders: 0, threshold: 0 }],
  ['/custody', { holders: 256, threshold: 2 }],
  ['/custody', { holders: 3, threshold: 0 }],
  ['/custody', { holders: 3, threshold: 2, names: [] }],
  ['/logo', 'x'],
];

/** Section 3: manifests. */
export async function manifestCases() {
  const file = vectorCases();
  const manifest = await manifestOf('election-3072', 'credential-2048');
  file.accept('manifest', BASE, { manifest });
  const single = {
    id: '',
    title: '',
    method: 'approval',
    min: 1,
    max: 1,
    blank: false,
    candidates: [{ id: '', name: '' }],
  };
  file.vary(BASE, 'the smallest contest, empty texts', { set: { '/manifest/contests': [single] } });
  file.vary(BASE, 'the same candidate ids in two contests', {
    set: { '/manifest/contests': [single, { ...single, id: 'b' }] },
  });
  file.vary(BASE, 'nobody on the roll, no grace', {
    set: { '/manifest/rollSize': 0, '/manifest/graceSeconds': 0 },
  });
  file.vary(BASE, '255 of 255', { set: { '/manifest/custody': { holders: 255, threshold: 255 } } });
  file.vary(BASE, 'a leap day', { set: { '/manifest/opensAt': '2024-02-29T23:59:59Z' } });
  file.accept('manifest', 'keys of 4096 and 3072 bits', {
    manifest: await manifestOf('election-4096', 'credential-3072', { publication: 'totals' }),
  });

  for (const [path, value] of REFUSED) {
    const name = `manifest: ${path} is ${JSON.stringify(value)}`;
    file.spoil(BASE, name, 'MALFORMED', { set: { [`/manifest${path}`]: value } });
  }
  for (const member of Object.keys(manifest)) {
    file.spoil(BASE, `manifest: no ${member}`, 'MALFORMED', { drop: [`/manifest/${member}`] });
  }
  for (const [name, x] of Object.entries({ ...SMALL_ORDER, ...NON_CANONICAL })) {
    file.spoil(BASE, `manifest: urn key ${name}`, 'MALFORMED', { set: { '/manifest/urnKey/x': x } });
  }
  addModuli(file, manifest.electionKey.n);
  file.spoil(BASE, 'manifest: proof entry with stray bits', 'MALFORMED', {
    set: { '/manifest/credentialKeyProof/0': strayBits(manifest.credentialKeyProof[0] ?? '') },
  });
  file.spoil(BASE, 'manifest: proof entry of the length of the other key', 'MALFORMED', {
    set: { '/manifest/credentialKeyProof/0': manifest.electionKeyProof[0] ?? '' },
  });

  const text = manifestText(manifest);
  file.accept('manifest-text', 'the text of a manifest', { text });
  for (const [name, spoilt] of [
    ['line feed at the end', `${text}\n`],
    ['BOM', `\ufeff${text}`],
    ['white space', text.replace('"title":', '"title": ')],
    ['title twice', text.replace('"title":', '"title":"x","title":')],
    [
      'members in another order',
      `{"protocol":"votix/1",${text.replace(',"protocol":"votix/1"', '').slice(1)}`,
    ],
  ] as const) {
    file.refuse('manifest-text', `text of a manifest: ${name}`, 'MALFORMED', { text: spoilt });
  }
  await addKeys(file);
  await addSignature(file);
  return file.finish();
}

function addModuli(file: VectorFile, n: string): void {
  const modulus = fromBase64url(n) ?? new Uint8Array(0);
  const even = modulus.slice();
  even[383] = 0;
  for (const [name, spoilt] of [
    ['even', toBase64url(even)],
    ['first bit zero', toBase64url(Uint8Array.of(0x7f, ...modulus.slice(1)))],
    ['one byte short', toBase64url(modulus.slice(1))],
    ['1024 bits', toBase64url(modulus.slice(256))],
    ['padded', `${n}=`],
  ] as const) {
    file.spoil(BASE, `manifest: election key ${name}`, 'MALFORMED', {
      set: { '/manifest/electionKey/n': spoilt },
    });
  }
}

async function addKeys(file: VectorFile): Promise<void> {
  const manifest = await manifestOf('election-2048', 'credential-2048');
  file.accept('manifest-keys', 'both keys proven', { manifest });
  const proof = manifest.credentialKeyProof;
  const [first = '', second = ''] = proof;
  for (const [name, set] of [
    [
      'election proof flipped',
      { '/manifest/electionKeyProof/0': flipped(manifest.electionKeyProof[0] ?? '', 9) },
    ],
    ['credential proof flipped', { '/manifest/credentialKeyProof/8': flipped(proof[8] ?? '', -1) }],
    ['credential proof, repeated entry', { '/manifest/credentialKeyProof/1': first }],
    ['credential proof, entry 1', { '/manifest/credentialKeyProof/1': integerText(1n, 256) }],
    [
      'entries swapped',
      { '/manifest/credentialKeyProof/0': second, '/manifest/credentialKeyProof/1': first },
    ],
    [
      'proofs swapped',
      { '/manifest/electionKeyProof': proof, '/manifest/credentialKeyProof': manifest.electionKeyProof },
    ],
    [
      'one key for both',
      { '/manifest/electionKey': manifest.credentialKey, '/manifest/electionKeyProof': proof },
    ],
  ] as const) {
    file.spoil('both keys proven', `keys: ${name}`, 'UNPROVEN', { set });
  }
  const shared = integerText(vectorKey('election-2048').key.n + 2n, 256);
  file.spoil('both keys proven', 'keys: n + 2 under the proof of n', 'UNPROVEN', {
    set: { '/manifest/electionKey/n': shared },
  });
}

async function addSignature(file: VectorFile): Promise<void> {
  const manifest = await manifestOf('election-2048', 'credential-2048');
  const { digest } = await termsOf(manifest);
  const signature = toBase64url(nodePrimitives.signEd25519(urnKeys, digest));
  file.accept('manifest-signature', 'the signature of a manifest', { manifest, signature });
  for (const [name, set] of [
    ['R flipped', { '/signature': flipped(signature, 31) }],
    ['S flipped', { '/signature': flipped(signature, 63) }],
    ['other title', { '/manifest/title': 'Élection du conseil' }],
    ['other close', { '/manifest/closesAt': '2026-03-06T17:00:01Z' }],
    ['other urn key', { '/manifest/urnKey/x': flipped(toBase64url(urnKeys.publicKey), 2) }],
  ] as const) {
    file.spoil('the signature of a manifest', `signature of a manifest: ${name}`, 'INVALID', { set });
  }
}

import { fromBase64url, fromInteger, toBase64url, toInteger } from '../../protocol/bytes.ts';
import type { Json } from '../../protocol/canonical-json.ts';
import { hash } from '../../protocol/hash.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { randomElement } from '../../protocol/rsa.ts';
import { sealBallot } from '../../protocol/sealed-ballot.ts';
import { encodePlaintext } from '../../protocol/selection.ts';
import { seededPrimitives } from '../seeded-primitives.ts';
import { manifestOf, termsOf } from './elections.ts';
import { type VectorKey, vectorKey } from './keys.ts';
import { type VectorFile, flipped, integerText, vectorCases } from './vector-file.ts';

const bytes = (text: string) => fromBase64url(text) ?? new Uint8Array(0);

/** Section 5: selections, seals, openings. */
export async function sealCases() {
  const file = vectorCases();
  await addSelections(file);
  for (const key of ['election-2048', 'election-3072', 'election-4096'] as const) await addSeal(file, key);
  await addChallenge(file);
  return file.finish();
}

async function addSelections(file: VectorFile): Promise<void> {
  const manifest = await manifestOf('election-2048', 'credential-2048');
  const base = 'selection: one mark, three marks';
  file.accept('selection', base, { manifest, selections: [['blaise'], ['e', 'a', 'c']] });
  file.vary(base, 'selection: blank, two marks', { set: { '/selections': [[], ['b', 'd']] } });
  const refused: readonly (readonly [string, string, Json])[] = [
    [
      'OVERVOTE',
      'two marks in plurality',
      [
        ['ada', 'blaise'],
        ['a', 'b'],
      ],
    ],
    ['OVERVOTE', 'four marks of three', [['ada'], ['a', 'b', 'c', 'd']]],
    ['UNDERVOTE', 'one mark of two', [['ada'], ['a']]],
    ['BLANK_NOT_ALLOWED', 'blank where it is not allowed', [['ada'], []]],
    ['UNKNOWN_CANDIDATE', 'unknown candidate', [['eve'], ['a', 'b']]],
    ['UNKNOWN_CANDIDATE', 'candidate of the other contest', [['a'], ['a', 'b']]],
    ['UNKNOWN_CANDIDATE', 'the same candidate twice', [['ada'], ['a', 'a']]],
  ];
  for (const [code, name, selections] of refused) {
    file.spoil(base, `selection: ${name}`, code, { set: { '/selections': selections } });
  }
}

async function addSeal(file: VectorFile, name: VectorKey): Promise<void> {
  const primitives = seededPrimitives(`seal ${name}`);
  const manifest = await manifestOf(name, 'credential-2048');
  const terms = await termsOf(manifest);
  const { key } = vectorKey(name);
  const { length } = key.modulus;
  const { publicKey } = await primitives.generateEd25519();
  const plaintext = encodePlaintext(manifest, [['chandra'], ['a', 'b']]);
  const r = randomElement(primitives, key);
  const sealed = await sealBallot(primitives, terms, publicKey, plaintext, r);
  const pk = toBase64url(publicKey);
  file.accept('seal', `seal, ${8 * length} bits`, {
    manifest,
    pk,
    plaintext: toBase64url(plaintext),
    r: toBase64url(r),
  });
  file.vary(`seal, ${8 * length} bits`, `seal, ${8 * length} bits, r = 2`, {
    set: { '/r': integerText(2n, length) },
  });

  const opened = `open, ${8 * length} bits`;
  const c = toBase64url(sealed.c);
  const kc = toBase64url(sealed.kc);
  const box = toBase64url(sealed.sealed);
  file.accept('open', opened, { manifest, pk, c, kc, sealed: box, r: toBase64url(r) });
  // c' = c * s^e, as someone casts it who wants the victim's opening r = r' / s
  const s = 3n;
  const maul = nodePrimitives.rsaPublic(key, fromInteger(s, length));
  const mauledC = integerText((toInteger(sealed.c) * toInteger(maul)) % key.n, length);
  const mauledR = integerText((toInteger(r) * s) % key.n, length);
  const mismatches: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
    'kc, first byte flipped': { '/kc': flipped(kc, 0) },
    'kc, last byte flipped': { '/kc': flipped(kc, 31) },
    'c flipped': { '/c': flipped(c, 5) },
    'r flipped': { '/r': flipped(toBase64url(r), -1) },
    'copied to another pk': { '/pk': flipped(pk, 12) },
    'moved to another election': { '/manifest/election': '3f2b8c1e-5d47-4a90-b6c3-0e9d7a1f2b65' },
    'mauled, with its true opening': { '/c': mauledC, '/r': mauledR },
    'mauled, with the opening of the model': { '/c': mauledC },
  };
  for (const [what, set] of Object.entries(mismatches)) {
    file.spoil(opened, `${opened}: ${what}`, 'COMMITMENT_MISMATCH', { set });
  }
  for (const [what, at] of [
    ['version byte', 0],
    ['a mark', 4],
    ['tag', -1],
    ['first byte of the tag', -16],
  ] as const) {
    const set = { '/sealed': flipped(box, at) };
    file.spoil(opened, `${opened}: ${what} flipped`, 'AUTHENTICATION_FAILED', { set });
  }
  for (const [what, spoilt] of [
    ['one byte short', sealed.sealed.slice(0, -1)],
    ['tag alone', sealed.sealed.slice(-16)],
    ['shorter than a tag', sealed.sealed.slice(-15)],
    ['empty', new Uint8Array(0)],
  ] as const) {
    file.spoil(opened, `${opened}: ${what}`, 'AUTHENTICATION_FAILED', {
      set: { '/sealed': toBase64url(spoilt) },
    });
  }
  addOpening(file, name, { c, r: toBase64url(r), mauledC, mauledR });
}

function addOpening(
  file: VectorFile,
  name: VectorKey,
  { c, r, mauledC, mauledR }: Readonly<Record<'c' | 'r' | 'mauledC' | 'mauledR', string>>,
): void {
  const { n, modulus } = vectorKey(name).key;
  const { length } = modulus;
  const base = `opening, ${8 * length} bits`;
  file.accept('opening', base, { n: toBase64url(modulus), c, r });
  file.vary(base, `${base}: of a mauled ciphertext`, { set: { '/c': mauledC, '/r': mauledR } });
  const value = toInteger(bytes(r));
  const refused: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
    'of the mauled ciphertext': { '/r': mauledR },
    'flipped, first byte': { '/r': flipped(r, 0) },
    'flipped, last byte': { '/r': flipped(r, -1) },
    negated: { '/r': integerText(n - value, length) },
    'one byte short': { '/r': toBase64url(bytes(r).slice(1)) },
    'one byte long': { '/r': integerText(value, length + 1) },
    '0 of c = 0': { '/c': integerText(0n, length), '/r': integerText(0n, length) },
    '1 of c = 1': { '/c': integerText(1n, length), '/r': integerText(1n, length) },
    'n-1 of c = n-1': { '/c': integerText(n - 1n, length), '/r': integerText(n - 1n, length) },
    n: { '/r': integerText(n, length) },
    'c flipped': { '/c': flipped(c, -1) },
  };
  for (const [what, set] of Object.entries(refused)) {
    file.spoil(base, `${base}: ${what}`, 'NOT_THE_OPENING', { set });
  }
}

/** Section 8: the same seal for the proof of possession. */
async function addChallenge(file: VectorFile): Promise<void> {
  const primitives = seededPrimitives('challenge');
  const { key } = vectorKey('election-3072');
  const secret = primitives.random(32);
  const nonce = primitives.random(32);
  const label = 'votix/1/challenge';
  const input = {
    label,
    n: toBase64url(key.modulus),
    context: toBase64url(await hash(primitives, label, key.modulus, nonce)),
    plaintext: toBase64url(secret),
    r: toBase64url(randomElement(primitives, key)),
  };
  file.accept('seal-under', 'a challenge', input);
  file.vary('a challenge', 'the same under the label of ballots is something else', {
    set: { '/label': 'votix/1/seal' },
  });
}

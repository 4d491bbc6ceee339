import { type Bytes, toBase64url } from '../../protocol/bytes.ts';
import type { Json } from '../../protocol/canonical-json.ts';
import { hash } from '../../protocol/hash.ts';
import { type Share, shareText } from '../../protocol/key-holder/shares.ts';
import { keyDigest } from '../../protocol/manifest.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { seededPrimitives } from '../seeded-primitives.ts';
import { type VectorKey, vectorKey } from './keys.ts';
import { type VectorFile, vectorCases } from './vector-file.ts';

/** Section 8: shares. They are computed here by hand, so the library that combines them is checked too. */
export async function shareCases(): Promise<readonly Json[]> {
  const file = vectorCases();
  const shares = await sharesOf('election-3072', 'shares', { threshold: 2, xs: [1, 2, 200] });
  await addReading(file, shares);
  await addCombining(file, shares);
  return file.finish();
}

/** a * b in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1, bit by bit. */
function multiply(a: number, b: number): number {
  let product = 0;
  for (; b > 0; b >>= 1) {
    if ((b & 1) === 1) product ^= a;
    a = (a << 1) ^ (a > 0x7f ? 0x11b : 0);
  }
  return product;
}

/** Shares at these places, of a secret drawn from the seed. */
async function sharesOf(
  name: VectorKey,
  seed: string,
  { threshold, xs }: { readonly threshold: number; readonly xs: readonly number[] },
): Promise<readonly Share[]> {
  const primitives = seededPrimitives(seed);
  const coefficients = Array.from({ length: threshold }, () => primitives.random(32));
  const secret = coefficients[0] ?? new Uint8Array(32);
  const key = (await keyDigest(nodePrimitives, vectorKey(name).key)).slice(0, 4);
  const check = (await hash(nodePrimitives, 'votix/1/share', secret)).slice(0, 8);
  const valueAt = (x: number) =>
    secret.map((_, i) => coefficients.reduceRight((sum, powers) => multiply(sum, x) ^ (powers[i] ?? 0), 0));
  return xs.map((x) => ({ key, threshold, holders: xs.length, x, y: valueAt(x), check }));
}

const text = (share: Share): Promise<string> => shareText(nodePrimitives, share);
const texts = (shares: readonly Share[]): Promise<string[]> => Promise.all(shares.map(text));

async function addReading(file: VectorFile, shares: readonly Share[]): Promise<void> {
  const [share] = shares;
  if (share === undefined) throw new Error('no share');
  const whole = await text(share);
  const base = 'share';
  file.accept('share', base, { text: whole });
  file.vary(base, 'share: as typed', { set: { '/text': ` ${whole.toLowerCase().replaceAll('-', ' ')}\n` } });
  const alike = whole.replaceAll('0', 'o').replaceAll('1', 'l');
  file.vary(base, 'share: O for 0, L for 1', { set: { '/text': alike } });
  file.vary(base, 'share: without hyphens, I for 1', {
    set: { '/text': whole.replaceAll('-', '').replaceAll('1', 'i') },
  });
  const at = (place: number, character: string) => whole.slice(0, place) + character + whole.slice(place + 1);
  const other = (place: number) => (whole[place] === '7' ? '8' : '7');
  const typos: Readonly<Record<string, string>> = {
    'first character wrong': at(5, other(5)),
    'a character in the middle wrong': at(50, other(50)),
    'last character wrong': at(whole.length - 1, whole.endsWith('0') ? '8' : '0'),
    'unused bits set': at(whole.length - 1, whole.endsWith('0') ? '1' : 'H'),
    'U for V': at(20, 'U'),
    'a character missing': at(30, ''),
    'a character more': `${whole}0`,
    'a group missing': whole.slice(0, 17) + whole.slice(23),
    'the last group missing': whole.slice(0, -5),
  };
  for (const [name, typed] of Object.entries(typos)) {
    file.spoil(base, `share: ${name}`, 'SHARE_TYPO', { set: { '/text': typed } });
  }
  const impossible: Readonly<Record<string, Partial<Share>>> = {
    'x of 0, where the secret would be': { x: 0 },
    'threshold 0': { threshold: 0 },
    'threshold 1': { threshold: 1 },
    'threshold above the number of shares': { threshold: 4 },
    'no holders': { holders: 0 },
  };
  for (const [name, change] of Object.entries(impossible)) {
    file.spoil(base, `share: ${name}`, 'NOT_A_SHARE', {
      set: { '/text': await text({ ...share, ...change }) },
    });
  }
  for (const [name, typed] of Object.entries({
    empty: '',
    'another prefix': `VTX2${whole.slice(4)}`,
    'no prefix': whole.slice(5),
  })) {
    file.spoil(base, `share: ${name}`, 'NOT_A_SHARE', { set: { '/text': typed } });
  }
}

async function addCombining(file: VectorFile, shares: readonly Share[]): Promise<void> {
  const own = await texts(shares);
  const [a = '', b = '', c = ''] = own;
  const base = 'shares: two of three';
  file.accept('combined-shares', base, { n: modulusOf('election-3072'), shares: [a, b] });
  file.vary(base, 'shares: another two, another order', { set: { '/shares': [c, a] } });
  file.vary(base, 'shares: all three', { set: { '/shares': own } });
  const xs = [255, 1, 77, 5, 9];
  const five = await texts(await sharesOf('election-2048', 'five', { threshold: 5, xs }));
  file.accept('combined-shares', 'shares: five of five', { n: modulusOf('election-2048'), shares: five });
  const again = await texts(await sharesOf('election-3072', 'again', { threshold: 2, xs: [1, 2, 3] }));
  const foreign = await texts(await sharesOf('election-2048', 'shares', { threshold: 2, xs: [1, 2, 200] }));
  const [first, second] = shares as readonly [Share, Share];
  const changed = (y: Bytes, at: number) => y.with(at, (y[at] ?? 0) ^ 1);
  const wrong = await text({ ...second, y: changed(second.y, 31) });
  const moved = await text({ ...second, x: 3 });
  const samePlace = await text({ ...second, x: first.x });
  const refused: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    none: ['TOO_FEW_SHARES', []],
    'one of two': ['TOO_FEW_SHARES', [b]],
    'four of five for their key': ['FOREIGN_SHARE', five.slice(1)],
    'the same twice': ['DUPLICATE_SHARE', [a, a]],
    'the same twice, typed differently': ['DUPLICATE_SHARE', [a, b, a.toLowerCase()]],
    'one of another key': ['FOREIGN_SHARE', [a, foreign[1] ?? '']],
    'all of another key': ['FOREIGN_SHARE', foreign],
    'one of another splitting': ['FOREIGN_SHARE', [a, again[1] ?? '']],
    'one with a typing error': ['SHARE_TYPO', [a, `${b.slice(0, -1)}${b.endsWith('0') ? '8' : '0'}`]],
    'one that is no share': ['NOT_A_SHARE', [a, 'legal winner']],
    'a value changed under a right checksum': ['WRONG_SHARES', [a, wrong]],
    'a value changed, with more than enough shares': ['WRONG_SHARES', [a, wrong, c]],
    'a place changed under a right checksum': ['WRONG_SHARES', [a, moved]],
    'two values at one place': ['WRONG_SHARES', [a, samePlace]],
  };
  for (const [name, [code, given]] of Object.entries(refused)) {
    file.spoil(base, `shares: ${name}`, code, { set: { '/shares': given } });
  }
  file.spoil('shares: five of five', 'shares: four of five', 'TOO_FEW_SHARES', {
    set: { '/shares': five.slice(1) },
  });
}

const modulusOf = (name: VectorKey): string => toBase64url(vectorKey(name).key.modulus);

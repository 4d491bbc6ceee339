/** k-of-n custody, section 8 of the specification: the secret of a key file, split into texts for several people. */
import { combine, split } from 'shamir-secret-sharing';
import { type Bytes, compareBytes, concat, equalBytes, fromCrockford, toCrockford } from '../bytes.ts';
import { hash } from '../hash.ts';
import { keyDigest } from '../manifest.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import type { Primitives, RsaPublicKey } from '../primitives.ts';

/** One holder's share. Byte layout of the text: version, key, k, n, x, y, check, checksum. */
export interface Share {
  /** The first 4 bytes of `H("votix/1/key", I2OSP(n, nLen))`. */
  readonly key: Bytes;
  /** How many shares rebuild the secret, 2 to `holders`. */
  readonly threshold: number;
  /** How many shares there are, up to 255. */
  readonly holders: number;
  /** Where the polynomial was evaluated, 1 to 255. */
  readonly x: number;
  /** Its 32 values there. */
  readonly y: Bytes;
  /** The first 8 bytes of `H("votix/1/share", K)`. */
  readonly check: Bytes;
}

/** NOT_A_SHARE: no text of that form. SHARE_TYPO carries `group` (from 1) where one character or swap explains it. */
export type ShareRefusal = 'NOT_A_SHARE' | 'SHARE_TYPO';

/**
 * Every refusal of one share carries `share` (from 1). FOREIGN_SHARE: of another key or another splitting;
 * DUPLICATE_SHARE carries `same`; TOO_FEW_SHARES carries `have` and `need`; WRONG_SHARES: well formed, but they
 * do not rebuild the secret.
 */
export type CombineRefusal =
  ShareRefusal | 'FOREIGN_SHARE' | 'DUPLICATE_SHARE' | 'TOO_FEW_SHARES' | 'WRONG_SHARES';

/** The 32-byte secret from which `sharedPassphrase` makes the passphrase. */
export const SHARED_SECRET_LENGTH = 32;

const PREFIX = 'VTX1';
const PREFIX_VALUES = fromCrockford(PREFIX) ?? [];
const VERSION = 1;
const LENGTH = 1 + 4 + 1 + 1 + 1 + SHARED_SECRET_LENGTH + 8 + 4;
const CHECKED = LENGTH - 4;
/** 52 bytes are 416 bits: 84 characters, the last with four zero bits. */
const CHARACTERS = Math.ceil((LENGTH * 8) / 5);
const GROUP = 5;

/** Splits a secret of 32 bytes: `holders` texts, of which any `threshold` (2 to holders) rebuild it. */
export async function splitSecret(
  primitives: Primitives,
  key: RsaPublicKey,
  secret: Bytes,
  { holders, threshold }: { readonly holders: number; readonly threshold: number },
): Promise<readonly string[]> {
  if (secret.length !== SHARED_SECRET_LENGTH) throw new RangeError('a shared secret has 32 bytes');
  const keyId = (await keyDigest(primitives, key)).slice(0, 4);
  const check = await secretCheck(primitives, secret);
  const points = await split(secret, holders, threshold);
  // the library puts x behind the values
  const shares = points.map((point) => ({
    key: keyId,
    threshold,
    holders,
    x: point[SHARED_SECRET_LENGTH] ?? 0,
    y: point.slice(0, SHARED_SECRET_LENGTH),
    check,
  }));
  return Promise.all(shares.map((share) => shareText(primitives, share)));
}

/** `VTX1-` and the share in Crockford base32, groups of five. */
export async function shareText(primitives: Primitives, share: Share): Promise<string> {
  const { key, threshold, holders, x, y, check } = share;
  const body = concat(Uint8Array.of(VERSION), key, Uint8Array.of(threshold, holders, x), y, check);
  const sum = (await primitives.sha256(body)).slice(0, 4);
  return `${PREFIX}-${toCrockford(concat(body, sum), LENGTH * 8, GROUP)}`;
}

/** Reads a typed, scanned or pasted share. */
export async function readShare(primitives: Primitives, text: string): Promise<Outcome<Share, ShareRefusal>> {
  const compact = text.replace(/[\s-]/g, '').toUpperCase();
  const values = fromCrockford(compact);
  const isOurs = equalValues(fromCrockford(compact.slice(0, PREFIX.length)) ?? [], PREFIX_VALUES);
  if (!isOurs) return refuse('NOT_A_SHARE');
  const payload = values?.slice(PREFIX.length);
  if (payload?.length !== CHARACTERS) return refuse('SHARE_TYPO');
  const bytes = toBytes(payload);
  if (bytes === undefined || !(await isIntact(primitives, bytes))) {
    const group = await brokenGroup(primitives, payload);
    return refuse('SHARE_TYPO', group === undefined ? {} : { group });
  }
  const [version = 0, threshold = 0, holders = 0, x = 0] = [0, 5, 6, 7].map((at) => bytes[at]);
  if (version !== VERSION || threshold < 2 || threshold > holders || x === 0) return refuse('NOT_A_SHARE');
  const [key, y, check] = [bytes.slice(1, 5), bytes.slice(8, 40), bytes.slice(40, CHECKED)];
  return accept({ key, threshold, holders, x, y, check });
}

/** The secret (32 bytes) that the shares of an election key rebuild. More than k may be given: all must fit. */
export async function combineShares(
  primitives: Primitives,
  key: RsaPublicKey,
  texts: readonly string[],
): Promise<Outcome<Bytes, CombineRefusal>> {
  const shares: Share[] = [];
  for (const [i, text] of texts.entries()) {
    const read = await readShare(primitives, text);
    if (!read.ok) return refuse(read.code, { ...read.detail, share: i + 1 });
    shares.push(read.value);
  }
  const keyId = (await keyDigest(primitives, key)).slice(0, 4);
  const foreign = foreignShare(shares, keyId);
  if (foreign >= 0) return refuse('FOREIGN_SHARE', { share: foreign + 1 });
  for (const [i, share] of shares.entries()) {
    const same = shares.findIndex(({ x }) => x === share.x);
    if (same < i && equalBytes(shares[same]?.y ?? share.y, share.y)) {
      return refuse('DUPLICATE_SHARE', { share: i + 1, same: same + 1 });
    }
    if (same < i) return refuse('WRONG_SHARES');
  }
  const need = shares[0]?.threshold;
  if (need === undefined || shares.length < need) {
    return refuse('TOO_FEW_SHARES', { have: shares.length, ...(need === undefined ? {} : { need }) });
  }
  const points = shares.map(({ x, y }) => concat(y, Uint8Array.of(x)));
  const secret = Uint8Array.from(await combine(points));
  for (const point of points) point.fill(0);
  const expected = shares[0]?.check ?? new Uint8Array();
  return equalBytes(await secretCheck(primitives, secret), expected)
    ? accept(secret)
    : refuse('WRONG_SHARES');
}

async function secretCheck(primitives: Primitives, secret: Bytes): Promise<Bytes> {
  return (await hash(primitives, 'votix/1/share', secret)).slice(0, 8);
}

/** The first share of another key, or else of a smaller set than the largest that belongs together; -1 if none. */
function foreignShare(shares: readonly Share[], keyId: Bytes): number {
  const otherKey = shares.findIndex((share) => !equalBytes(share.key, keyId));
  if (otherKey >= 0) return otherKey;
  const belongsWith = (a: Share) => (b: Share) =>
    a.threshold === b.threshold && a.holders === b.holders && compareBytes(a.check, b.check) === 0;
  const company = shares.map((share) => shares.filter(belongsWith(share)).length);
  const largest = shares[company.indexOf(Math.max(...company))];
  return largest === undefined ? -1 : shares.findIndex((share) => !belongsWith(largest)(share));
}

/** 52 bytes of 84 characters; undefined where the last four bits are not zero. */
function toBytes(values: readonly number[]): Bytes | undefined {
  const bytes = new Uint8Array(LENGTH);
  for (let bit = 0; bit < values.length * 5; bit++) {
    const isSet = (((values[Math.floor(bit / 5)] ?? 0) >> (4 - (bit % 5))) & 1) === 1;
    if (isSet && bit >= LENGTH * 8) return undefined;
    if (isSet) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  }
  return bytes;
}

async function isIntact(primitives: Primitives, bytes: Bytes): Promise<boolean> {
  const sum = await primitives.sha256(bytes.slice(0, CHECKED));
  return equalBytes(sum.subarray(0, 4), bytes.subarray(CHECKED));
}

/**
 * The group (from 1) that one other character, or two neighbours swapped, would mend. Pointing at the place and not
 * at the correction leaves the last word to the paper.
 */
async function brokenGroup(primitives: Primitives, values: readonly number[]): Promise<number | undefined> {
  for (let at = 0; at < values.length; at++) {
    const original = values[at] ?? 0;
    const next = values[at + 1];
    const candidates = Array.from({ length: 31 }, (_, step) => values.with(at, (original + step + 1) % 32));
    if (next !== undefined) candidates.push(values.with(at, next).with(at + 1, original));
    for (const candidate of candidates) {
      const bytes = toBytes(candidate);
      if (bytes !== undefined && (await isIntact(primitives, bytes))) return Math.floor(at / GROUP) + 1;
    }
  }
  return undefined;
}

const equalValues = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

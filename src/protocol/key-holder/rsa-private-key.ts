/** The numbers of an RSA private key in its PKCS#8 DER, as views: nothing is copied that could not be zeroed. */
import { type Bytes, compareBytes, equalBytes } from '../bytes.ts';
import type { RsaPublicKey } from '../primitives.ts';

/** RFC 8017 appendix A.1.2, big-endian without leading zero, as views into the decrypted file. */
export interface RsaPrivateNumbers {
  readonly n: Bytes;
  readonly e: Bytes;
  readonly d: Bytes;
  readonly p: Bytes;
  readonly q: Bytes;
  readonly dp: Bytes;
  readonly dq: Bytes;
  readonly qi: Bytes;
}

/** AlgorithmIdentifier `rsaEncryption` with NULL parameters (RFC 8017 appendix A.1). */
const RSA_ENCRYPTION = Uint8Array.of(0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 0x05, 0);
const EXPONENT = Uint8Array.of(1, 0, 1);

const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const SEQUENCE = 0x30;

/**
 * The numbers of an RSA key in PKCS#8 (RFC 5958), or `'OTHER_KEY'` for a key of another kind, or undefined where the
 * bytes are no PKCS#8 at all - which is what a wrong passphrase leaves.
 */
export function readPrivateNumbers(der: Bytes): RsaPrivateNumbers | 'OTHER_KEY' | undefined {
  const outer = new Elements(der).only(SEQUENCE);
  const info = outer === undefined ? undefined : new Elements(outer);
  const version = info?.next(INTEGER);
  const algorithm = info?.next(SEQUENCE);
  const content = info?.next(OCTET_STRING);
  if (version?.length !== 1 || version[0] !== 0 || algorithm === undefined || content === undefined)
    return undefined;
  if (!equalBytes(algorithm, RSA_ENCRYPTION)) return 'OTHER_KEY';
  const body = new Elements(content).only(SEQUENCE);
  const numbers = body === undefined ? undefined : new Elements(body);
  const structure = numbers?.next(INTEGER);
  if (numbers === undefined || structure?.length !== 1 || structure[0] !== 0) return undefined;
  const [n, e, d, p, q, dp, dq, qi] = Array.from({ length: 8 }, () => numbers.natural());
  if (!n || !e || !d || !p || !q || !dp || !dq || !qi || !numbers.isAtEnd()) return undefined;
  return { n, e, d, p, q, dp, dq, qi };
}

/**
 * Compares the numbers with the key that is expected: `'OTHER'` where they are those of another key (or exponent),
 * `'DAMAGED'` where they do not belong together (RFC 8017 section 3.2, all five relations).
 */
export function compareNumbers(
  numbers: RsaPrivateNumbers,
  expected: RsaPublicKey,
): 'SAME' | 'OTHER' | 'DAMAGED' {
  const { n, e, d, p, q, dp, dq, qi } = numbers;
  const product = multiply(p, q);
  const isProduct = equalBytes(product, n);
  if (isProduct && !(equalBytes(n, expected.modulus) && equalBytes(e, EXPONENT))) return 'OTHER';
  if (!isProduct || p.length < 2 || q.length < 2 || !isOdd(p) || !isOdd(q)) return 'DAMAGED';
  const [p1, q1] = [lessOne(p), lessOne(q)];
  const belongs =
    isInverse(d, e, p1) &&
    isInverse(d, e, q1) &&
    isInverse(dp, e, p1) &&
    isInverse(dq, e, q1) &&
    isInverse(qi, q, p);
  for (const copy of [p1, q1]) copy.fill(0);
  return belongs ? 'SAME' : 'DAMAGED';
}

/** x - 1 of an odd x: its last bit cleared. */
const lessOne = (odd: Bytes): Bytes => odd.map((byte, i) => (i === odd.length - 1 ? byte & 0xfe : byte));

const isOdd = (value: Bytes): boolean => (value.at(-1) ?? 0) % 2 === 1;

/** Whether a * b mod m = 1. Bytes and not BigInt, whose copies of secret numbers would stay in memory. */
function isInverse(a: Bytes, b: Bytes, m: Bytes): boolean {
  const product = multiply(a, b);
  const rest = remainder(product, m);
  const isOne = rest.at(-1) === 1 && rest.every((byte, i) => byte === 0 || i === rest.length - 1);
  product.fill(0);
  rest.fill(0);
  return isOne;
}

/** a * b without leading zeros. */
function multiply(a: Bytes, b: Bytes): Bytes {
  const product = new Uint8Array(a.length + b.length);
  for (let i = a.length - 1; i >= 0; i--) {
    let carry = 0;
    for (let j = b.length - 1; j >= 0; j--) {
      carry += (a[i] ?? 0) * (b[j] ?? 0) + (product[i + j + 1] ?? 0);
      product[i + j + 1] = carry & 0xff;
      carry >>= 8;
    }
    product[i] = carry;
  }
  const start = product.findIndex((byte) => byte !== 0);
  return product.subarray(start < 0 ? product.length : start);
}

/** a mod m, bit by bit: rest = 2 * rest + bit, less m where that is possible. One byte more than m has. */
function remainder(a: Bytes, m: Bytes): Bytes {
  const rest = new Uint8Array(m.length + 1);
  for (let bit = 0; bit < 8 * a.length; bit++) {
    let carry = ((a[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
    for (let i = rest.length - 1; i >= 0; i--) {
      carry |= (rest[i] ?? 0) << 1;
      rest[i] = carry & 0xff;
      carry >>= 8;
    }
    if (rest[0] !== 0 || compareBytes(rest.subarray(1), m) >= 0) subtract(rest, m);
  }
  return rest;
}

/** rest -= m, for rest of one byte more than m and rest >= m. */
function subtract(rest: Bytes, m: Bytes): void {
  let borrow = 0;
  for (let i = m.length; i >= 0; i--) {
    const digit = (rest[i] ?? 0) - (i === 0 ? 0 : (m[i - 1] ?? 0)) - borrow;
    rest[i] = digit & 0xff;
    borrow = digit < 0 ? 1 : 0;
  }
}

/** Reads DER elements one after another; undefined where the next is not what was asked for. */
class Elements {
  readonly #der: Bytes;
  #at = 0;

  constructor(der: Bytes) {
    this.#der = der;
  }

  isAtEnd(): boolean {
    return this.#at === this.#der.length;
  }

  next(tag: number): Bytes | undefined {
    const der = this.#der;
    if (der[this.#at] !== tag) return undefined;
    let start = this.#at + 2;
    let length = der[this.#at + 1] ?? 0;
    if (length > 0x80) {
      const size = length & 0x7f;
      if (size > 2) return undefined;
      length = size === 1 ? (der[start] ?? 0) : ((der[start] ?? 0) << 8) | (der[start + 1] ?? 0);
      start += size;
    } else if (length === 0x80) return undefined;
    if (start + length > der.length) return undefined;
    this.#at = start + length;
    return der.subarray(start, this.#at);
  }

  only(tag: number): Bytes | undefined {
    const value = this.next(tag);
    return this.isAtEnd() ? value : undefined;
  }

  /** A positive INTEGER without its sign byte. */
  natural(): Bytes | undefined {
    const value = this.next(INTEGER);
    if (value === undefined || value.length === 0 || (value[0] ?? 0) > 0x7f) return undefined;
    return value[0] === 0 ? value.subarray(1) : value;
  }
}

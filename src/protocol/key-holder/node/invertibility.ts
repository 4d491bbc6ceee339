import { gcd } from '../../rsa.ts';

/** Finds values that share a factor with n (NOT_INVERTIBLE): their running product modulo n costs one gcd for all. */
export class Invertibility {
  readonly #n: bigint;
  #product = 1n;

  constructor(n: bigint) {
    this.#n = n;
  }

  add(c: Uint8Array): void {
    this.#product = (this.#product * integer(c)) % this.#n;
  }

  /** Whether every value added so far is invertible modulo n. */
  holds(): boolean {
    return gcd(this.#product, this.#n) === 1n;
  }

  /** Whether one value is: only needed to find the culprits where `holds` is false. */
  isInvertible(c: Uint8Array): boolean {
    return gcd(integer(c), this.#n) === 1n;
  }
}

/** OS2IP by the native hexadecimal of Buffer, which is far quicker than byte by byte. */
const integer = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}`);

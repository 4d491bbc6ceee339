import { type Bytes, u32, utf8 } from './bytes.ts';

const ROUND_CONSTANTS = Uint32Array.from(
  '428a2f98 71374491 b5c0fbcf e9b5dba5 3956c25b 59f111f1 923f82a4 ab1c5ed5 d807aa98 12835b01 243185be 550c7dc3 72be5d74 80deb1fe 9bdc06a7 c19bf174 e49b69c1 efbe4786 0fc19dc6 240ca1cc 2de92c6f 4a7484aa 5cb0a9dc 76f988da 983e5152 a831c66d b00327c8 bf597fc7 c6e00bf3 d5a79147 06ca6351 14292967 27b70a85 2e1b2138 4d2c6dfc 53380d13 650a7354 766a0abb 81c2c92e 92722c85 a2bfe8a1 a81a664b c24b8b70 c76c51a3 d192e819 d6990624 f40e3585 106aa070 19a4c116 1e376c08 2748774c 34b0bcb5 391c0cb3 4ed8aa4a 5b9cca4f 682e6ff3 748f82ee 78a5636f 84c87814 8cc70208 90befffa a4506ceb bef9a3f7 c67178f2'
    .split(' ')
    .map((word) => Number.parseInt(word, 16)),
);

/**
 * SHA-256 (FIPS 180-4) over parts that arrive one by one. WebCrypto takes whole messages only, and the digest over
 * all openings of a large election is a message of many megabytes. For public values: not made for secrets.
 */
class Sha256 {
  readonly #state = Uint32Array.of(
    0x6a09e667,
    0xbb67ae85,
    0x3c6ef372,
    0xa54ff53a,
    0x510e527f,
    0x9b05688c,
    0x1f83d9ab,
    0x5be0cd19,
  );
  readonly #block = new Uint8Array(64);
  readonly #words = new Uint32Array(64);
  #length = 0;

  update(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      const used = this.#length % 64;
      const part = bytes.subarray(at, at + 64 - used);
      this.#block.set(part, used);
      this.#length += part.length;
      at += part.length;
      if (used + part.length === 64) this.#compress();
    }
  }

  digest(): Bytes {
    const bits = this.#length * 8;
    this.update(Uint8Array.of(0x80));
    this.update(new Uint8Array((120 - (this.#length % 64)) % 64));
    this.update(u32(Math.floor(bits / 2 ** 32)));
    this.update(u32(bits % 2 ** 32));
    const digest = new Uint8Array(32);
    for (const [index, word] of this.#state.entries()) digest.set(u32(word), 4 * index);
    return digest;
  }

  #compress(): void {
    const w = this.#words;
    const view = new DataView(this.#block.buffer);
    for (let t = 0; t < 16; t++) w[t] = view.getUint32(4 * t);
    for (let t = 16; t < 64; t++) {
      const w15 = w[t - 15] ?? 0;
      const w2 = w[t - 2] ?? 0;
      const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3);
      const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10);
      w[t] = (w[t - 16] ?? 0) + s0 + (w[t - 7] ?? 0) + s1;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = this.#state;
    for (let t = 0; t < 64; t++) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND_CONSTANTS[t] ?? 0) + (w[t] ?? 0)) | 0;
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) {
      this.#state[index] = (this.#state[index] ?? 0) + word;
    }
  }
}

const rotate = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** `H(label, p1, ..., pk)` of section 2 where the parts arrive one by one; constant memory. */
export class StreamingHash {
  readonly #sha256 = new Sha256();

  constructor(label: string) {
    this.part(utf8(label));
  }

  part(bytes: Uint8Array): void {
    this.#sha256.update(u32(bytes.length));
    this.#sha256.update(bytes);
  }

  /** The 32-byte digest; nothing may follow it. */
  digest(): Bytes {
    return this.#sha256.digest();
  }
}

import type { Bytes } from '../bytes.ts';
import type { Primitives } from '../primitives.ts';

const WIDTH = 32;
const KEYS_A_CHUNK = 1 << 15;

/**
 * A set of 32-byte keys in little more than 32 bytes each: open addressing over one index, keys in chunks that never
 * move. Slots are chosen under random multipliers, so that no record can be made to be slow here.
 */
export class SpentKeys {
  readonly #seed: Uint32Array;
  readonly #chunks: Bytes[] = [];
  #slots = new Uint32Array(1 << 10);
  #size = 0;

  constructor(primitives: Primitives) {
    this.#seed = new Uint32Array(primitives.random(WIDTH).buffer);
  }

  /** Adds a key; false where it was there before. */
  add(key: Uint8Array): boolean {
    if (this.#size * 4 >= this.#slots.length * 3) this.#grow();
    const slot = this.#slotOf(key);
    if (this.#slots[slot] !== 0) return false;
    const chunk = this.#chunks.at(-1);
    const within = this.#size % KEYS_A_CHUNK;
    if (chunk === undefined || within === 0) {
      const fresh = new Uint8Array(KEYS_A_CHUNK * WIDTH);
      fresh.set(key);
      this.#chunks.push(fresh);
    } else {
      chunk.set(key, within * WIDTH);
    }
    this.#slots[slot] = ++this.#size;
    return true;
  }

  /** The slot that holds the key, or the empty one where it belongs. A slot holds the key's number from 1. */
  #slotOf(key: Uint8Array): number {
    const last = this.#slots.length - 1;
    let slot = this.#hash(key) & last;
    for (;;) {
      const number = this.#slots[slot] ?? 0;
      if (number === 0 || this.#equals(number - 1, key)) return slot;
      slot = (slot + 1) & last;
    }
  }

  #hash(key: Uint8Array): number {
    const view = new DataView(key.buffer, key.byteOffset, WIDTH);
    let hash = 0;
    for (let word = 0; word < WIDTH / 4; word++) {
      hash = Math.imul(hash ^ view.getUint32(4 * word), (this.#seed[word] ?? 0) | 1);
      hash ^= hash >>> 15;
    }
    return hash >>> 0;
  }

  #equals(index: number, key: Uint8Array): boolean {
    const chunk = this.#chunks[Math.floor(index / KEYS_A_CHUNK)];
    const at = (index % KEYS_A_CHUNK) * WIDTH;
    for (let i = 0; i < WIDTH; i++) if (chunk?.[at + i] !== key[i]) return false;
    return true;
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let index = 0; index < this.#size; index++) {
      const chunk = this.#chunks[Math.floor(index / KEYS_A_CHUNK)];
      const at = (index % KEYS_A_CHUNK) * WIDTH;
      if (chunk !== undefined) this.#slots[this.#slotOf(chunk.subarray(at, at + WIDTH))] = index + 1;
    }
  }
}

import { type Bytes, concat, u32 } from './bytes.ts';
import type { Primitives } from './primitives.ts';

/** MGF1 with SHA-384 (RFC 8017 appendix B.2.1): `length` bytes. */
export async function mgf1(primitives: Primitives, seed: Bytes, length: number): Promise<Bytes> {
  const blocks = Array.from({ length: Math.ceil(length / 48) }, async (_, counter) =>
    primitives.sha384(concat(seed, u32(counter))),
  );
  return concat(...(await Promise.all(blocks))).slice(0, length);
}

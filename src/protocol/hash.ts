import { type Bytes, concat, u32, utf8 } from './bytes.ts';
import type { Awaitable, Primitives } from './primitives.ts';

/** The bytes that `H(label, p1, ..., pk)` of section 2 hashes: every part behind its length. */
export function framed(label: string, parts: readonly Uint8Array[]): Bytes {
  const name = utf8(label);
  return concat(u32(name.length), name, ...parts.flatMap((part) => [u32(part.length), part]));
}

/** `H(label, p1, ..., pk)` of section 2: SHA-256 over label (ASCII) and parts, each behind its length as u32. */
export function hash(primitives: Primitives, label: string, ...parts: readonly Uint8Array[]): Awaitable<Bytes> {
  return primitives.sha256(framed(label, parts));
}

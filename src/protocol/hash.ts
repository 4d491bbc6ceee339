import { type Bytes, utf8 } from './bytes.ts';
import type { Awaitable, Primitives } from './primitives.ts';

/** The bytes that `H(label, p1, ..., pk)` of section 2 hashes: every part behind its length. */
export function framed(label: string, parts: readonly Uint8Array[]): Bytes {
  const framedParts = [utf8(label), ...parts];
  const message = new Uint8Array(framedParts.reduce((length, part) => length + 4 + part.length, 0));
  const view = new DataView(message.buffer);
  let at = 0;
  for (const part of framedParts) {
    view.setUint32(at, part.length);
    message.set(part, at + 4);
    at += 4 + part.length;
  }
  return message;
}

/** `H(label, p1, ..., pk)` of section 2: SHA-256 over label (ASCII) and parts, each behind its length as u32. */
export function hash(
  primitives: Primitives,
  label: string,
  ...parts: readonly Uint8Array[]
): Awaitable<Bytes> {
  return primitives.sha256(framed(label, parts));
}

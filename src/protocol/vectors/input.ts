import { type Bytes, fromBase64url } from '../bytes.ts';
import { type Json, canonical } from '../canonical-json.ts';
import { type ElectionTerms, parseManifest } from '../manifest.ts';
import type { Primitives, RsaPublicKey } from '../primitives.ts';
import { rsaPublicKey } from '../rsa.ts';
import type { VectorInput } from './case.ts';

/** A member of an input; a case without it is a mistake of the file and throws. */
export function memberOf(input: VectorInput, name: string): Json {
  const member = input[name];
  if (member === undefined) throw new TypeError(`no ${name}`);
  return member;
}

export function textOf(input: VectorInput, name: string): string {
  const member = memberOf(input, name);
  if (typeof member !== 'string') throw new TypeError(`${name} is no string`);
  return member;
}

export function numberOf(input: VectorInput, name: string): number {
  const member = memberOf(input, name);
  if (typeof member !== 'number') throw new TypeError(`${name} is no number`);
  return member;
}

/** Bytes in base64url, of any length. */
export function bytesOf(input: VectorInput, name: string): Bytes {
  const bytes = fromBase64url(textOf(input, name));
  if (bytes === undefined) throw new TypeError(`${name} is not base64url`);
  return bytes;
}

/** An array of strings. */
export function textsOf(input: VectorInput, name: string): readonly string[] {
  const member = memberOf(input, name);
  if (!Array.isArray(member)) throw new TypeError(`${name} is no array`);
  return (member as readonly Json[]).map(String);
}

/** The RSA key of a modulus in base64url. */
export function keyOf(input: VectorInput, name = 'n'): RsaPublicKey {
  const key = rsaPublicKey(bytesOf(input, name));
  if (key === undefined) throw new TypeError(`${name} is no modulus`);
  return key;
}

const parsed = new WeakMap<object, ElectionTerms>();

/** The election of a manifest that stands in the input as an object; read once. */
export async function termsOf(primitives: Primitives, input: VectorInput): Promise<ElectionTerms> {
  const manifest = memberOf(input, 'manifest');
  if (typeof manifest !== 'object') throw new TypeError('manifest is no object');
  const known = parsed.get(manifest);
  if (known !== undefined) return known;
  const terms = await parseManifest(primitives, canonical(manifest));
  if (!terms.ok) throw new TypeError('manifest is malformed');
  parsed.set(manifest, terms.value);
  return terms.value;
}

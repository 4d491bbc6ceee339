/**
 * JSON of section 2: the canonical form of RFC 8785 over strings, integers within +-(2^53-1), booleans, arrays and
 * objects. No null, fraction, exponent, -0, repeated key, lone surrogate or BOM; no Unicode normalisation.
 */
export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** The canonical text of a value (RFC 8785). A value outside the rules above is a bug and throws TypeError. */
export function canonical(value: Json): string {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('lone surrogate');
    return JSON.stringify(value);
  }
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError('not an integer within 2^53-1');
    return String(value);
  }
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') throw new TypeError('not a JSON value of the protocol');
  const object = value as { readonly [key: string]: Json };
  // RFC 8785 section 3.2.3: keys in the order of their UTF-16 code units, which is what sort() without argument does
  const members = Object.keys(object)
    .sort()
    .map((key) => `${canonical(key)}:${canonical(object[key] as Json)}`);
  return `{${members.join(',')}}`;
}

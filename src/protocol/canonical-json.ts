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
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
      throw new TypeError('not an integer within 2^53-1');
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

/**
 * The value of a text in canonical form (manifest, record lines, signed objects); undefined for any other text.
 * A repeated key, a fraction, an escape that RFC 8785 does not write: each shows as a difference to the canonical text.
 */
export function parseCanonical(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return canonical(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

/** No object of the protocol is deeper than 6; deeper texts are refused before a recursion can exhaust the stack. */
const MAX_DEPTH = 64;
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;
const INTEGER = /^(?:0|-?[1-9][0-9]*)$/;

/**
 * The value of a JSON text with any member order and white space (HTTP bodies, receipt files) under the value rules
 * of section 2; undefined where the text breaks them.
 */
export function parseJson(text: string): Json | undefined {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  // JSON.parse has settled the grammar (and refused a BOM); the tokens show what it silently accepts.
  const open: Set<string>[] = [];
  const tokens = text.match(TOKEN) ?? [];
  for (const [at, token] of tokens.entries()) {
    const first = token.charAt(0);
    if (first === '{' || first === '[') {
      if (open.push(new Set()) > MAX_DEPTH) return undefined;
    } else if (first === '}' || first === ']') {
      open.pop();
    } else if (first === '"') {
      const string = JSON.parse(token) as string;
      if (!string.isWellFormed()) return undefined;
      if (tokens[at + 1] === ':') {
        const keys = open.at(-1);
        if (keys === undefined || keys.has(string)) return undefined;
        keys.add(string);
      }
    } else if (!isPunctuation(token) && token !== 'true' && token !== 'false') {
      if (!INTEGER.test(token) || !Number.isSafeInteger(Number(token))) return undefined;
    }
  }
  return value;
}

const isPunctuation = (token: string): boolean => token === ':' || token === ',';

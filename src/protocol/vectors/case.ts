import type { Json } from '../canonical-json.ts';
import { isObject } from '../fields.ts';
import type { Outcome } from '../outcome.ts';
import type { Awaitable, Primitives } from '../primitives.ts';

/** The input of a case: a JSON object whose members the kind defines. */
export type VectorInput = { readonly [member: string]: Json };

/**
 * Runs the input of a case. Accepted: the value that the case's `output` must equal. Refused: the code that the
 * case's `output.code` must equal. Malformed inputs are mistakes of the vector file and throw.
 */
export type VectorKind = (primitives: Primitives, input: VectorInput) => Awaitable<Outcome<Json, string>>;

/** A test vector, its input written out. */
export interface VectorCase {
  readonly kind: string;
  readonly name: string;
  readonly accept: boolean;
  readonly input: VectorInput;
  /** The value; `{"code": ...}` where the input must be refused. */
  readonly output: Json;
}

/**
 * Reads the cases of a file: an array of objects `{kind, name, accept, input, output}`. Instead of `input`, a case may
 * name an earlier case of the file as its `base` and say what differs: `set` (JSON pointer to value) and `drop` (JSON
 * pointers), so that a reject case shows the one thing that is wrong.
 */
export function readCases(file: unknown): VectorCase[] {
  if (!Array.isArray(file)) throw new TypeError('a vector file is an array of cases');
  const cases: VectorCase[] = [];
  for (const entry of file as readonly Json[]) {
    if (!isObject(entry)) throw new TypeError('a case is an object');
    const { kind, name, accept, base, output } = entry;
    if (typeof kind !== 'string' || typeof name !== 'string' || typeof accept !== 'boolean') {
      throw new TypeError(`case without kind, name or accept: ${JSON.stringify(name)}`);
    }
    if (output === undefined) throw new TypeError(`${name}: no output`);
    const input = base === undefined ? entry['input'] : derive(cases, base, entry);
    if (input === undefined || !isObject(input)) throw new TypeError(`${name}: no input`);
    cases.push({ kind, name, accept, input, output });
  }
  return cases;
}

function derive(cases: readonly VectorCase[], base: Json, { set = {}, drop = [] }: VectorInput): Json {
  const model = cases.find(({ name }) => name === base);
  if (model === undefined || !isObject(set) || !Array.isArray(drop))
    throw new TypeError(`no base ${JSON.stringify(base)}`);
  let input: Json = model.input;
  for (const [pointer, value] of Object.entries(set)) input = changed(input, pathOf(pointer), value);
  for (const pointer of drop as readonly string[]) input = changed(input, pathOf(pointer), undefined);
  return input;
}

/** RFC 6901, without escapes: no member of the protocol holds a slash or a tilde. */
const pathOf = (pointer: string): readonly string[] => pointer.split('/').slice(1);

/** A copy of `json` in which the member at `path` is `value`, or gone. */
function changed(json: Json, path: readonly string[], value: Json | undefined): Json {
  const [name, ...rest] = path;
  if (name === undefined || typeof json !== 'object') throw new TypeError('pointer into nothing');
  if (Array.isArray(json)) {
    const items: Json[] = [...(json as readonly Json[])];
    const next = rest.length === 0 ? value : changed(items[Number(name)] ?? '', rest, value);
    items.splice(Number(name), 1, ...(next === undefined ? [] : [next]));
    return items;
  }
  const members: Record<string, Json> = { ...(json as VectorInput) };
  const next = rest.length === 0 ? value : changed(members[name] ?? '', rest, value);
  delete members[name];
  if (next !== undefined) members[name] = next;
  return members;
}

import { type Json, canonical } from '../../protocol/canonical-json.ts';
import type { SignedType } from '../../protocol/close.ts';
import { toBase64url } from '../../protocol/bytes.ts';
import { isObject } from '../../protocol/fields.ts';
import type { VectorInput } from '../../protocol/vectors/case.ts';
import { signObject } from '../record/build.ts';
import type { TestElection } from '../record/election.ts';
import type { Change } from './vector-file.ts';

/** The lines of a record or of an openings file, without LFs. */
export type Lines = readonly string[];

/** Index of the `nth` line of a type, from 0. */
export function at(lines: Lines, type: string, nth = 0): number {
  let left = nth;
  const index = lines.findIndex((line) => line.includes(`"type":"${type}"`) && left-- === 0);
  if (index < 0) throw new Error(`no line ${nth} of type ${type}`);
  return index;
}

export const without = (lines: Lines, index: number): Lines => lines.toSpliced(index, 1);
export const inserted = (lines: Lines, index: number, ...more: Lines): Lines =>
  lines.toSpliced(index, 0, ...more);
export const repeated = (lines: Lines, index: number): Lines =>
  inserted(lines, index, ...lines.slice(index, index + 1));
export const swapped = (lines: Lines, index: number): Lines =>
  lines.toSpliced(index, 2, ...lines.slice(index, index + 2).toReversed());

/** One line as text, changed. */
export const retold = (lines: Lines, index: number, change: (line: string) => string): Lines =>
  lines.with(index, change(lines[index] ?? ''));

const withMember = (json: Json, [name = '', ...rest]: readonly string[], value: Json): Json => {
  if (Array.isArray(json)) {
    const items: readonly Json[] = json;
    return items.map((item, index) =>
      String(index) !== name ? item : rest.length === 0 ? value : withMember(item, rest, value),
    );
  }
  if (!isObject(json)) throw new TypeError('no member of a plain value');
  return { ...json, [name]: rest.length === 0 ? value : withMember(json[name] ?? {}, rest, value) };
};

/** One line with the member at `path` (names joined by dots) set, canonical again. */
export const edited = (lines: Lines, index: number, path: string, value: Json): Lines =>
  retold(lines, index, (line) => canonical(withMember(JSON.parse(line) as Json, path.split('.'), value)));

/** As `edited`, within the signed object of the `nth` line of a type, and signed anew: what an insider can do. */
export async function resigned(
  election: TestElection,
  lines: Lines,
  type: SignedType,
  path: string,
  value: Json,
  nth = 0,
): Promise<Lines> {
  const index = at(lines, type, nth);
  const changed = edited(lines, index, `${type}.${path}`, value);
  const object = (JSON.parse(changed[index] ?? '') as Record<string, Json>)[type] ?? {};
  return edited(changed, index, 'signature', toBase64url(await signObject(election, type, object)));
}

/** The difference of two lists of lines as a change of the member `/name` of a case's input. */
export function difference(name: string, before: Lines, after: Lines): Change {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const gone = before.slice(head, before.length - tail);
  const come = after.slice(head, after.length - tail);
  if (gone.length === 0) {
    // lines put in are written behind the line before them
    const index = Math.max(head - 1, 0);
    const beside = before[index] ?? '';
    return {
      set: { [`/${name}/${index}`]: (head === 0 ? [...come, beside] : [beside, ...come]).join('\n') },
    };
  }
  const set: Record<string, Json> = {};
  const drop: string[] = [];
  const same = gone.length === come.length;
  for (const offset of gone.keys()) {
    const pointer = `/${name}/${head + offset}`;
    if (same) {
      if (gone[offset] !== come[offset]) set[pointer] = come[offset] ?? '';
    } else if (offset === 0 && come.length > 0) {
      set[pointer] = come.join('\n');
    } else {
      drop.unshift(pointer);
    }
  }
  return { ...(Object.keys(set).length === 0 ? {} : { set }), ...(drop.length === 0 ? {} : { drop }) };
}

/** The input of a record case: its lines, and what an observer brings. */
export const recordInput = (lines: Lines, more: VectorInput = {}): VectorInput => ({
  lines: [...lines],
  end: '\n',
  ...more,
});

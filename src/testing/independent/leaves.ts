import type { Json } from '../../protocol/canonical-json.ts';
import { isObject } from '../../protocol/fields.ts';

/** Names of members and indices of items, joined by dots, that lead to a value. */
export type Path = string;

/** Every value of a JSON tree that holds no other, with the path that leads to it. */
export function leavesOf(json: Json, at: readonly string[] = []): readonly (readonly [Path, Json])[] {
  const children = Array.isArray(json)
    ? Object.entries(json as readonly Json[])
    : isObject(json)
      ? Object.entries(json)
      : [];
  if (children.length === 0) return [[at.join('.'), json]];
  return children.flatMap(([name, child]) => leavesOf(child, [...at, name]));
}

const BYTES = /^[A-Za-z0-9_-]{22,}$/u;

/** Another value of the same shape, as near as possible: one bit of bytes, one second, one more or less. */
export function nearby(leaf: Json): Json {
  switch (typeof leaf) {
    case 'number':
      return leaf + 1;
    case 'boolean':
      return !leaf;
    case 'string':
      return nearbyText(leaf);
    default:
      return [leaf];
  }
}

function nearbyText(text: string): string {
  if (BYTES.test(text)) return `${text.slice(0, 1)}${text.charAt(1) === 'A' ? 'B' : 'A'}${text.slice(2)}`;
  const second = /^(.*T\d\d:\d\d:\d)(\d)Z$/u.exec(text);
  if (second !== null) return `${second[1] ?? ''}${second[2] === '9' ? '8' : String(Number(second[2]) + 1)}Z`;
  return `${text}x`;
}

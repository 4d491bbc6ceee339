import { type Bytes, fromBase64url } from './bytes.ts';
import type { Json } from './canonical-json.ts';

/** Reads one JSON value strictly: the typed value, or undefined where it is anything else. */
export type Reader<T> = (json: Json) => T | undefined;

/** The type that a reader gives. */
export type Read<R extends Reader<unknown>> = Exclude<ReturnType<R>, undefined>;

/** Any string. */
export const text: Reader<string> = (json) => (typeof json === 'string' ? json : undefined);

export const boolean: Reader<boolean> = (json) => (typeof json === 'boolean' ? json : undefined);

/** An integer from `least` to `most`, both included. */
export const integer =
  (least = 0, most = Number.MAX_SAFE_INTEGER): Reader<number> =>
  (json) =>
    typeof json === 'number' && Number.isSafeInteger(json) && json >= least && json <= most
      ? json
      : undefined;

/** One of the given strings. */
export const oneOf =
  <const T extends string>(...values: readonly T[]): Reader<T> =>
  (json) =>
    values.find((value) => value === json);

/** Exactly `length` bytes in strict base64url. */
export const bytes =
  (length: number): Reader<Bytes> =>
  (json) =>
    typeof json === 'string' ? fromBase64url(json, length) : undefined;

const matching =
  (pattern: RegExp): Reader<string> =>
  (json) =>
    typeof json === 'string' && pattern.test(json) ? json : undefined;

/** A uuid in lower case. */
export const uuid = matching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

const instantText = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

/** An instant `YYYY-MM-DDThh:mm:ssZ` that exists; such texts compare as their instants do. */
export const instant: Reader<string> = (json) => {
  const value = instantText(json);
  if (value === undefined) return undefined;
  const date = new Date(value);
  // 30 February and 24:00:00 are read as another day: only a text that comes back is a date of the calendar.
  return !Number.isNaN(date.getTime()) && instantOf(date) === value ? value : undefined;
};

/** The text of an instant, in whole seconds (rounded down). */
export const instantOf = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** An array of `least` to `most` such values. */
export const list =
  <T>(item: Reader<T>, least = 0, most = Number.MAX_SAFE_INTEGER): Reader<readonly T[]> =>
  (json) => {
    if (!Array.isArray(json) || json.length < least || json.length > most) return undefined;
    const values: T[] = [];
    for (const element of json as readonly Json[]) {
      const value = item(element);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return values;
  };

/** An object with exactly these members: none missing, none unknown. */
export const exact =
  <Shape extends Readonly<Record<string, Reader<unknown>>>>(
    shape: Shape,
  ): Reader<{ readonly [Name in keyof Shape]: Read<Shape[Name]> }> =>
  (json) => {
    if (!isObject(json)) return undefined;
    const names = Object.keys(shape);
    if (Object.keys(json).length !== names.length) return undefined;
    const values: Record<string, unknown> = {};
    for (const name of names) {
      const member = Object.hasOwn(json, name) ? json[name] : undefined;
      const value = member === undefined ? undefined : shape[name]?.(member);
      if (value === undefined) return undefined;
      values[name] = value;
    }
    return values as { readonly [Name in keyof Shape]: Read<Shape[Name]> };
  };

/** Whether a JSON value is an object (and no array). */
export function isObject(json: Json): json is { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

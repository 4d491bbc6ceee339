import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fromBase64url, fromInteger, toBase64url } from '../../protocol/bytes.ts';
import { type Json, canonical } from '../../protocol/canonical-json.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { type VectorInput, readCases } from '../../protocol/vectors/case.ts';
import { kinds } from '../../protocol/vectors/kinds.ts';
import { vectorFile } from './keys.ts';

type Entry = Record<string, Json>;

/** What a derived case changes in the input of its base. */
export interface Change {
  readonly set?: VectorInput;
  readonly drop?: readonly string[];
}

/** Collects the cases of one vector file. */
export interface VectorFile {
  accept(kind: string, name: string, input: VectorInput): void;
  /** An input that must be refused with `code`. */
  refuse(kind: string, name: string, code: string, input: VectorInput): void;
  /** The input of the case `base`, changed, and accepted all the same. */
  vary(base: string, name: string, change: Change): void;
  /** The input of the case `base`, changed so that it must be refused with `code`. */
  spoil(base: string, name: string, code: string, change: Change): void;
  /** The cases, run once: outputs filled in, refusals confirmed. */
  finish(): Promise<readonly Json[]>;
}

export function vectorCases(): VectorFile {
  const entries: Entry[] = [];
  const kindOf = (base: string): Json => {
    const model = entries.find(({ name }) => name === base);
    if (model?.['kind'] === undefined) throw new Error(`no base ${base}`);
    return model['kind'];
  };
  const changes = ({ set, drop }: Change): Entry => ({
    ...(set === undefined ? {} : { set }),
    ...(drop === undefined ? {} : { drop }),
  });
  return {
    accept: (kind, name, input) => entries.push({ kind, name, accept: true, input, output: true }),
    refuse: (kind, name, code, input) => entries.push({ kind, name, accept: false, input, output: { code } }),
    vary: (base, name, change) =>
      entries.push({ kind: kindOf(base), name, accept: true, base, ...changes(change), output: true }),
    spoil: (base, name, code, change) =>
      entries.push({ kind: kindOf(base), name, accept: false, base, ...changes(change), output: { code } }),

    async finish() {
      for (const [index, { kind, name, accept, input, output }] of readCases(entries).entries()) {
        const outcome = await kinds[kind]?.(nodePrimitives, input);
        const entry = entries[index];
        if (outcome === undefined || entry === undefined || outcome.ok !== accept) {
          throw new Error(`${name}: ${outcome?.ok === false ? outcome.code : 'accepted'}`);
        }
        if (outcome.ok) entry['output'] = outcome.value;
        else if (canonical({ code: outcome.code }) !== canonical(output)) {
          throw new Error(`${name}: ${outcome.code}`);
        }
      }
      return entries;
    },
  };
}

/** One case on each line, so that a difference shows the case it is in. */
const written = (cases: readonly Json[]): string =>
  `[\n${cases.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`;

/**
 * Writes a vector file that is not there yet; answers whether the one that is there is the same. Vectors are frozen:
 * nothing is ever overwritten.
 */
export function freeze(name: string, cases: readonly Json[]): boolean {
  const file = vectorFile(name);
  if (!existsSync(file)) writeFileSync(file, written(cases));
  return readFileSync(file, 'utf8') === written(cases);
}

/** The bytes behind base64url with one bit of the byte at `at` (negative: from the end) turned over. */
export function flipped(text: string, at: number): string {
  const bytes = fromBase64url(text);
  if (bytes === undefined) throw new TypeError('not base64url');
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 0x01;
  return toBase64url(bytes);
}

/** An integer as `length` bytes in base64url. */
export const integerText = (value: bigint, length: number): string => toBase64url(fromInteger(value, length));

/** The same bytes under a last character whose unused bits are not zero. */
export function strayBits(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  if (text.length % 4 === 0) throw new TypeError('no unused bits');
  return text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.slice(-1)) + 1);
}

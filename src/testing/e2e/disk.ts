import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A secret that must stand nowhere, and what to call it where it does. */
export interface Canary {
  readonly name: string;
  readonly bytes: Buffer;
  /**
   * For secrets as short as a code: counted as found only where no letter, digit, `-` or `_` stands beside it. Six
   * digits happen by chance inside base64, hexadecimal and long numbers, never as a word of their own.
   */
  readonly isWord?: boolean;
}

const canary = (name: string, bytes: Buffer): Canary => ({ name, bytes });

/** Base64 of bytes that may begin anywhere in a longer text: for each of the three alignments, what is sure to appear. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    const start = Math.ceil((shift * 8) / 6);
    const end = Math.floor(((shift + bytes.length) * 8) / 6);
    return shifted.slice(start, end);
  });
}

/** Bytes as they might be written down: as they are, backwards, in hexadecimal, in base64 of either alphabet. */
export function disguises(name: string, bytes: Buffer): Canary[] {
  const hex = bytes.toString('hex');
  const base64 = base64Forms(bytes);
  const texts = [
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
  return [
    canary(name, bytes),
    canary(`${name} backwards`, Buffer.from(bytes).reverse()),
    ...[...new Set(texts)].map((text) => canary(`${name} as text`, Buffer.from(text))),
  ];
}

/** A text, and its bytes in disguise. */
export const textForms = (name: string, text: string): Canary[] => [
  ...disguises(name, Buffer.from(text)),
  canary(`${name} in UTF-16`, Buffer.from(text, 'utf16le')),
];

/** A code, together and in groups as the mail shows it. */
export const codeForms = (name: string, code: string): Canary[] =>
  [code, `${code.slice(0, 3)} ${code.slice(3)}`].map((text) => ({
    name,
    bytes: Buffer.from(text),
    isWord: true,
  }));

/** The whole private number and its beginning and end: an encoding may add a sign byte or cut it into lines. */
export const numberForms = (name: string, bytes: Buffer): Canary[] =>
  [bytes.subarray(0, 24), bytes.subarray(-24)].flatMap((part) => disguises(name, part));

/** Every file below the folders, but for what lies in `except`. */
export function filesBelow(folders: readonly string[], except: readonly string[] = []): string[] {
  return folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => except.every((left) => relative(left, path).startsWith('..'))),
  );
}

const isWordByte = (byte: number | undefined): boolean =>
  byte !== undefined && /[0-9A-Za-z_-]/.test(String.fromCharCode(byte));

/** Which canaries stand in some bytes: one pass, whatever their number. */
export class Search {
  readonly #byStart = new Map<number, Canary[]>();

  constructor(canaries: readonly Canary[]) {
    for (const one of canaries) {
      if (one.bytes.length < 4) throw new RangeError(`${one.name} is too short to look for`);
      const start = one.bytes.readUInt32LE(0);
      this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), one]);
    }
  }

  in(bytes: Buffer): string[] {
    const found = new Set<string>();
    for (let at = 0; at + 4 <= bytes.length; at++) {
      for (const one of this.#byStart.get(bytes.readUInt32LE(at)) ?? []) {
        const end = at + one.bytes.length;
        const isThere = bytes.subarray(at, end).equals(one.bytes);
        const isPart = one.isWord === true && (isWordByte(bytes[at - 1]) || isWordByte(bytes[end]));
        if (isThere && !isPart) found.add(one.name);
      }
    }
    return [...found];
  }

  /** `file: canary`, for each that was found. */
  inFiles(paths: readonly string[]): string[] {
    return paths.flatMap((path) => this.in(readFileSync(path)).map((name) => `${path}: ${name}`));
  }
}

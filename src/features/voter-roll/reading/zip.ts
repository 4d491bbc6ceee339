import { Inflate } from 'fflate';
import { crc32 } from 'node:zlib';
import type { FileErrorCode } from './roll-reading.ts';

// PKWARE APPNOTE 6.3: record signatures and the sizes of their fixed parts.
const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
const LOCATOR_64_SIGNATURE = 0x07064b50;
const LOCATOR_64_LENGTH = 20;
const END_64_SIGNATURE = 0x06064b50;
const END_64_LENGTH = 56;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_LENGTH = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_LENGTH = 30;
const LONGEST_COMMENT = 0xffff;
const EXTRA_64 = 0x0001;
const SEE_EXTRA_64 = 0xffffffff;
const ENCRYPTED_FLAG = 1;
const STORED = 0;
const DEFLATED = 8;

/** A step this small cannot unfold to more than about 8 MB before the budget is looked at again. */
const STEP_BYTES = 8192;

export interface ZipEntry {
  readonly method: number;
  readonly packed: Uint8Array;
  /** As promised by the directory; not to be trusted. */
  readonly size: number;
  readonly crc: number;
}

/** The entries of an archive by name, in lower case with forward slashes. */
export type ZipDirectory = ReadonlyMap<string, ZipEntry>;

/** Counts down what a hostile workbook may still make us hold. */
export class UnfoldBudget {
  #left: number;

  constructor(left: number) {
    this.#left = left;
  }

  get left(): number {
    return this.#left;
  }

  /** False once more has been spent than there was. */
  spend(amount: number): boolean {
    this.#left -= amount;
    return this.#left >= 0;
  }
}

function findEnd(view: DataView): number | null {
  const lowest = Math.max(0, view.byteLength - END_LENGTH - LONGEST_COMMENT);
  for (let at = view.byteLength - END_LENGTH; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  return null;
}

interface DirectoryPlace {
  readonly offset: number;
  readonly count: number;
}

function placeOfDirectory(view: DataView): DirectoryPlace | null {
  const end = findEnd(view);
  if (end === null) return null;
  const locator = end - LOCATOR_64_LENGTH;
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR_64_SIGNATURE) {
    return { offset: view.getUint32(end + 16, true), count: view.getUint16(end + 10, true) };
  }
  const end64 = Number(view.getBigUint64(locator + 8, true));
  if (end64 + END_64_LENGTH > view.byteLength || view.getUint32(end64, true) !== END_64_SIGNATURE)
    return null;
  return {
    offset: Number(view.getBigUint64(end64 + 48, true)),
    count: Number(view.getBigUint64(end64 + 32, true)),
  };
}

/** The 64-bit values that an entry keeps in its extra field, in the order size, packed size, offset. */
function read64(view: DataView, extraStart: number, extraEnd: number): readonly number[] {
  for (let at = extraStart; at + 4 <= extraEnd;) {
    const length = view.getUint16(at + 2, true);
    const end = Math.min(at + 4 + length, extraEnd);
    if (view.getUint16(at, true) === EXTRA_64) {
      const values: number[] = [];
      for (let value = at + 4; value + 8 <= end; value += 8)
        values.push(Number(view.getBigUint64(value, true)));
      return values;
    }
    at = end;
  }
  return [];
}

function packedBytes(file: Uint8Array, view: DataView, offset: number, length: number): Uint8Array | null {
  if (offset + LOCAL_LENGTH > file.length || view.getUint32(offset, true) !== LOCAL_SIGNATURE) return null;
  const start = offset + LOCAL_LENGTH + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  return start + length > file.length ? null : file.subarray(start, start + length);
}

/**
 * Reads the central directory. Null if the archive is damaged, encrypted or packed in a way that no workbook is.
 * Own code, because the streaming unzippers trust the local headers, which a hostile file can fill as it likes.
 */
export function readZipDirectory(file: Uint8Array): ZipDirectory | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const place = placeOfDirectory(view);
  if (place === null) return null;
  const entries = new Map<string, ZipEntry>();
  let at = place.offset;
  for (let index = 0; index < place.count; index += 1) {
    if (at + ENTRY_LENGTH > file.length || view.getUint32(at, true) !== ENTRY_SIGNATURE) return null;
    const method = view.getUint16(at + 10, true);
    if ((view.getUint16(at + 8, true) & ENCRYPTED_FLAG) !== 0) return null;
    const nameEnd = at + ENTRY_LENGTH + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const next = extraEnd + view.getUint16(at + 32, true);
    if (next > file.length) return null;
    const wide = [...read64(view, nameEnd, extraEnd)];
    const [size = 0, packedSize = 0, offset = 0] = [at + 24, at + 20, at + 42].map((field) => {
      const value = view.getUint32(field, true);
      return value === SEE_EXTRA_64 ? (wide.shift() ?? value) : value;
    });
    const packed = packedBytes(file, view, offset, packedSize);
    if (packed === null || (method !== STORED && method !== DEFLATED)) return null;
    const name = new TextDecoder().decode(file.subarray(at + ENTRY_LENGTH, nameEnd));
    entries.set(name.replaceAll('\\', '/').toLowerCase(), {
      method,
      packed,
      size,
      crc: view.getUint32(at + 16, true),
    });
    at = next;
  }
  return entries;
}

/** A part of an unfolded entry, and the share (0 to 1) of the entry that is behind us. */
export interface UnfoldedStep {
  readonly bytes: Uint8Array;
  readonly share: number;
}

/** Unfolds step by step; false if the packed bytes are damaged. */
function inflateStep(inflate: Inflate, packed: Uint8Array, isLast: boolean): boolean {
  try {
    inflate.push(packed, isLast);
    return true;
  } catch {
    return false;
  }
}

/**
 * Unfolds an entry in small steps. Ends with TOO_LARGE as soon as the budget is spent, whatever size the
 * directory promises, and with UNSUPPORTED_FORMAT if the entry is damaged.
 */
export function* unfoldEntry(entry: ZipEntry, budget: UnfoldBudget): Generator<UnfoldedStep | FileErrorCode> {
  const unfolded: Uint8Array[] = [];
  const inflate = new Inflate((bytes) => unfolded.push(bytes));
  let crc = 0;
  for (let start = 0; start < Math.max(1, entry.packed.length); start += STEP_BYTES) {
    const end = Math.min(start + STEP_BYTES, entry.packed.length);
    const packed = entry.packed.subarray(start, end);
    if (entry.method === STORED) unfolded.push(packed);
    else if (!inflateStep(inflate, packed, end === entry.packed.length)) {
      yield 'UNSUPPORTED_FORMAT';
      return;
    }
    for (const bytes of unfolded.splice(0)) {
      if (!budget.spend(bytes.length)) {
        yield 'TOO_LARGE';
        return;
      }
      crc = crc32(bytes, crc);
      yield { bytes, share: end / entry.packed.length };
    }
  }
  if (crc !== entry.crc) yield 'UNSUPPORTED_FORMAT';
}

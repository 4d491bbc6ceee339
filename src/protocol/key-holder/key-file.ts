/** The text of a key file, section 8 of the specification: explanatory lines, then PEM `ENCRYPTED PRIVATE KEY`. */
import type { Bytes } from '../bytes.ts';
import { accept, refuse, type Outcome } from '../outcome.ts';
import { kindOfFile } from './file-kind.ts';
import { type KeyEnvelope, readEnvelope, writeEnvelope } from './key-envelope.ts';

/** PBKDF2 iterations of the files written here. */
export const ITERATIONS = 1_000_000;
/** Below this count a file opens with a warning. */
const SOUND_ITERATIONS = 600_000;
/** Larger than any key file: 4096 bits take 3.5 KB. */
const MAX_FILE_LENGTH = 65_536;
const MAX_NOTE_LINES = 60;
const MAX_NOTE_LINE_LENGTH = 160;

/** In a note, this text stands for the fingerprint of the key. */
export const FINGERPRINT_PLACE = '{fingerprint}';

const BEGIN = '-----BEGIN ENCRYPTED PRIVATE KEY-----';
const END = '-----END ENCRYPTED PRIVATE KEY-----';
const FINGERPRINT = /(?<![0-9A-Z-])[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}(?![0-9A-Z-])/g;

/**
 * Why a key file does not open. NOT_A_KEY_FILE carries `found` (a FileKind); TRUNCATED: cut off; DAMAGED: bytes
 * changed; UNSUPPORTED_KEY_FILE carries `part`: encrypted in a way not accepted here; OTHER_ELECTION: key of another election.
 */
export type KeyFileRefusal =
  'NOT_A_KEY_FILE' | 'TRUNCATED' | 'DAMAGED' | 'UNSUPPORTED_KEY_FILE' | 'WRONG_PASSPHRASE' | 'OTHER_ELECTION';

/** A key file that reads well; opening it takes the passphrase. */
export interface KeyFile {
  readonly envelope: KeyEnvelope;
  /** Fingerprints named in the explanatory lines: a hint only, anybody can edit them. */
  readonly fingerprints: readonly string[];
  /** Fewer than 600,000 iterations: to be opened with a warning. */
  readonly isWeak: boolean;
}

/**
 * The text of a key file. `note` are lines in the language of the key holder: election, date, what to do. A line break,
 * control or formatting character in a title must not start a line of its own, nor five hyphens end the explanation.
 */
export function writeKeyFile(envelope: KeyEnvelope, note: readonly string[], fingerprint: string): string {
  const lines = note.some((line) => line.includes(FINGERPRINT_PLACE)) ? note : [...note, FINGERPRINT_PLACE];
  const explained = lines
    .slice(0, MAX_NOTE_LINES)
    .map((line) => noteLine(line).replaceAll(FINGERPRINT_PLACE, fingerprint));
  const base64 = btoa(String.fromCharCode(...writeEnvelope(envelope)));
  const armour = base64.match(/.{1,64}/g) ?? [];
  return [...explained, '', BEGIN, ...armour, END, ''].join('\n');
}

const noteLine = (line: string): string =>
  line
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/-{3,}/g, '--')
    .trim()
    .slice(0, MAX_NOTE_LINE_LENGTH)
    .toWellFormed();

/** Reads the bytes of a file that may have been renamed, mailed, or saved again by an editor: BOM, CRLF, UTF-16, blanks. */
export function readKeyFile(
  file: Bytes,
): Outcome<KeyFile, 'NOT_A_KEY_FILE' | 'TRUNCATED' | 'DAMAGED' | 'UNSUPPORTED_KEY_FILE'> {
  const lines = textOf(file.subarray(0, MAX_FILE_LENGTH))
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim());
  const begin = lines.indexOf(BEGIN);
  const fingerprints = (begin < 0 ? lines : lines.slice(0, begin)).flatMap(
    (line) => line.match(FINGERPRINT) ?? [],
  );
  if (begin < 0) return refuseWithoutArmour(file, lines, fingerprints);
  const end = lines.indexOf(END, begin + 1);
  if (end < 0) return refuse('TRUNCATED');
  const der = fromBase64(lines.slice(begin + 1, end).join(''));
  if (der === undefined) return refuse('DAMAGED');
  const envelope = readEnvelope(der);
  if (!envelope.ok) return envelope;
  const isWeak = envelope.value.iterations < SOUND_ITERATIONS;
  return accept({ envelope: envelope.value, fingerprints, isWeak });
}

function refuseWithoutArmour(
  file: Bytes,
  lines: readonly string[],
  fingerprints: readonly string[],
): Outcome<never, 'NOT_A_KEY_FILE' | 'TRUNCATED' | 'DAMAGED'> {
  if (lines.includes(END)) return refuse('DAMAGED');
  const last = lines.findLast((line) => line !== '') ?? '';
  const isCut = last.length > 7 && BEGIN.startsWith(last);
  if (isCut || (fingerprints.length > 0 && !lines.some((line) => line.startsWith('-----')))) {
    return refuse('TRUNCATED');
  }
  return refuse('NOT_A_KEY_FILE', { found: kindOfFile(file, lines.join('\n')) });
}

/** UTF-8, or UTF-16 where its byte order mark says so. Wrong bytes are replaced: they can only stand in the note. */
function textOf(file: Bytes): string {
  const [first, second] = file;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(file);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(file);
  return new TextDecoder('utf-8').decode(file);
}

function fromBase64(text: string): Bytes | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** A file whose lines name only other keys, and that the passphrase does not open, is the file of another election. */
export const namesOtherKey = (file: KeyFile, fingerprint: string): boolean =>
  file.fingerprints.length > 0 && !file.fingerprints.includes(fingerprint);

import { type Ballot, ballotJson, parseBallot } from './ballot.ts';
import { type Bytes, fromBase64url, toBase64url } from './bytes.ts';
import { type Json, canonical, parseCanonical } from './canonical-json.ts';
import { type Close, closeJson, parseClose } from './close.ts';
import { type RecordedEvent, eventJson, parseEvent } from './events.ts';
import { type Reader, bytes, exact, isObject, oneOf } from './fields.ts';
import type { ElectionTerms } from './manifest.ts';
import type { VoterMark } from './merkle.ts';
import { type Result, parseResult, resultJson } from './result.ts';

/*
 * The lines of the public record (section 10). Each is the canonical JSON of its object and LF; the functions that
 * write them include the LF, the functions that parse them want it taken away.
 */

const SIGNATURE_LENGTH = 64;

/** The types of line, in the order in which they stand in the record. */
export const LINE_TYPES = ['manifest', 'voter', 'ballot', 'event', 'close', 'opening', 'result'] as const;
export type LineType = (typeof LINE_TYPES)[number];

const line = (type: LineType, members: { readonly [key: string]: Json }): string =>
  `${canonical({ ...members, type })}\n`;

/** `signature`: the urn key's over M. */
export function writeManifestLine(terms: ElectionTerms, signature: Bytes): string {
  return line('manifest', { manifest: terms.manifest, signature: toBase64url(signature) });
}

export const writeVoterLine = ({ voter, marked }: VoterMark): string =>
  line('voter', { voter: toBase64url(voter), marked });

export const writeBallotLine = (ballot: Ballot): string => line('ballot', ballotJson(ballot));

/** `signature`: the urn key's over `signedObjectMessage` of type event; likewise below. */
export const writeEventLine = (event: RecordedEvent, signature: Bytes): string =>
  line('event', { event: eventJson(event), signature: toBase64url(signature) });

export const writeCloseLine = (close: Close, signature: Bytes): string =>
  line('close', { close: closeJson(close), signature: toBase64url(signature) });

/** `r`: nLen bytes. Also a line of the openings file for scrutineers. */
export const writeOpeningLine = (r: Bytes): string => line('opening', { r: toBase64url(r) });

export const writeResultLine = (result: Result, signature: Bytes): string =>
  line('result', { result: resultJson(result), signature: toBase64url(signature) });

/** A line that says by itself whether its members are right; ballots and openings need the lengths of the election. */
export type RecordLine =
  | { readonly type: 'manifest'; readonly manifestText: string; readonly signature: Bytes }
  | ({ readonly type: 'voter' } & VoterMark)
  | { readonly type: 'ballot' | 'opening' }
  | { readonly type: 'event'; readonly event: RecordedEvent; readonly signature: Bytes }
  | { readonly type: 'close'; readonly close: Close; readonly signature: Bytes }
  | { readonly type: 'result'; readonly result: Result; readonly signature: Bytes };

const signature = bytes(SIGNATURE_LENGTH);
const objectOnly: Reader<Json> = (json) => (isObject(json) ? json : undefined);

const READERS = {
  manifest: exact({ type: oneOf('manifest'), manifest: objectOnly, signature }),
  event: exact({ type: oneOf('event'), event: parseEvent, signature }),
  close: exact({ type: oneOf('close'), close: parseClose, signature }),
  result: exact({ type: oneOf('result'), result: parseResult, signature }),
} as const;

/*
 * The one canonical text of flat objects: no character of base64url is ever escaped, and RFC 8785 sorts the members.
 * Every ballot and voter line is one of these, and there are too many of them for the general parser.
 */
const base64url = (name: string): string => `"${name}":"(?<${name}>[A-Za-z0-9_-]*)"`;
const flatLine = (...members: readonly string[]): RegExp => new RegExp(`^\\{${members.join(',')}\\}$`);

const BALLOT_MEMBERS = ['c', 'credential', 'kc', 'pk', 'prefix', 'proof', 'sealed'];
const BALLOT_LINE = flatLine(...BALLOT_MEMBERS.map(base64url), '"type":"ballot"');
const VOTER_LINE = flatLine('"marked":(?<marked>true|false)', '"type":"voter"', base64url('voter'));

const lineType = oneOf(...LINE_TYPES);

/**
 * Reads a line (without its LF) strictly: canonical text, known type, exact members. Undefined for anything else.
 * The manifest's own shape is `parseManifest`; of ballots and openings only the type is read here.
 */
export function parseLine(text: string): RecordLine | undefined {
  return parseVoterLine(text) ?? parseOtherLine(text);
}

function parseVoterLine(text: string): RecordLine | undefined {
  const { voter = '', marked } = VOTER_LINE.exec(text)?.groups ?? {};
  const bytesOfVoter = fromBase64url(voter, 32);
  return bytesOfVoter && { type: 'voter', voter: bytesOfVoter, marked: marked === 'true' };
}

function parseOtherLine(text: string): RecordLine | undefined {
  const json = parseCanonical(text);
  if (json === undefined || !isObject(json)) return undefined;
  const type = lineType(json['type'] ?? false);
  switch (type) {
    case 'manifest': {
      const read = READERS.manifest(json);
      return read && { type, manifestText: canonical(read.manifest), signature: read.signature };
    }
    case 'event':
    case 'close':
    case 'result':
      return READERS[type](json);
    case 'ballot':
    case 'opening':
      return { type };
    case 'voter':
    case undefined:
      return undefined;
    default:
      return type satisfies never;
  }
}

/** Reads a ballot line of this election (without its LF) strictly; undefined for anything else. */
export function parseBallotLine(terms: ElectionTerms, text: string): Ballot | undefined {
  const members = BALLOT_LINE.exec(text)?.groups;
  const ballot = members && parseBallot(terms, members);
  return ballot?.ok === true ? ballot.value : undefined;
}

/** `r` of an opening line in any member order, as a scrutineer's tools may have written it; nLen bytes. */
export function readOpening(terms: ElectionTerms, json: Json | undefined): Bytes | undefined {
  const readers = { type: oneOf('opening'), r: bytes(terms.electionKey.modulus.length) };
  return json === undefined ? undefined : exact(readers)(json)?.r;
}

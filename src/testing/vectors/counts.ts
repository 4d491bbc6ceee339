import { parseBallot, trackerOf } from '../../protocol/ballot.ts';
import { toBase64url } from '../../protocol/bytes.ts';
import type { Json } from '../../protocol/canonical-json.ts';
import { isObject } from '../../protocol/fields.ts';
import type { VectorInput } from '../../protocol/vectors/case.ts';
import { twentyBallots } from '../record/twenty.ts';
import { type VectorFile, vectorCases } from './vector-file.ts';

/** Sections 7 and 9: roots, voter lines, counting rules. */
export async function countCases() {
  const file = vectorCases();
  const { election, lines, links } = await twentyBallots('openings', 'count');
  const { terms, primitives } = election;
  const trackers: string[] = [];
  const voters: string[] = [];
  let marks = '';
  for (const line of lines) {
    const { type, ...members } = objectOf(line);
    const { voter } = members;
    if (type === 'voter' && typeof voter === 'string') {
      voters.push(voter);
      marks += members['marked'] === true ? '1' : '0';
    }
    const ballot = type === 'ballot' ? parseBallot(terms, members) : undefined;
    if (ballot?.ok === true) trackers.push(toBase64url(await trackerOf(primitives, terms, ballot.value)));
  }
  for (const size of [0, 1, 2, 3, 7, 8]) {
    file.accept('root', `root of ${size} leaves`, { trackers: trackers.slice(0, size) });
    file.accept('voter-root', `voter root of ${size} lines`, {
      voters: voters.slice(0, size),
      marks: marks.slice(0, size),
    });
  }
  file.accept('voter-root', 'voter root, every mark turned over', {
    voters,
    marks: marks.replaceAll(/[01]/g, (mark) => (mark === '1' ? '0' : '1')),
  });
  for (const { link } of links.slice(0, 2)) {
    file.accept('voter-line', `voter line of ${link}`, { digest: toBase64url(terms.digest), link });
  }
  addCounts(file, JSON.parse(terms.text) as VectorInput);
  return file.finish();
}

function objectOf(line: string): VectorInput {
  const json = JSON.parse(line) as Json;
  if (!isObject(json)) throw new Error('not an object');
  return json;
}

const PLAINTEXTS: Readonly<Record<string, string>> = {
  'valid in both': '01 00010000 0001010000',
  'blank, valid': '01 01000000 0000010100',
  'blank where it is not allowed': '01 00010000 0100000000',
  'mark beside the blank flag': '01 01010000 0001010000',
  'status 2': '01 02010000 0001010000',
  'mark 2': '01 00020000 0001010000',
  'mark 255, and too many': '01 00ff0101 0001010000',
  'two of one': '01 00010100 0001010000',
  'none of one': '01 00000000 0001010000',
  'one of at least two': '01 00010000 0001000000',
  'four of at most three': '01 00010000 0001010101',
  'version 0': '00 00010000 0001010000',
  'version 2': '02 00010000 0001010000',
  'one byte short': '01 00010000 00010100',
  'one byte long': '01 00010000 0001010000 00',
  empty: '',
};

function addCounts(file: VectorFile, manifest: VectorInput): void {
  const bytes = (hex: string): string => toBase64url(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  const all = Object.values(PLAINTEXTS).map(bytes);
  const first = 'count: no ballots';
  file.accept('count', first, { manifest, plaintexts: [] });
  for (const [name, hex] of Object.entries(PLAINTEXTS)) {
    file.vary(first, `count: ${name}`, { set: { '/plaintexts': [bytes(hex)] } });
  }
  file.vary(first, 'count: all of these', { set: { '/plaintexts': all } });
}

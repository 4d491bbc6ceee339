import { flipped, integerText, strayBits } from './vector-file.ts';
import { type Lines, at, edited, inserted, repeated, retold, swapped, without } from './record-lines.ts';
import type { Twenty } from '../record/twenty.ts';

/** A record changed by somebody without the urn key, and the checks that must fail. */
export interface Tampering {
  readonly name: string;
  readonly fails: string;
  readonly lines: Lines;
}

const member = (lines: Lines, index: number, name: string): string => {
  const value = (JSON.parse(lines[index] ?? '{}') as Record<string, unknown>)[name];
  if (typeof value !== 'string') throw new Error(`no ${name} in line ${index}`);
  return value;
};

/** Changes of the record with openings; `other` is another election's. */
export function tamperings(record: Twenty, other: Twenty): readonly Tampering[] {
  return [
    ...formTamperings(record.lines),
    ...rollTamperings(record.lines),
    ...ballotTamperings(record),
    ...eventTamperings(record.lines, other.lines),
    ...resultTamperings(record),
  ];
}

function formTamperings(lines: Lines): readonly Tampering[] {
  const voter = at(lines, 'voter', 3);
  const ballot = at(lines, 'ballot', 3);
  const close = at(lines, 'close');
  const event = lines[at(lines, 'event')] ?? '';
  const result = lines.at(-1) ?? '';
  return [
    { name: 'nothing at all', fails: 'V1 V11', lines: [] },
    { name: 'manifest line missing', fails: 'V1 V11', lines: without(lines, 0) },
    { name: 'manifest line twice', fails: 'V11', lines: repeated(lines, 0) },
    { name: 'BOM', fails: 'V1 V11', lines: retold(lines, 0, (line) => `\uFEFF${line}`) },
    { name: 'space before a line', fails: 'V5 V11', lines: retold(lines, voter, (line) => ` ${line}`) },
    { name: 'CR at the end of a line', fails: 'V5 V11', lines: retold(lines, voter, (line) => `${line}\r`) },
    { name: 'empty line', fails: 'V11', lines: inserted(lines, voter, '') },
    { name: 'null', fails: 'V11', lines: inserted(lines, voter, 'null') },
    { name: 'unknown type', fails: 'V11', lines: inserted(lines, voter, '{"type":"note"}') },
    { name: 'line without type', fails: 'V11', lines: inserted(lines, voter, '{}') },
    {
      name: 'member order of a ballot',
      fails: 'V4 V11',
      lines: retold(
        lines,
        ballot,
        (line) => `{"type":"ballot",${line.slice(1).replace(',"type":"ballot"}', '}')}`,
      ),
    },
    {
      name: 'a member twice',
      fails: 'V5 V11',
      lines: retold(lines, voter, (line) => line.replace('{', '{"marked":true,')),
    },
    { name: 'result before the close', fails: 'V11', lines: swapped(without(lines, close + 1), close) },
    { name: 'event after the close', fails: 'V11', lines: inserted(lines, close + 1, event) },
    { name: 'event after the result', fails: 'V11', lines: [...lines, event] },
    { name: 'ballot after the result', fails: 'V11', lines: [...lines, lines[ballot] ?? ''] },
    { name: 'result twice', fails: 'V11', lines: [...lines, result] },
    { name: 'close line missing', fails: 'V11', lines: without(lines, close) },
    { name: 'close line twice', fails: 'V11', lines: repeated(lines, close) },
    { name: 'voter among the ballots', fails: 'V5 V11', lines: moved(lines, voter, ballot) },
    { name: 'ballot among the voters', fails: 'V3 V4 V5 V11', lines: moved(lines, ballot, voter) },
  ];
}

const moved = (lines: Lines, from: number, to: number): Lines =>
  inserted(without(lines, from), to, lines[from] ?? '');

function rollTamperings(lines: Lines): readonly Tampering[] {
  const first = at(lines, 'voter');
  const marked = lines.findIndex((line) => line.startsWith('{"marked":true'));
  const away = lines.findIndex((line) => line.startsWith('{"marked":false'));
  const voter = member(lines, first, 'voter');
  return [
    { name: 'a mark taken away', fails: 'V5', lines: edited(lines, marked, 'marked', false) },
    { name: 'a mark added', fails: 'V5', lines: edited(lines, away, 'marked', true) },
    {
      name: 'a mark moved',
      fails: 'V5',
      lines: edited(edited(lines, marked, 'marked', false), away, 'marked', true),
    },
    { name: 'a voter dropped', fails: 'V5', lines: without(lines, first) },
    { name: 'a voter twice', fails: 'V5', lines: repeated(lines, first) },
    { name: 'two voters swapped', fails: 'V5', lines: swapped(lines, first) },
    { name: 'a voter flipped', fails: 'V5', lines: edited(lines, first, 'voter', flipped(voter, -1)) },
    {
      name: 'a voter with stray bits',
      fails: 'V5 V11',
      lines: edited(lines, first, 'voter', strayBits(voter)),
    },
    { name: 'a voter cut short', fails: 'V5 V11', lines: edited(lines, first, 'voter', voter.slice(4)) },
    { name: 'a mark as a number', fails: 'V5 V11', lines: edited(lines, first, 'marked', 1) },
    {
      name: 'a time beside the mark',
      fails: 'V5 V11',
      lines: edited(lines, first, 'at', '2026-03-02T09:00:00Z'),
    },
  ];
}

function ballotTamperings({ lines, election }: Twenty): readonly Tampering[] {
  const one = at(lines, 'ballot', 4);
  const two = at(lines, 'ballot', 11);
  const opening = at(lines, 'opening', 4);
  const nLen = election.terms.electionKey.modulus.length;
  const c = (value: bigint): Lines => edited(lines, one, 'c', integerText(value, nLen));
  const { n } = election.terms.electionKey;
  const flippedIn = (name: string): Lines => edited(lines, one, name, flipped(member(lines, one, name), -1));
  return [
    { name: 'a proof flipped', fails: 'V2', lines: flippedIn('proof') },
    {
      name: 'a proof of another ballot',
      fails: 'V2',
      lines: edited(lines, one, 'proof', member(lines, two, 'proof')),
    },
    { name: 'a ballot dropped', fails: 'V4 V6 V11', lines: without(lines, one) },
    {
      name: 'a ballot dropped with its opening',
      fails: 'V4 V7 V8',
      lines: without(without(lines, opening), one),
    },
    { name: 'a ballot twice', fails: 'V3 V4 V6 V11', lines: repeated(lines, one) },
    {
      name: 'a ballot twice with its opening',
      fails: 'V3 V4 V7 V8',
      lines: repeated(repeated(lines, opening), one),
    },
    { name: 'two ballots swapped', fails: 'V3 V4 V6', lines: swapped(lines, one) },
    {
      name: 'two ballots swapped with their openings',
      fails: 'V3 V4 V8',
      lines: swapped(swapped(lines, opening), one),
    },
    { name: 'c = 0', fails: 'V3 V4 V6', lines: c(0n) },
    { name: 'c = 1', fails: 'V3 V4 V6', lines: c(1n) },
    { name: 'c = n-1', fails: 'V3 V4 V6', lines: c(n - 1n) },
    { name: 'c = n', fails: 'V3 V4 V6', lines: c(n) },
    { name: 'c one byte short', fails: 'V4 V11', lines: edited(lines, one, 'c', integerText(2n, nLen - 1)) },
    {
      name: 'sealed one byte long',
      fails: 'V4 V11',
      lines: edited(lines, one, 'sealed', longer(lines, one)),
    },
    { name: 'a voter beside a ballot', fails: 'V4 V11', lines: edited(lines, one, 'voter', 'x') },
  ];
}

const longer = (lines: Lines, index: number): string => `AAAA${member(lines, index, 'sealed')}`;

function eventTamperings(lines: Lines, other: Lines): readonly Tampering[] {
  const first = at(lines, 'event');
  const roll = at(lines, 'event', 2);
  const reason = at(lines, 'event', 4);
  const close = at(lines, 'close');
  const signature = (index: number): Lines =>
    edited(lines, index, 'signature', flipped(member(lines, index, 'signature'), 0));
  return [
    { name: 'manifest signature flipped', fails: 'V1', lines: signature(0) },
    { name: 'event signature flipped', fails: 'V9', lines: signature(first) },
    { name: 'event dropped', fails: 'V9', lines: without(lines, first) },
    { name: 'last event dropped', fails: 'V9', lines: without(lines, close - 1) },
    { name: 'event twice', fails: 'V9', lines: repeated(lines, first) },
    { name: 'two events swapped', fails: 'V9', lines: swapped(lines, first) },
    { name: 'reason changed', fails: 'V9', lines: edited(lines, reason, 'event.data.reason', 'Nothing') },
    { name: 'roll change changed', fails: 'V5 V9', lines: edited(lines, roll, 'event.data.added', 3) },
    { name: 'roll change dropped', fails: 'V5 V9', lines: without(lines, roll) },
    { name: 'unknown kind of event', fails: 'V9 V11', lines: edited(lines, first, 'event.kind', 'keyLost') },
    {
      name: 'kind of an object’s prototype',
      fails: 'V9 V11',
      lines: edited(lines, first, 'event.kind', 'toString'),
    },
    { name: 'unknown member of an event', fails: 'V9 V11', lines: edited(lines, first, 'event.by', 'Olive') },
    {
      name: 'unknown member of its data',
      fails: 'V9 V11',
      lines: edited(lines, first, 'event.data.by', 'Olive'),
    },
    { name: 'copy 0 proven', fails: 'V9 V11', lines: edited(lines, first, 'event.data.copy', 0) },
    {
      name: 'an impossible date',
      fails: 'V9 V11',
      lines: edited(lines, first, 'event.at', '2026-02-30T10:00:00Z'),
    },
    {
      name: 'a lone surrogate',
      fails: 'V9 V11',
      lines: retold(lines, reason, (line) => line.replace(/"reason":"[^"]*"/, String.raw`"reason":"\ud800"`)),
    },
    { name: 'close signature flipped', fails: 'V9', lines: signature(close) },
    { name: 'close count changed', fails: 'V4 V8 V9', lines: edited(lines, close, 'close.count', 19) },
    {
      name: 'close count as a fraction',
      fails: 'V11',
      lines: retold(lines, close, (line) => line.replace(':20,', ':20.0,')),
    },
    { name: 'unknown member of the close', fails: 'V11', lines: edited(lines, close, 'close.by', 'Olive') },
    {
      name: 'close of another election',
      fails: 'V4 V5 V8 V9',
      lines: lines.with(close, other[at(other, 'close')] ?? ''),
    },
    { name: 'result signature flipped', fails: 'V9', lines: signature(lines.length - 1) },
  ];
}

function resultTamperings({ lines, election }: Twenty): readonly Tampering[] {
  const opening = at(lines, 'opening', 6);
  const result = lines.length - 1;
  const nLen = election.terms.electionKey.modulus.length;
  const r = member(lines, opening, 'r');
  const to = (value: string): Lines => edited(lines, opening, 'r', value);
  return [
    { name: 'r flipped', fails: 'V6', lines: to(flipped(r, -1)) },
    { name: 'r = 0', fails: 'V6', lines: to(integerText(0n, nLen)) },
    { name: 'r = 1', fails: 'V6', lines: to(integerText(1n, nLen)) },
    { name: 'r = n', fails: 'V6', lines: to(integerText(election.terms.electionKey.n, nLen)) },
    { name: 'r one byte short', fails: 'V11', lines: to(integerText(2n, nLen - 1)) },
    { name: 'two openings swapped', fails: 'V6', lines: swapped(lines, opening) },
    { name: 'an opening dropped', fails: 'V6 V11', lines: without(lines, opening) },
    { name: 'an opening twice', fails: 'V6 V11', lines: repeated(lines, opening) },
    { name: 'openings without a result', fails: 'V11', lines: without(lines, result) },
    {
      name: 'a vote moved',
      fails: 'V8 V9',
      lines: edited(lines, result, 'result.contests.0.votes', [2, 3, 2]),
    },
    {
      name: 'a reason that did not occur',
      fails: 'V11',
      lines: edited(lines, result, 'result.contests.1.spoiled.BAD_MARK', 0),
    },
    { name: 'an unknown reason', fails: 'V11', lines: edited(lines, result, 'result.spoiled.TOO_LATE', 1) },
  ];
}

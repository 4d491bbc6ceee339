import { concat, utf8 } from '../../protocol/bytes.ts';
import { type Lines, at, inserted, repeated, retold, swapped, without } from '../vectors/record-lines.ts';
import { type Variant, changed, fileOf } from './variant.ts';

/** For each type of line, the check that notices a line twice, a line missing, and a line after the one behind it. */
const NOTICING = {
  manifest: ['V11', 'V1', 'V1'],
  voter: ['V5', 'V5', 'V5'],
  ballot: ['V3', 'V4', 'V3'],
  event: ['V9', 'V9', 'V9'],
  close: ['V11', 'V11', 'V11'],
  opening: ['V11', 'V11', 'V6'],
} as const;

/** A line of each type dropped, repeated, exchanged with the next, and put where it does not belong. */
export function lineVariants(lines: Lines): readonly Variant[] {
  return Object.entries(NOTICING).flatMap(([type, [twice, missing, late]]) => {
    const index = at(lines, type);
    const line = lines[index] ?? '';
    return [
      changed(`a ${type} line twice`, twice, repeated(lines, index)),
      changed(`a ${type} line dropped`, missing, without(lines, index)),
      changed(`a ${type} line exchanged with the next`, late, swapped(lines, index)),
      changed(`a ${type} line at the front`, type === 'manifest' ? 'V11' : 'V1', [line, ...lines]),
      changed(`a ${type} line behind the result`, 'V11', [...lines, line]),
      changed(`a ${type} line moved behind the result`, missing, [...without(lines, index), line]),
    ];
  });
}

/** One line written in another way: the same JSON value, or none. */
export function textVariants(lines: Lines): readonly Variant[] {
  const voter = at(lines, 'voter', 2);
  const reason = at(lines, 'event', 4);
  const close = at(lines, 'close');
  const changes: readonly (readonly [string, number, (line: string) => string])[] = [
    ['a space behind a comma', voter, (line) => line.replace(',', ', ')],
    ['a tab before a line', close, (line) => `\t${line}`],
    ['a form feed behind a line', voter, (line) => `${line}\f`],
    ['two values in a line', voter, (line) => `${line}${line}`],
    ['a comma behind the last member', voter, (line) => line.replace('}', ',}')],
    ['the type first', close, (line) => `{"type":"close",${line.slice(1).replace(',"type":"close"', '')}`],
    ['the same member twice', voter, (line) => line.replace('{', '{"marked":true,')],
    ['__proto__ beside the members', voter, (line) => line.replace('{', '{"__proto__":{},')],
    ['a letter escaped', voter, (line) => line.replace('"voter":', String.raw`"vo\u0074er":`)],
    ['a solidus escaped', reason, (line) => line.replace('down ', String.raw`down\/`)],
    ['an astral letter escaped', reason, (line) => line.replace('\u{1F50C}', String.raw`\ud83d\udd0c`)],
    ['an astral letter cut in two', reason, (line) => line.replace('\u{1F50C}', String.raw`\ud83d`)],
    ['a line feed escaped in upper case', reason, (line) => line.replace('down ', String.raw`down\u000A`)],
    ['null in place of a mark', voter, (line) => line.replace(/true|false/u, 'null')],
    ['a count as 20.0', close, (line) => line.replace('"count":20', '"count":20.0')],
    ['a count as 2e1', close, (line) => line.replace('"count":20', '"count":2e1')],
    ['a count as +20', close, (line) => line.replace('"count":20', '"count":+20')],
    ['a count as 020', close, (line) => line.replace('"count":20', '"count":020')],
    ['a count as text', close, (line) => line.replace('"count":20', '"count":"20"')],
    ['a count as -20', close, (line) => line.replace('"count":20', '"count":-20')],
    ['a count as -0', close, (line) => line.replace('"serverSealed":3', '"serverSealed":-0')],
    ['a count of 2^53', close, (line) => line.replace('"count":20', '"count":9007199254740992')],
    ['a count as NaN', close, (line) => line.replace('"count":20', '"count":NaN')],
    ['an instant with a fraction', close, (line) => line.replace('00Z"', '00.0Z"')],
    ['an instant with an offset', close, (line) => line.replace('00Z"', '00+00:00"')],
    ['an instant of hour 24', close, (line) => line.replace('T18:05:00Z', 'T24:00:00Z')],
    ['an instant of second 60', close, (line) => line.replace('18:05:00Z', '18:04:60Z')],
    ['bytes with padding', voter, (line) => line.replace(/("voter":"[^"]*)"/u, '$1="')],
    ['bytes in plain base64', voter, (line) => line.replace(/("voter":")./u, '$1+')],
    [
      'bytes with a line feed escaped',
      voter,
      (line) => line.replace(/("voter":"[^"]*)"/u, String.raw`$1\n"`),
    ],
    ['an array in place of a line', voter, (line) => `[${line}]`],
    ['brackets without end', voter, () => '['.repeat(100_000)],
  ];
  return changes.map(([name, index, change]) => changed(name, 'V11', retold(lines, index, change)));
}

/** Bytes cut off, put in, or no UTF-8. */
export function byteVariants(lines: Lines): readonly Variant[] {
  const file = fileOf(lines);
  const voters = fileOf(lines.slice(0, at(lines, 'ballot')));
  const put = (...bytes: readonly number[]): Uint8Array =>
    concat(voters, Uint8Array.from(bytes), file.slice(voters.length));
  const cut = (name: string, bytes: Uint8Array, fails = 'V11'): Variant => ({ name, fails, record: bytes });
  return [
    cut('no byte', new Uint8Array()),
    cut('one line feed', utf8('\n')),
    cut('cut within the manifest', file.slice(0, 100), 'V1'),
    cut('cut behind the manifest', fileOf(lines.slice(0, 1))),
    cut('cut within a ballot', file.slice(0, voters.length + 700)),
    cut('cut behind the ballots', fileOf(lines.slice(0, at(lines, 'event')))),
    cut('cut behind the first opening', fileOf(lines.slice(0, at(lines, 'opening') + 1))),
    cut('the last line feed cut off', file.slice(0, -1)),
    cut('two line feeds at the end', concat(file, utf8('\n'))),
    cut('a space at the end', concat(file, utf8(' '))),
    cut('the whole record twice', concat(file, file)),
    cut('an empty line', put(0x0a)),
    cut('a zero byte', put(0x00)),
    cut('a byte that is no UTF-8', put(0xff, 0x0a)),
    cut('an overlong code', put(0x22, 0xc0, 0xaf, 0x22, 0x0a)),
    cut('a surrogate as UTF-8', put(0x22, 0xed, 0xa0, 0x80, 0x22, 0x0a)),
    cut('a code behind U+10FFFF', put(0x22, 0xf4, 0x90, 0x80, 0x80, 0x22, 0x0a)),
    cut('CR LF everywhere', utf8(lines.map((line) => `${line}\r\n`).join('')), 'V1'),
    cut('a BOM', concat(Uint8Array.from([0xef, 0xbb, 0xbf]), file), 'V1'),
    cut('UTF-16', new Uint8Array(Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf16le')), 'V1'),
    changed('a number of another type', 'V11', inserted(lines, at(lines, 'ballot'), '7')),
  ];
}

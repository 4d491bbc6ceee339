import { concat, toBase64url, utf8 } from '../../protocol/bytes.ts';
import type { Json } from '../../protocol/canonical-json.ts';
import type { Twenty } from '../record/twenty.ts';
import { edited, repeated, swapped, without } from '../vectors/record-lines.ts';
import { leavesOf, nearby } from './leaves.ts';
import { type Variant, fileOf } from './variant.ts';

/** Sound records with what a voter or a scrutineer gives beside them: as it should be, and changed. */
export function givenVariants(whole: Twenty, totals: Twenty): readonly Variant[] {
  return [...openingsVariants(totals), ...receiptVariants(whole, totals), ...linkVariants(whole, totals)];
}

function openingsVariants({ lines, openings }: Twenty): readonly Variant[] {
  const record = fileOf(lines);
  const file = fileOf(openings);
  const given = (name: string, bytes: Uint8Array, fails = 'V6'): Variant => ({
    name: `openings file: ${name}`,
    fails,
    record,
    openings: bytes,
  });
  const { r } = JSON.parse(openings[3] ?? '') as { readonly r: string };
  return [
    given('as it should be', file, ''),
    given('without the last line feed', file.slice(0, -1), ''),
    given('in another member order', fileOf(openings.with(3, `{"type": "opening", "r": "${r}"}`)), ''),
    given('empty', new Uint8Array()),
    given('one line feed', utf8('\n')),
    given('cut within a line', file.slice(0, -20)),
    given('an opening dropped', fileOf(without(openings, 3))),
    given('an opening repeated', fileOf(repeated(openings, 3))),
    given('one more opening at the end', fileOf([...openings, openings[0] ?? ''])),
    given('two openings exchanged', fileOf(swapped(openings, 3))),
    given('an opening changed', fileOf(edited(openings, 3, 'r', nearby(r)))),
    given('an opening cut short', fileOf(edited(openings, 3, 'r', r.slice(0, -4)))),
    given('another type', fileOf(edited(openings, 3, 'type', 'closing'))),
    given('an unknown member', fileOf(edited(openings, 3, 'tracker', r))),
    given('an empty line in between', fileOf(openings.toSpliced(3, 0, ''))),
    given('an empty line at the end', concat(file, utf8('\n'))),
    given('the record itself', record),
  ];
}

function receiptVariants(whole: Twenty, totals: Twenty): readonly Variant[] {
  const record = fileOf(whole.lines);
  const [receipt = '', second = ''] = whole.receipts;
  const json = JSON.parse(receipt) as Record<string, Json>;
  const given = (name: string, text: string, fails = 'V10'): Variant => ({
    name: `receipt: ${name}`,
    fails,
    record,
    receipt: text,
  });
  const with_ = (change: Record<string, Json>): string => JSON.stringify({ ...json, ...change });
  const tracker = (JSON.parse(second) as Record<string, Json>)['tracker'] ?? '';
  return [
    given('as it should be', receipt, ''),
    given('indented', JSON.stringify(json, undefined, 2), ''),
    given(
      'members the other way round',
      JSON.stringify(Object.fromEntries(Object.entries(json).toReversed())),
      '',
    ),
    ...leavesOf(json).map(([path, leaf]) => given(`${path} changed`, with_({ [path]: nearby(leaf) }))),
    given('with the tracker of another ballot', with_({ tracker })),
    given('with an unknown member', with_({ at: '2026-03-02T09:00:00Z' })),
    given('with a member twice', receipt.replace('{', `{"tracker":${JSON.stringify(tracker)},`)),
    given('without a signature', JSON.stringify({ election: json['election'], tracker: json['tracker'] })),
    given('of another election', totals.receipts[0] ?? ''),
    given('empty', ''),
    given('a list', `[${receipt}]`),
  ];
}

function linkVariants(whole: Twenty, totals: Twenty): readonly Variant[] {
  const record = fileOf(whole.lines);
  const link = whole.links[0]?.link ?? '';
  const M = toBase64url(whole.election.terms.digest);
  const another = toBase64url(totals.election.terms.digest);
  const url = `https://vote.example.org/vote/${link}`;
  const given = (name: string, fails: string, more: Partial<Variant>): Variant => ({
    name,
    fails,
    record,
    ...more,
  });
  return [
    given('link: the secret part', '', { link }),
    given('link: with M', '', { link: `${link}#${M}` }),
    given('link: whole', '', { link: `${url}#${M}` }),
    given('link: whole, without M', '', { link: url }),
    given('link: of another election', 'V10', { link: totals.links[0]?.link ?? '' }),
    given('link: one letter changed', 'V10', { link: nearby(link) as string }),
    given('link: cut short', 'V10', { link: link.slice(0, -1) }),
    given('link: empty', 'V10', { link: '' }),
    given('link: with another M', 'V1', { link: `${url}#${another}` }),
    given('link: with half of M', 'V10', { link: `${url}#${M.slice(0, 20)}` }),
    given('M', '', { manifestDigest: M }),
    given('M of another election', 'V1', { manifestDigest: another }),
    given('M with stray bits', 'V1', { manifestDigest: `${M.slice(0, -1)}${M.endsWith('A') ? 'B' : 'A'}` }),
    given('M of another election, link with M', 'V1', { link: `${url}#${M}`, manifestDigest: another }),
    given('M empty', 'V1', { manifestDigest: '' }),
  ];
}

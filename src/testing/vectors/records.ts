import { toBase64url } from '../../protocol/bytes.ts';
import { type Json, canonical } from '../../protocol/canonical-json.ts';
import type { VectorInput } from '../../protocol/vectors/case.ts';
import { type Twenty, twentyBallots } from '../record/twenty.ts';
import { insiders } from './record-insiders.ts';
import {
  type Lines,
  at,
  difference,
  edited,
  recordInput,
  repeated,
  retold,
  swapped,
  without,
} from './record-lines.ts';
import { tamperings } from './record-tampering.ts';
import { type VectorFile, flipped, vectorCases } from './vector-file.ts';

const WHOLE = 'record with openings';
const TOTALS = 'record with totals, and the openings file';

/** Section 10: the 20-ballot record in both publications, what observers bring, and everything that must fail. */
export async function recordCases() {
  const file = vectorCases();
  const whole = await twentyBallots('openings', 'record with openings');
  const totals = await twentyBallots('totals', 'record with totals');
  file.accept('record', WHOLE, recordInput(whole.lines));
  file.accept(
    'record',
    TOTALS,
    recordInput(totals.lines, { openings: [...totals.openings], openingsEnd: '\n' }),
  );
  addStages(file, whole, totals);
  addObservers(file, whole, totals);
  addOpeningsFiles(file, totals);
  for (const { name, fails, lines } of [...tamperings(whole, totals), ...(await insiders(whole))]) {
    file.spoil(WHOLE, `record: ${name}`, fails, difference('lines', whole.lines, lines));
  }
  file.spoil(WHOLE, 'record: cut in the last line', 'V11', { set: { '/end': '' } });
  file.spoil(TOTALS, 'record: openings where totals are published', 'V11', {
    ...difference('lines', totals.lines, [
      ...totals.lines.slice(0, -1),
      ...totals.openings,
      ...totals.lines.slice(-1),
    ]),
  });
  return file.finish();
}

/** Records that are not complete yet, or that cannot be checked whole. */
function addStages(file: VectorFile, whole: Twenty, totals: Twenty): void {
  const closed = (lines: Lines): Lines => lines.slice(0, at(lines, 'close') + 1);
  file.vary(
    WHOLE,
    'record with openings, before the result',
    difference('lines', whole.lines, closed(whole.lines)),
  );
  file.vary(TOTALS, 'record with totals, before the result', {
    ...difference('lines', totals.lines, closed(totals.lines)),
    drop: [`/lines/${totals.lines.length - 1}`, '/openings', '/openingsEnd'],
  });
  file.vary(TOTALS, 'record with totals, without the openings file', { drop: ['/openings', '/openingsEnd'] });
}

/** V1 and V10: links, digests and receipts. */
function addObservers(file: VectorFile, whole: Twenty, totals: Twenty): void {
  const link = whole.links.find(({ marked }) => marked)?.link ?? '';
  const away = whole.links.find(({ marked }) => !marked)?.link ?? '';
  const digest = toBase64url(whole.election.terms.digest);
  const foreign = toBase64url(totals.election.terms.digest);
  const [receipt = '', second = ''] = whole.receipts;
  const also = (name: string, set: VectorInput): void =>
    file.vary(WHOLE, `record: ${name}`, { set: slashed(set) });
  const but = (name: string, fails: string, set: VectorInput): void =>
    file.spoil(WHOLE, `record: ${name}`, fails, { set: slashed(set) });

  also('link of a voter who voted', { link: `https://vote.example/vote/${link}#${digest}` });
  also('link of a voter who stayed away', { link: `${away}#${digest}` });
  also('secret part of a link', { link });
  also('manifest digest', { manifestDigest: digest });
  also('receipt', { receipt });
  also('receipt, link and digest', { receipt, link, manifestDigest: digest });

  but('link to another manifest', 'V1', { link: `${link}#${foreign}` });
  but('digest of another manifest', 'V1', { manifestDigest: foreign });
  but('digest with stray bits', 'V1', { manifestDigest: `${digest.slice(0, -1)}_` });
  but('digest cut short', 'V1', { manifestDigest: digest.slice(1) });
  but('right digest, link to another manifest', 'V1', { manifestDigest: digest, link: `${link}#${foreign}` });
  but('link of nobody', 'V10', { link: flipped(link, 0) });
  but('link cut short', 'V10', { link: link.slice(1) });
  but('not a link', 'V10', { link: 'https://vote.example/' });

  const told = JSON.parse(receipt) as Record<string, string>;
  const other = JSON.parse(second) as Record<string, string>;
  const changed = (change: Record<string, Json>): VectorInput => ({
    receipt: canonical({ ...told, ...change }),
  });
  but('receipt: another tracker', 'V10', changed({ tracker: other['tracker'] ?? '' }));
  but('receipt: tracker of no ballot', 'V10', changed({ tracker: flipped(told['tracker'] ?? '', 0) }));
  but('receipt: signature flipped', 'V10', changed({ signature: flipped(told['signature'] ?? '', 0) }));
  but('receipt: another election', 'V10', changed({ election: '00000000-0000-4000-8000-000000000000' }));
  but('receipt: unknown member', 'V10', changed({ choice: 'ada' }));
  but('receipt of another record', 'V10', { receipt: totals.receipts[0] ?? '' });
  but('not a receipt', 'V10', { receipt: 'my ballot' });
}

const slashed = (input: VectorInput): VectorInput =>
  Object.fromEntries(Object.entries(input).map(([name, value]) => [`/${name}`, value]));

/** The scrutineers' file: its lines may have any member order; everything else must be right. */
function addOpeningsFiles(file: VectorFile, { openings, lines }: Twenty): void {
  const base = [...openings];
  const anyOrder = base.map((line) => {
    const { r } = JSON.parse(line) as { readonly r: string };
    return `{ "type": "opening", "r": "${r}" }`;
  });
  file.vary(TOTALS, 'openings file in another member order', { set: { '/openings': anyOrder } });
  file.vary(TOTALS, 'openings file without a last LF', { set: { '/openingsEnd': '' } });
  const r = (JSON.parse(base[2] ?? '{}') as { readonly r?: string }).r ?? '';
  const spoilt: Readonly<Record<string, Lines>> = {
    'r flipped': edited(base, 2, 'r', flipped(r, 9)),
    'two swapped': swapped(base, 2),
    'one missing': without(base, 2),
    'the last one missing': base.slice(0, -1),
    'one twice': repeated(base, 2),
    'one too many': [...base, ...base.slice(-1)],
    none: [],
    'unknown member': edited(base, 2, 'tracker', 'x'),
    'r twice': retold(base, 2, (line) => line.replace('{', `{"r":"${r}",`)),
    'another type': edited(base, 2, 'type', 'ballot'),
    'not JSON': retold(base, 2, () => 'opening'),
  };
  for (const [name, changed] of Object.entries(spoilt)) {
    file.spoil(TOTALS, `openings file: ${name}`, 'V6', { set: { '/openings': [...changed] } });
  }
  const result = lines.length - 1;
  file.spoil(TOTALS, 'record: a vote moved, without the openings file', 'V9', {
    ...difference('lines', lines, edited(lines, result, 'result.contests.0.votes', [2, 3, 2])),
    drop: ['/openings', '/openingsEnd'],
  });
  file.spoil(TOTALS, 'record: a vote too many, without the openings file', 'V8 V9', {
    ...difference('lines', lines, edited(lines, result, 'result.contests.0.votes', [9, 3, 2])),
    drop: ['/openings', '/openingsEnd'],
  });
}

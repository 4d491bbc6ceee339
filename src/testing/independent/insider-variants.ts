import { toBase64url } from '../../protocol/bytes.ts';
import type { Json } from '../../protocol/canonical-json.ts';
import { HONEST, cast } from '../record/election.ts';
import { type Twenty, retoldBy } from '../record/twenty.ts';
import { type Lines, at, edited, resigned } from '../vectors/record-lines.ts';
import { type Variant, changed, fileOf } from './variant.ts';

/** What somebody who holds the urn key, or another one, can write into a record, beside what the vectors hold. */
export async function insiderVariants(whole: Twenty, totals: Twenty): Promise<readonly Variant[]> {
  return [...(await totalsVariants(totals)), ...(await forgeries(whole, totals))];
}

/** Results that are wrong although every signature holds, with the openings file and without. */
async function totalsVariants({ election, lines, openings }: Twenty): Promise<readonly Variant[]> {
  const digest = toBase64url(new Uint8Array(32).fill(6));
  const changes: readonly (readonly [string, string, string, Json, boolean])[] = [
    ['votes moved', 'V8', 'contests.0.votes', [2, 3, 2], true],
    ['votes that sum up to more than there are ballots', 'V8', 'contests.0.votes', [4, 3, 2], false],
    ['a candidate too many', 'V8', 'contests.0.votes', [3, 2, 2, 0], false],
    ['blank and valid exchanged', 'V8', 'contests.0.blank', 3, false],
    ['a spoiled ballot less', 'V8', 'spoiled', { BAD_VERSION: 2 }, false],
    ['spoiled ballots with other reasons', 'V7', 'spoiled', { NOT_INVERTIBLE: 6 }, true],
    ['no contest', 'V7', 'contests', [], false],
    ['other openings', 'V8', 'openings', digest, true],
    ['another close', 'V8', 'close', digest, false],
  ];
  const variants: Variant[] = [];
  for (const [name, fails, path, value, needsOpenings] of changes) {
    const record = fileOf(await resigned(election, lines, 'result', path, value));
    const given = needsOpenings ? { openings: fileOf(openings) } : {};
    variants.push({ name: `totals, signed: ${name}`, fails, record, ...given });
  }
  return variants;
}

async function forgeries(whole: Twenty, totals: Twenty): Promise<readonly Variant[]> {
  const { lines, election } = whole;
  const close = at(lines, 'close');
  const one = at(lines, 'ballot', 4);
  const two = at(lines, 'ballot', 11);
  const honest = { plaintext: HONEST };
  const other = await cast({ ...election, credentialPrivate: election.electionPrivate }, honest);
  const inFirstPlace = await retoldBy(whole, { ballots: [other, ...whole.ballots.slice(1)] });
  const stolen = JSON.parse(lines[two] ?? '') as {
    readonly c: string;
    readonly kc: string;
    readonly sealed: string;
  };
  const sealedOf = (target: Lines): Lines =>
    edited(edited(edited(target, one, 'c', stolen.c), one, 'kc', stolen.kc), one, 'sealed', stolen.sealed);
  const { manifest } = JSON.parse(lines[0] ?? '') as { readonly manifest: Record<string, Json> };
  const electionKey = manifest['electionKey'] ?? '';
  const forged = { ...election, urnKeys: totals.election.urnKeys };
  return [
    changed('a credential of another key', 'V2', inFirstPlace.lines),
    changed('a ciphertext moved to another ballot', 'V2', sealedOf(lines)),
    changed('a close signed by another key', 'V9', await resigned(forged, lines, 'close', 'serverSealed', 0)),
    changed(
      'a result signed by another key',
      'V9',
      await resigned(forged, lines, 'result', 'contests.0.valid', 7),
    ),
    changed('the result of another election', 'V9', [...lines.slice(0, -1), totals.lines.at(-1) ?? '']),
    changed('the manifest of another election', 'V2', [totals.lines[0] ?? '', ...lines.slice(1)]),
    changed(
      'a fourth ballot sealed by the server, unsigned',
      'V9',
      edited(lines, close, 'close.serverSealed', 4),
    ),
    changed('one RSA key for both uses', 'V1', edited(lines, 0, 'manifest.credentialKey', electionKey)),
    changed(
      'an event of the year 0000',
      'V9',
      edited(lines, at(lines, 'event'), 'event.at', '0000-02-29T10:00:00Z'),
    ),
    changed('totals told to be openings', 'V11', [lines[0] ?? '', ...totals.lines.slice(1)]),
  ];
}

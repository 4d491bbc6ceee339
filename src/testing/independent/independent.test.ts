import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { bytesSource } from '../../protocol/record-reader.ts';
import { type Verdict, type VerifyOptions, verifyRecord } from '../../protocol/verifier/index.ts';
import { type Twenty, twentyBallots } from '../record/twenty.ts';
import { fieldVariants } from './field-variants.ts';
import { byteVariants, lineVariants, textVariants } from './form-variants.ts';
import { givenVariants } from './given-variants.ts';
import { insiderVariants } from './insider-variants.ts';
import { type PythonVerdicts, runPython, verifyInPython } from './python.ts';
import { type Variant, fileOf } from './variant.ts';

/** A verifier in Python, written from docs/protocol.md without a look at ours, and ours: they must agree. */

const ours = ({ record, openings, ...given }: Variant): Promise<Verdict> => {
  const { receipt, link, manifestDigest } = given;
  const options: VerifyOptions = {
    ...(openings === undefined ? {} : { openings: bytesSource(openings) }),
    ...(receipt === undefined ? {} : { receipt }),
    ...(link === undefined ? {} : { link }),
    ...(manifestDigest === undefined ? {} : { manifestDigest }),
  };
  return verifyRecord(nodePrimitives, bytesSource(record), options);
};

type Statuses = Readonly<Record<string, string>>;
const ourStatuses = ({ checks }: Verdict): Statuses =>
  Object.fromEntries(checks.map(({ id, status }) => [id, status.replace('-', ' ')]));
const theirStatuses = (verdicts: PythonVerdicts, name: string): Statuses =>
  Object.fromEntries(Object.entries(verdicts.get(name) ?? {}).map(([check, [status]]) => [check, status]));

/**
 * What the two must agree on: every status. Where lines are malformed or out of place (V11), only what fails, and
 * neither V6, V7 nor V8: openings and ballots can no longer be paired, and section 10 leaves open what is told of them.
 */
function comparable(statuses: Statuses): Statuses {
  if (statuses['V11'] !== 'failed') return statuses;
  return Object.fromEntries(
    Object.entries(statuses)
      .filter(([check]) => !['V6', 'V7', 'V8'].includes(check))
      .map(([check, status]) => [check, status === 'failed' ? 'failed' : '']),
  );
}

async function inTurn(variants: readonly Variant[]): Promise<readonly Statuses[]> {
  const statuses: Statuses[] = [];
  for (const variant of variants) statuses.push(ourStatuses(await ours(variant)));
  return statuses;
}

const failed = (statuses: Statuses): readonly string[] =>
  Object.keys(statuses).filter((check) => statuses[check] === 'failed');

describe('a second verifier, in Python', () => {
  let whole: Twenty;
  let totals: Twenty;
  let folder: string;
  beforeAll(async () => {
    whole = await twentyBallots('openings', 'independent, openings');
    totals = await twentyBallots('totals', 'independent, totals');
    folder = mkdtempSync(join(tmpdir(), 'votix-verify-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const written = (name: string, content: Uint8Array | string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  test('passes the frozen vectors that concern a verifier', async () => {
    const vectors = fileURLToPath(new URL('../../protocol/vectors/v1', import.meta.url));
    const { ran, differing } = JSON.parse((await runPython('vectors.py', vectors)).text) as {
      readonly ran: number;
      readonly differing: readonly string[];
    };
    expect(differing).toEqual([]);
    expect(ran).toBeGreaterThan(500);
  }, 60_000);

  test('finds every check of a sound record to hold, and says so line by line', async () => {
    const [receipt = ''] = totals.receipts;
    const { text, code } = await runPython(
      'verify.py',
      written('record.jsonl', fileOf(totals.lines)),
      '--openings',
      written('openings.jsonl', fileOf(totals.openings)),
      '--receipt',
      written('receipt.json', receipt),
      '--manifest-digest',
      Buffer.from(totals.election.terms.digest).toString('base64url'),
    );
    expect(text.match(/^V\d+ ok/gmu)).toEqual(Array.from({ length: 11 }, (_, index) => `V${index + 1} ok`));
    expect(text).toContain('V5 ok  2 credentials issued without a ballot');
    expect(code).toBe(0);
  });

  test('says what is not checked without the openings, and fails with exit code 7', async () => {
    const sound = await runPython('verify.py', written('totals.jsonl', fileOf(totals.lines)));
    expect(sound.text.match(/^V\d+ not checked/gmu)).toEqual(
      ['V1', 'V6', 'V7', 'V8'].map((check) => `${check} not checked`),
    );
    expect(sound.code).toBe(0);
    const cut = await runPython('verify.py', written('cut.jsonl', fileOf(whole.lines).slice(0, -1)));
    expect(cut.text).toMatch(/^V11 failed {2}the last line/mu);
    expect(cut.code).toBe(7);
  });

  test('agrees with ours on every record that was tampered with', async () => {
    const variants: readonly Variant[] = [
      { name: 'openings', fails: '', record: fileOf(whole.lines) },
      { name: 'openings, before the result', fails: '', record: fileOf(beforeResult(whole.lines)) },
      { name: 'totals', fails: '', record: fileOf(totals.lines) },
      { name: 'totals, before the result', fails: '', record: fileOf(beforeResult(totals.lines)) },
      ...fieldVariants('openings', whole.lines),
      ...fieldVariants('totals', totals.lines, ['close', 'result']),
      ...lineVariants(whole.lines),
      ...textVariants(whole.lines),
      ...byteVariants(whole.lines),
      ...(await insiderVariants(whole, totals)),
      ...givenVariants(whole, totals),
    ];
    expect(new Set(variants.map(({ name }) => name)).size).toBe(variants.length);
    expect(variants.filter(({ fails }) => fails !== '').length).toBeGreaterThan(250);
    const [theirs, verdicts] = await Promise.all([verifyInPython(variants), inTurn(variants)]);
    const disagreements = variants.flatMap(({ name, fails }, index) => {
      const one = verdicts[index] ?? {};
      const other = theirStatuses(theirs, name);
      const same = JSON.stringify(comparable(one)) === JSON.stringify(comparable(other));
      const noticed = [one, other].every((given) =>
        fails === '' ? failed(given).length === 0 : failed(given).includes(fails),
      );
      return same && noticed ? [] : [{ name, fails, ours: one, theirs: theirs.get(name) }];
    });
    expect(disagreements).toEqual([]);
  }, 120_000);
});

const beforeResult = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => !/"type":"(?:opening|result)"/u.test(line));

import { fromUtf8, toBase64url } from '../bytes.ts';
import { type ElectionTerms, checkManifestKeys, parseManifest, verifyManifest } from '../manifest.ts';
import type { Primitives } from '../primitives.ts';
import type { RawLine, RecordSource } from '../record-reader.ts';
import { parseLine } from '../record.ts';
import { type BallotChecker, inlineChecker } from './ballot-checker.ts';
import { BallotsCheck } from './ballots-check.ts';
import { checkRoll, checkSigned, checkUrn } from './close-checks.ts';
import { FirstPass, type Reading, isUnbroken, recordLines } from './first-pass.ts';
import { type Given, checkGivenDigest, checkWanted, wantedLines } from './given.ts';
import { checkRecount, checkResultAlone } from './result-checks.ts';
import { type Recount, type SecondPass, recount } from './second-pass.ts';
import { Findings, type Verdict } from './verdict.ts';
import { VotersCheck } from './voters-check.ts';

export interface VerifyOptions extends Given {
  /** The openings file of scrutineers, for records that publish totals only. */
  readonly openings?: RecordSource;
  /** Who checks the ballots; in line with the rest where nothing is given. Closed when done. */
  readonly startChecker?: (terms: ElectionTerms) => BallotChecker;
  readonly onProgress?: (progress: Progress) => void;
}

/** First pass: bytes read; second pass: ballots recounted. `of` is absent where the size is not known. */
export interface Progress {
  readonly pass: 1 | 2;
  readonly done: number;
  readonly of?: number;
}

/**
 * Checks a public record as section 10 says, V1 to V11, in two passes and little more than 32 bytes of memory per
 * ballot. Whatever the file holds becomes a verdict; only reading errors of the source are thrown.
 */
export async function verifyRecord(
  primitives: Primitives,
  source: RecordSource,
  options: VerifyOptions = {},
): Promise<Verdict> {
  const findings = new Findings();
  const lines = recordLines(source, (done) =>
    options.onProgress?.({ pass: 1, done, ...(source.size === undefined ? {} : { of: source.size }) }),
  );
  try {
    const first = await lines.next();
    const terms =
      first.done === true ? undefined : await readManifestLine(primitives, findings, first.value, options);
    if (terms === undefined) {
      findings.fail('V1', 'MANIFEST_MALFORMED', { line: 1 });
      findings.fail('V11', 'NO_MANIFEST_LINE', { line: 1 });
      findings.leave('NO_MANIFEST', 'V2', 'V3', 'V4', 'V5', 'V6', 'V7', 'V8', 'V9', 'V10');
      return findings.verdict();
    }
    const checker = options.startChecker?.(terms) ?? inlineChecker(primitives, terms);
    try {
      await checkLines({ primitives, findings, terms, checker, source, options }, lines);
    } finally {
      await checker.close();
    }
    return findings.verdict();
  } finally {
    await lines.return();
  }
}

/** V1. Undefined where there is no manifest to check anything else against. */
async function readManifestLine(
  primitives: Primitives,
  findings: Findings,
  raw: RawLine,
  given: Given,
): Promise<ElectionTerms | undefined> {
  const text = raw.state === 'whole' ? fromUtf8(raw.bytes) : undefined;
  const line = text === undefined ? undefined : parseLine(text);
  if (line?.type !== 'manifest') return undefined;
  const parsed = await parseManifest(primitives, line.manifestText);
  if (!parsed.ok) return undefined;
  const terms = parsed.value;
  if (!(await verifyManifest(primitives, terms, line.signature)))
    findings.fail('V1', 'MANIFEST_SIGNATURE', { line: 1 });
  if (!(await checkManifestKeys(primitives, terms))) findings.fail('V1', 'KEY_PROOF', { line: 1 });
  checkGivenDigest(findings, given, terms.digest);
  const { election, title } = terms.manifest;
  Object.assign(findings.figures, { election, title, manifestDigest: toBase64url(terms.digest) });
  return terms;
}

interface Run {
  readonly primitives: Primitives;
  readonly findings: Findings;
  readonly terms: ElectionTerms;
  readonly checker: BallotChecker;
  readonly source: RecordSource;
  readonly options: VerifyOptions;
}

async function checkLines(run: Run, lines: AsyncIterable<RawLine>): Promise<void> {
  const { primitives, findings, terms, checker, options } = run;
  const wanted = await wantedLines(primitives, findings, terms, options);
  const voters = new VotersCheck(primitives, findings, wanted.voter);
  const ballots = new BallotsCheck(primitives, findings, checker, wanted.tracker);
  const first = new FirstPass(findings, voters, ballots);
  for await (const raw of lines) await first.add(raw);
  const root = await ballots.finish();
  first.finish(terms);
  checkWanted(findings, wanted, voters, ballots);
  Object.assign(findings.figures, { ballots: ballots.count, voters: voters.count, marked: voters.marked });

  const { events, close, result } = first.reading;
  if (close === undefined) {
    findings.leave('NO_CLOSE', 'V4', 'V5', 'V6', 'V7', 'V8', 'V9');
    return;
  }
  const { issued, count, serverSealed, closedAt } = close.value;
  Object.assign(findings.figures, { issuedWithoutBallot: issued - count, serverSealed, closedAt });
  checkUrn(findings, close, ballots.count, root);
  await checkRoll(findings, terms, close, events, voters);
  await checkSigned(primitives, findings, terms, events, close, result);
  if (result !== undefined) {
    findings.figures.result = result.value.tally;
    await checkResultAlone(primitives, findings, terms, close, result);
  }
  const counted = await checkOpenings(run, first.reading, root);
  if (result !== undefined && counted !== undefined)
    checkRecount(findings, result, counted.tally, counted.digest);
}

/** V6; and says of V7 and V8 why there is no recount where there is none. */
async function checkOpenings(
  run: Run,
  reading: Reading,
  root: Recount['digest'],
): Promise<Recount | undefined> {
  const { findings, options } = run;
  const { result } = reading;
  if (result === undefined) findings.notRequired('NO_RESULT_YET', 'V7', 'V8');
  const openings = openingsOf(run, reading);
  if (openings === undefined) {
    if (result === undefined) findings.notRequired('NO_RESULT_YET', 'V6');
    else findings.leave('OPENINGS_NOT_GIVEN', 'V6', 'V7', 'V8');
    return undefined;
  }
  const { start = 0, line = 1, count = 0 } = reading.ballots ?? {};
  if (!isUnbroken(reading.ballots) || !isUnbroken(reading.openings)) {
    // V11 has failed: with lines missing in between, ballots and openings would be paired wrongly
    findings.leave('NO_RECOUNT', 'V6', 'V7', 'V8');
    return undefined;
  }
  const pass: SecondPass = {
    ...run,
    ...openings,
    ballots: { source: run.source, start, line, lines: count },
    root,
    onBallots: (done) => options.onProgress?.({ pass: 2, done, of: count }),
  };
  const counted = await recount(pass);
  if (counted === undefined) findings.leave('NO_RECOUNT', 'V6', 'V7', 'V8');
  return counted;
}

/** The record's own openings; where it publishes totals only, those given. */
function openingsOf(
  { terms, source, options }: Run,
  { openings, result }: Reading,
): Pick<SecondPass, 'openings' | 'form'> | undefined {
  if (terms.manifest.publication === 'openings' && result !== undefined) {
    const { start = 0, line = 1, count = 0 } = openings ?? {};
    return { openings: { source, start, line, lines: count }, form: 'canonical' };
  }
  return options.openings && { openings: { source: options.openings, start: 0, line: 1 }, form: 'any' };
}

import { totalSpoiled } from '../protocol/count.ts';
import { poolChecker } from '../protocol/node/checker-pool.ts';
import { fileSource } from '../protocol/node/file-source.ts';
import { nodePrimitives } from '../protocol/node/primitives.ts';
import type { RecordSource } from '../protocol/record-reader.ts';
import {
  type Check,
  type Verdict,
  type VerifyOptions,
  sentenceOf,
  verifyRecord,
} from '../protocol/verifier/index.ts';
import { UsageError, guarded, progressBar, readInput, say } from './terminal.ts';

export interface VerifyCommandOptions {
  /** Path of the openings file. */
  readonly openings?: string;
  /** Path of a receipt file. */
  readonly receipt?: string;
  readonly link?: string;
  readonly manifestDigest?: string;
  readonly json?: boolean;
}

/** Section 10: all ok; something fails; nothing fails but something was not checked. */
const EXIT_CODES = { ok: 0, failed: 1, 'not-checked': 3 } as const;

/** Below this a record is checked before worker threads have started. */
const WORTH_WORKERS = 512 * 1024;

/** `verify FILE`: prints the verdict on V1 to V11 and answers section 10's exit code; 2 where a file cannot be read. */
export const verify = (file: string, options: VerifyCommandOptions): Promise<number> =>
  guarded(async () => {
    const record = await readable(file);
    const progress = { 1: progressBar(options, 'reading'), 2: progressBar(options, 'recounting') };
    const verdict = await verifyRecord(nodePrimitives, record, {
      ...(await givenOf(options)),
      ...((record.size ?? 0) < WORTH_WORKERS ? {} : { startChecker: poolChecker }),
      onProgress: ({ pass, done, of = 0 }) => progress[pass].update(done, of),
    });
    progress[1].stop();
    progress[2].stop();
    say(options.json === true ? JSON.stringify(jsonOf(verdict)) : textOf(verdict));
    return EXIT_CODES[verdict.status];
  });

async function readable(path: string): Promise<RecordSource> {
  try {
    return await fileSource(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function givenOf({
  openings,
  receipt,
  link,
  manifestDigest,
}: VerifyCommandOptions): Promise<VerifyOptions> {
  return {
    ...(openings === undefined ? {} : { openings: await readable(openings) }),
    ...(receipt === undefined ? {} : { receipt: readInput(receipt).toString('utf8') }),
    ...(link === undefined ? {} : { link }),
    ...(manifestDigest === undefined ? {} : { manifestDigest }),
  };
}

const jsonOf = ({ status, checks, figures }: Verdict) => ({
  status,
  checks: checks.map((check) => ({ ...check, sentence: sentenceOf(check) })),
  figures,
});

const WORDS: Readonly<Record<Check['status'], string>> = {
  ok: 'ok',
  failed: 'FAILED',
  'not-checked': 'not checked',
  'not-required': 'not required',
};

function textOf(verdict: Verdict): string {
  const lines = [
    ...headOf(verdict),
    ...verdict.checks.map(
      (check) => `${check.id.padEnd(4)}${WORDS[check.status].padEnd(13)}${sentenceOf(check)}`,
    ),
    ...resultOf(verdict),
    '',
    conclusionOf(verdict),
  ];
  return lines.map(printable).join('\n');
}

/** A record is a stranger's file: nothing in it may move the cursor or recolour a verdict. */
const printable = (line: string): string => line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');

function headOf({ figures }: Verdict): readonly string[] {
  const { title, election, manifestDigest, ballots, voters, marked, closedAt } = figures;
  if (title === undefined) return [];
  const head = [`${title} (${election})`, `M = ${manifestDigest}`];
  if (ballots !== undefined) {
    const closed = closedAt === undefined ? '' : `, closed at ${closedAt}`;
    head.push(`${voters} voters, ${marked} marked, ${ballots} ballots${closed}`);
  }
  return [...head, ''];
}

function resultOf({ figures: { result } }: Verdict): readonly string[] {
  if (result === undefined) return [];
  return [
    '',
    `The record states: ${totalSpoiled(result.spoiled)} ballots spoiled as a whole`,
    ...result.contests.map(
      ({ id, valid, blank, spoiled, votes }) =>
        `  ${id}: ${valid} valid, ${blank} blank, ${totalSpoiled(spoiled)} spoiled; votes in manifest order: ${votes.join(', ')}`,
    ),
  ];
}

function conclusionOf({ status, checks }: Verdict): string {
  const ids = (wanted: Check['status']): string =>
    checks
      .filter((check) => check.status === wanted)
      .map(({ id }) => id)
      .join(', ');
  switch (status) {
    case 'ok':
      return 'Everything holds.';
    case 'failed':
      return `Do not trust this record: ${ids('failed')} failed.`;
    case 'not-checked':
      return `Nothing failed, but not everything was checked: ${ids('not-checked')}.`;
    default:
      return status satisfies never;
  }
}

import { fromUtf8 } from '../bytes.ts';
import type { Close } from '../close.ts';
import type { RecordedEvent } from '../events.ts';
import type { ElectionTerms } from '../manifest.ts';
import { type RawLine, type RecordSource, readLines } from '../record-reader.ts';
import { LINE_TYPES, type LineType, type RecordLine, parseLine } from '../record.ts';
import type { Result } from '../result.ts';
import { claimsToBe } from './ballot-checker.ts';
import type { BallotsCheck } from './ballots-check.ts';
import type { Signed } from './close-checks.ts';
import type { Findings } from './verdict.ts';
import type { VotersCheck } from './voters-check.ts';

/** Where consecutive lines of one type stand. */
export interface Run {
  readonly start: number;
  readonly line: number;
  /** Number of the last line. */
  last: number;
  count: number;
}

/** Whether no other line stands between those of the run. */
export const isUnbroken = (run: Run | undefined): boolean =>
  run === undefined || run.last - run.line + 1 === run.count;

/** What the first pass leaves to be compared. */
export interface Reading {
  readonly events: Signed<RecordedEvent>[];
  close?: Signed<Close>;
  result?: Signed<Result>;
  ballots?: Run;
  openings?: Run;
}

const AT_MOST_ONCE: ReadonlySet<LineType> = new Set(['manifest', 'close', 'result']);

/**
 * Reads all lines after the manifest once, in their order (V11), and hands voters and ballots to their checks. A line
 * that is malformed or in the wrong place is told and left out; opening lines are only counted.
 */
export class FirstPass {
  readonly #findings: Findings;
  readonly #voters: VotersCheck;
  readonly #ballots: BallotsCheck;
  readonly reading: Reading = { events: [] };
  /** Index in LINE_TYPES of the last line; the manifest has been read. */
  #rank = 0;

  constructor(findings: Findings, voters: VotersCheck, ballots: BallotsCheck) {
    this.#findings = findings;
    this.#voters = voters;
    this.#ballots = ballots;
  }

  async add(raw: RawLine): Promise<void> {
    const line = raw.number;
    if (raw.state !== 'whole') {
      this.#findings.fail('V11', raw.state === 'cut' ? 'LINE_CUT' : 'LINE_OVERLONG', { line });
      return;
    }
    const parsed = readShape(raw);
    if (parsed === undefined) {
      this.#findings.fail('V11', 'LINE_MALFORMED', { line });
      return;
    }
    const rank = LINE_TYPES.indexOf(parsed.type);
    if (rank < this.#rank || (rank === this.#rank && AT_MOST_ONCE.has(parsed.type))) {
      this.#findings.fail('V11', rank === this.#rank ? 'LINE_TWICE' : 'LINE_OUT_OF_ORDER', { line });
      return;
    }
    this.#rank = rank;
    await this.#take(parsed, raw);
  }

  async #take(parsed: RecordLine, raw: RawLine): Promise<void> {
    const line = raw.number;
    switch (parsed.type) {
      case 'manifest':
        return;
      case 'voter':
        return this.#voters.add(line, parsed);
      case 'ballot':
        this.reading.ballots = runOn(this.reading.ballots, raw);
        return this.#ballots.add(line, raw.bytes);
      case 'event':
        this.reading.events.push({ value: parsed.event, signature: parsed.signature, line });
        return;
      case 'close':
        this.reading.close = { value: parsed.close, signature: parsed.signature, line };
        return;
      case 'opening':
        this.reading.openings = runOn(this.reading.openings, raw);
        return;
      case 'result':
        this.reading.result = { value: parsed.result, signature: parsed.signature, line };
        return;
      default:
        return parsed satisfies never;
    }
  }

  /** V11 once the file has ended: lines that are missing, and openings where there must be none. */
  finish({ manifest }: ElectionTerms): void {
    const { close, result, openings, ballots } = this.reading;
    if (close === undefined) this.#findings.fail('V11', 'NO_CLOSE_LINE');
    const found = openings?.count ?? 0;
    const expected = manifest.publication === 'openings' && result !== undefined ? (ballots?.count ?? 0) : 0;
    if (found === expected) return;
    this.#findings.fail('V11', found < expected ? 'OPENINGS_MISSING' : 'OPENINGS_EXTRA', {
      ...(openings === undefined ? {} : { line: openings.line }),
      detail: { expected, found },
    });
  }
}

/** Ballots and openings are many and are read by the checker; here their type is enough. */
function readShape(raw: RawLine): RecordLine | undefined {
  if (claimsToBe('ballot', raw.bytes)) return { type: 'ballot' };
  if (claimsToBe('opening', raw.bytes)) return { type: 'opening' };
  const text = fromUtf8(raw.bytes);
  return text === undefined ? undefined : parseLine(text);
}

function runOn(run: Run | undefined, { start, number }: RawLine): Run {
  if (run === undefined) return { start, line: number, last: number, count: 1 };
  run.count++;
  run.last = number;
  return run;
}

/** The lines of a record; `progress` hears how many bytes have been read. */
export async function* recordLines(
  source: RecordSource,
  progress: (bytes: number) => void,
): AsyncGenerator<RawLine, void, undefined> {
  for await (const raw of readLines(source.open(0))) {
    yield raw;
    progress(raw.start + raw.bytes.length);
  }
}

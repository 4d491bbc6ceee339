import { type Bytes, equalBytes } from '../bytes.ts';
import { type Close, closeJson, verifySignedObject } from '../close.ts';
import { type RecordedEvent, closesAtAfter, eventJson, eventsDigest, rollSizeAfter } from '../events.ts';
import type { ElectionTerms } from '../manifest.ts';
import type { Primitives } from '../primitives.ts';
import { type Result, resultJson } from '../result.ts';
import type { Findings } from './verdict.ts';
import type { VotersCheck } from './voters-check.ts';

/** A signed object and the number of its line. */
export interface Signed<T> {
  readonly value: T;
  readonly signature: Bytes;
  readonly line: number;
}

/** V4: the ballots read against the close line. */
export function checkUrn(findings: Findings, close: Signed<Close>, count: number, root: Bytes): void {
  const { value, line } = close;
  if (value.count !== count)
    findings.fail('V4', 'COUNT', { line, detail: { stated: value.count, found: count } });
  if (!equalBytes(value.root, root)) findings.fail('V4', 'ROOT', { line });
}

/** V5: the voter lines read against roll, close line and ballots. */
export async function checkRoll(
  findings: Findings,
  terms: ElectionTerms,
  close: Signed<Close>,
  events: readonly Signed<RecordedEvent>[],
  voters: VotersCheck,
): Promise<void> {
  const { value, line } = close;
  const size = rollSizeAfter(terms.manifest.rollSize, plain(events));
  if (voters.count !== size)
    findings.fail('V5', 'ROLL_SIZE', { detail: { stated: size, found: voters.count } });
  if (value.voters !== voters.count) {
    findings.fail('V5', 'VOTER_COUNT', { line, detail: { stated: value.voters, found: voters.count } });
  }
  if (!equalBytes(value.voterRoot, await voters.root())) findings.fail('V5', 'VOTER_ROOT', { line });
  if (value.issued !== voters.marked) {
    findings.fail('V5', 'ISSUED', { line, detail: { stated: value.issued, found: voters.marked } });
  }
  if (value.count > value.issued) findings.fail('V5', 'MORE_BALLOTS_THAN_ISSUED', { line });
  if (value.serverSealed > value.count) findings.fail('V5', 'SERVER_SEALED', { line });
  findings.note('V5', { issuedWithoutBallot: value.issued - value.count });
}

/** V9: signatures, number, order and digest of the events, and the instants of close and count. */
export async function checkSigned(
  primitives: Primitives,
  findings: Findings,
  terms: ElectionTerms,
  events: readonly Signed<RecordedEvent>[],
  close: Signed<Close>,
  result: Signed<Result> | undefined,
): Promise<void> {
  const { closedAt } = close.value;
  let previous = '';
  for (const [index, { value: event, signature, line }] of events.entries()) {
    if (!(await verifySignedObject(primitives, terms, 'event', eventJson(event), signature))) {
      findings.fail('V9', 'SIGNATURE', { line });
    }
    if (event.seq !== index + 1) findings.fail('V9', 'EVENT_SEQUENCE', { line });
    if (event.at < previous || event.at > closedAt) findings.fail('V9', 'EVENT_TIME', { line });
    previous = event.at;
  }
  if (!(await verifySignedObject(primitives, terms, 'close', closeJson(close.value), close.signature))) {
    findings.fail('V9', 'SIGNATURE', { line: close.line });
  }
  if (close.value.events !== events.length) {
    const detail = { stated: close.value.events, found: events.length };
    findings.fail('V9', 'EVENT_COUNT', { line: close.line, detail });
  }
  if (!equalBytes(close.value.eventsDigest, eventsDigest(plain(events)))) {
    findings.fail('V9', 'EVENTS_DIGEST', { line: close.line });
  }
  if (closedAt < closesAtAfter(terms.manifest.closesAt, plain(events))) {
    findings.fail('V9', 'CLOSED_EARLY', { line: close.line });
  }
  if (result === undefined) return;
  if (!(await verifySignedObject(primitives, terms, 'result', resultJson(result.value), result.signature))) {
    findings.fail('V9', 'SIGNATURE', { line: result.line });
  }
  if (result.value.countedAt < closedAt) findings.fail('V9', 'COUNTED_BEFORE_CLOSE', { line: result.line });
}

const plain = (events: readonly Signed<RecordedEvent>[]): readonly RecordedEvent[] =>
  events.map(({ value }) => value);

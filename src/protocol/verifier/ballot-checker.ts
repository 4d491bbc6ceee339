import { type Ballot, checkBallot, trackerOf } from '../ballot.ts';
import { type Bytes, concat, fromUtf8, toInteger } from '../bytes.ts';
import { type Json, canonical, parseCanonical, parseJson } from '../canonical-json.ts';
import { type BallotFate, type Tally, addBallot, emptyTally } from '../count.ts';
import type { ElectionTerms } from '../manifest.ts';
import type { Primitives } from '../primitives.ts';
import { parseBallotLine, readOpening } from '../record.ts';
import { gcd } from '../rsa.ts';
import { isOpening, openBallot } from '../sealed-ballot.ts';

/** What was found about one line of a batch. */
export const FINDING = {
  ok: 0,
  /** Not a line of its type: V11. */
  malformed: 1,
  /** c out of range: V3. */
  outOfRange: 2,
  /** Credential, proof or pk: V2. */
  credential: 3,
  /** Not the opening of its ballot: V6. */
  opening: 4,
  /** An opening whose ballot is malformed, which the first pass has told: nothing to open. */
  noBallot: 5,
} as const;

export interface CheckedBallots {
  /** One of FINDING a line. */
  readonly findings: Uint8Array;
  /** 32 bytes a line; zeros for malformed ones. */
  readonly trackers: Bytes;
  /** pk, 32 bytes a line; zeros for malformed ones. */
  readonly keys: Bytes;
}

export interface CheckedOpenings {
  /** One of FINDING a pair. */
  readonly findings: Uint8Array;
  /** r, nLen bytes a pair; zeros for malformed ones. */
  readonly openings: Bytes;
  /** The count of all ballots whose finding is ok. */
  readonly tally: Tally;
}

/** Opening lines are canonical within a record; a scrutineer's openings file may have any member order. */
export type OpeningForm = 'canonical' | 'any';

/**
 * Checks batches of lines: here, one by one, or in worker threads (`protocol/node/checker-pool.ts`). Lines are given
 * as in the file, each with its LF, and never throw for what they hold.
 */
export interface BallotChecker {
  /** Batches that are worth having under way at once. */
  readonly lanes: number;
  checkBallots(lines: Bytes): Promise<CheckedBallots>;
  /** As many ballot lines as opening lines, in the same order. */
  checkOpenings(ballots: Bytes, openings: Bytes, form: OpeningForm): Promise<CheckedOpenings>;
  close(): Promise<void>;
}

const LF = 0x0a;

function* splitLines(lines: Bytes): Generator<string, void, undefined> {
  let start = 0;
  for (let end = lines.indexOf(LF); end >= 0; end = lines.indexOf(LF, start)) {
    // what is not UTF-8 is no JSON either
    yield fromUtf8(lines.subarray(start, end)) ?? '';
    start = end + 1;
  }
}

/** The checker that works where it is called. */
export const inlineChecker = (primitives: Primitives, terms: ElectionTerms): BallotChecker => ({
  lanes: 1,
  checkBallots: (lines) => checkBallots(primitives, terms, lines),
  checkOpenings: (ballots, openings, form) => checkOpenings(primitives, terms, ballots, openings, form),
  close: () => Promise.resolve(),
});

async function checkBallots(
  primitives: Primitives,
  terms: ElectionTerms,
  lines: Bytes,
): Promise<CheckedBallots> {
  const findings: number[] = [];
  const trackers: Bytes[] = [];
  const keys: Bytes[] = [];
  for (const text of splitLines(lines)) {
    const ballot = parseBallotLine(terms, text);
    const tracker = ballot && (await trackerOf(primitives, terms, ballot));
    findings.push(
      ballot === undefined || tracker === undefined
        ? FINDING.malformed
        : await findingOf(primitives, terms, ballot, tracker),
    );
    trackers.push(tracker ?? new Uint8Array(32));
    keys.push(ballot?.pk ?? new Uint8Array(32));
  }
  return { findings: Uint8Array.from(findings), trackers: concat(...trackers), keys: concat(...keys) };
}

async function findingOf(
  primitives: Primitives,
  terms: ElectionTerms,
  ballot: Ballot,
  tracker: Bytes,
): Promise<number> {
  const checked = await checkBallot(primitives, terms, ballot, tracker);
  if (checked.ok) return FINDING.ok;
  switch (checked.code) {
    case 'MALFORMED':
      return FINDING.outOfRange;
    case 'CREDENTIAL_INVALID':
      return FINDING.credential;
    default:
      return checked.code satisfies never;
  }
}

async function checkOpenings(
  primitives: Primitives,
  terms: ElectionTerms,
  ballotLines: Bytes,
  openingLines: Bytes,
  form: OpeningForm,
): Promise<CheckedOpenings> {
  const ballots = Array.from(splitLines(ballotLines), (text) => parseBallotLine(terms, text));
  const openings = Array.from(splitLines(openingLines), (text) =>
    readOpening(terms, openingJson(text, form)),
  );
  const spoilt = notInvertible(
    terms.electionKey.n,
    ballots.filter((ballot) => ballot !== undefined),
  );
  const tally = emptyTally(terms.manifest);
  const findings = new Uint8Array(openings.length);
  for (const [index, r] of openings.entries()) {
    const ballot = ballots[index];
    if (r === undefined) {
      findings[index] = FINDING.malformed;
    } else if (ballot === undefined) {
      findings[index] = FINDING.noBallot;
    } else if (!(await isOpening(primitives, terms.electionKey, ballot.c, r))) {
      findings[index] = FINDING.opening;
    } else {
      addBallot(tally, terms.manifest, await fateOf(primitives, terms, ballot, r, !spoilt.has(ballot)));
    }
  }
  const nLen = terms.electionKey.modulus.length;
  return { findings, openings: concat(...openings.map((r) => r ?? new Uint8Array(nLen))), tally };
}

const openingJson = (text: string, form: OpeningForm): Json | undefined =>
  form === 'canonical' ? parseCanonical(text) : parseJson(text);

async function fateOf(
  primitives: Primitives,
  terms: ElectionTerms,
  ballot: Ballot,
  r: Bytes,
  invertible: boolean,
): Promise<BallotFate> {
  if (!invertible) return { spoiled: 'NOT_INVERTIBLE' };
  const opened = await openBallot(primitives, terms, ballot, r);
  return opened.ok ? { plaintext: opened.value } : { spoiled: opened.code };
}

/**
 * The ballots with gcd(c, n) != 1. One gcd with the product of all is enough as long as that is 1; where it is not,
 * halves are searched, so that a single such ballot does not cost a gcd for every other.
 */
function notInvertible(n: bigint, ballots: readonly Ballot[]): ReadonlySet<Ballot> {
  const product = ballots.reduce((sofar, { c }) => (sofar * toInteger(c)) % n, 1n);
  if (gcd(product, n) === 1n) return new Set();
  if (ballots.length === 1) return new Set(ballots);
  const half = ballots.length >> 1;
  const found = [ballots.slice(0, half), ballots.slice(half)].map((some) => notInvertible(n, some));
  return new Set(found.flatMap((some) => [...some]));
}

/** Whether a line (without its LF) claims to be a ballot: canonical form puts the type last. */
export const claimsToBe = (type: 'ballot' | 'opening', line: Uint8Array): boolean => {
  const ending = ENDINGS[type];
  return (
    line.length >= ending.length &&
    ending.every((byte, at) => line[line.length - ending.length + at] === byte)
  );
};

const encoder = new TextEncoder();
const ENDINGS = {
  ballot: encoder.encode(`"type":${canonical('ballot')}}`),
  opening: encoder.encode(`"type":${canonical('opening')}}`),
} as const;

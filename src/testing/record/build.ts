import { openBallot } from '../../protocol/sealed-ballot.ts';
import { type Bytes, compareBytes, toBase64url, toInteger } from '../../protocol/bytes.ts';
import type { Json } from '../../protocol/canonical-json.ts';
import {
  type Close,
  type SignedType,
  closeDigest,
  closeJson,
  openingsDigest,
  signedObjectMessage,
  voterLine,
} from '../../protocol/close.ts';
import { type Tally, addBallot, emptyTally } from '../../protocol/count.ts';
import { type RecordedEvent, eventJson, eventsDigest } from '../../protocol/events.ts';
import { trackerRoot, voterRoot } from '../../protocol/merkle.ts';
import { receiptText, signReceipt } from '../../protocol/receipt.ts';
import {
  writeBallotLine,
  writeCloseLine,
  writeEventLine,
  writeManifestLine,
  writeOpeningLine,
  writeResultLine,
  writeVoterLine,
} from '../../protocol/record.ts';
import { type Result, resultJson } from '../../protocol/result.ts';
import { gcd } from '../../protocol/rsa.ts';
import { type CastBallot, type TestElection, openingOf } from './election.ts';

/** What happens beside the ballots. */
export interface Course {
  /** Voters who were marked and whose ballot never arrived. */
  readonly lost: number;
  /** Voters who stayed away. */
  readonly away: number;
  readonly serverSealed: number;
  readonly events: readonly RecordedEvent[];
  readonly closedAt: string;
  readonly countedAt: string;
}

/** A record line by line, without LFs, and what its people hold. */
export interface BuiltRecord {
  readonly lines: readonly string[];
  /** The lines of the openings file. */
  readonly openings: readonly string[];
  /** Secret parts of the voting links, in the order of the voter lines. */
  readonly links: readonly { readonly link: string; readonly marked: boolean }[];
  /** Texts of the receipt files, in the order of the ballots. */
  readonly receipts: readonly string[];
  readonly close: Close;
  readonly result: Result;
}

/** Signs an object of the record with the urn key. */
export async function signObject(
  { primitives, terms, urnKeys }: TestElection,
  type: SignedType,
  object: Json,
): Promise<Bytes> {
  return primitives.signEd25519(urnKeys, await signedObjectMessage(primitives, type, terms.digest, object));
}

const bare = (line: string): string => line.slice(0, -1);

/** Closes, opens and counts an election with these ballots, and writes its complete record. */
export async function buildRecord(
  election: TestElection,
  ballots: readonly CastBallot[],
  course: Course,
): Promise<BuiltRecord> {
  const { primitives, terms, urnKeys } = election;
  const sorted = ballots.toSorted((a, b) => compareBytes(a.tracker, b.tracker));
  const voters = await rollOf(election, ballots.length + course.lost, course.away);
  const root = await trackerRoot(
    primitives,
    sorted.map(({ tracker }) => tracker),
  );
  const close: Close = {
    count: sorted.length,
    root,
    voters: voters.length,
    voterRoot: await voterRoot(primitives, voters),
    issued: ballots.length + course.lost,
    serverSealed: course.serverSealed,
    events: course.events.length,
    eventsDigest: eventsDigest(course.events),
    closedAt: course.closedAt,
  };
  const openings = sorted.map(({ ballot, opening }) => opening ?? openingOf(election, ballot));
  const result: Result = {
    close: await closeDigest(primitives, terms.digest, close),
    tally: await count(election, sorted, openings),
    openings: openingsDigest(root, openings),
    countedAt: course.countedAt,
  };
  const openingLines = openings.map((r) => bare(writeOpeningLine(r)));
  const eventLines: string[] = [];
  for (const event of course.events) {
    eventLines.push(bare(writeEventLine(event, await signObject(election, 'event', eventJson(event)))));
  }
  const receipts: string[] = [];
  for (const { tracker } of sorted) {
    receipts.push(receiptText(await signReceipt(primitives, terms, urnKeys, tracker)));
  }
  return {
    lines: [
      bare(writeManifestLine(terms, await primitives.signEd25519(urnKeys, terms.digest))),
      ...voters.map((voter) => bare(writeVoterLine(voter))),
      ...sorted.map(({ ballot }) => bare(writeBallotLine(ballot))),
      ...eventLines,
      bare(writeCloseLine(close, await signObject(election, 'close', closeJson(close)))),
      ...(terms.manifest.publication === 'openings' ? openingLines : []),
      bare(writeResultLine(result, await signObject(election, 'result', resultJson(result)))),
    ],
    openings: openingLines,
    links: voters,
    receipts,
    close,
    result,
  };
}

async function rollOf({ primitives, terms }: TestElection, marked: number, away: number) {
  const voters: { readonly voter: Bytes; readonly marked: boolean; readonly link: string }[] = [];
  for (let index = 0; index < marked + away; index++) {
    const link = toBase64url(primitives.random(24));
    voters.push({ voter: await voterLine(primitives, terms.digest, link), marked: index < marked, link });
  }
  return voters.toSorted((a, b) => compareBytes(a.voter, b.voter));
}

/** The count of section 9, ballot by ballot. */
async function count(
  { primitives, terms }: TestElection,
  ballots: readonly CastBallot[],
  openings: readonly Bytes[],
): Promise<Tally> {
  const tally = emptyTally(terms.manifest);
  for (const [index, { ballot }] of ballots.entries()) {
    const r = openings[index] ?? new Uint8Array();
    if (gcd(toInteger(ballot.c), terms.electionKey.n) !== 1n) {
      addBallot(tally, terms.manifest, { spoiled: 'NOT_INVERTIBLE' });
      continue;
    }
    const opened = await openBallot(primitives, terms, ballot, r);
    addBallot(tally, terms.manifest, opened.ok ? { plaintext: opened.value } : { spoiled: opened.code });
  }
  return tally;
}

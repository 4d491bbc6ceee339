import type { Manifest } from '../../protocol/manifest.ts';
import type { RecordedEvent } from '../../protocol/events.ts';
import { type BuiltRecord, type Course, buildRecord } from './build.ts';
import {
  type BallotContent,
  type CastBallot,
  HONEST,
  type TestElection,
  cast,
  testElection,
} from './election.ts';

/** Twenty ballots: valid, blank, and every kind of spoiled ballot. */
const CONTENTS: readonly BallotContent[] = [
  { plaintext: HONEST },
  { plaintext: HONEST },
  { plaintext: [1, 0, 0, 1, 0, 0, 1, 1, 1, 0] },
  { plaintext: [1, 0, 0, 1, 0, 0, 0, 1, 1, 0] },
  { plaintext: [1, 0, 0, 0, 1, 0, 0, 0, 1, 1] },
  { plaintext: [1, 0, 0, 0, 1, 0, 1, 0, 1, 1] },
  // blank in the contest that allows it
  { plaintext: [1, 1, 0, 0, 0, 0, 1, 1, 0, 0] },
  { plaintext: [1, 1, 0, 0, 0, 0, 0, 1, 1, 0] },
  // BAD_MARK: blank where it is not allowed, unknown status, unknown mark, mark beside the blank flag
  { plaintext: [1, 0, 1, 0, 0, 1, 0, 0, 0, 0] },
  { plaintext: [1, 2, 1, 0, 0, 0, 1, 1, 0, 0] },
  { plaintext: [1, 0, 255, 0, 0, 0, 1, 0, 1, 0] },
  { plaintext: [1, 1, 0, 1, 0, 0, 1, 0, 0, 1] },
  // OVERVOTE and UNDERVOTE
  { plaintext: [1, 0, 1, 1, 0, 0, 1, 1, 1, 1] },
  { plaintext: [1, 0, 0, 0, 0, 0, 1, 0, 0, 0] },
  // whole ballots
  { spoil: 'NOT_INVERTIBLE' },
  { spoil: 'COMMITMENT_MISMATCH' },
  { spoil: 'COMMITMENT_MISMATCH' },
  { spoil: 'AUTHENTICATION_FAILED' },
  { plaintext: [2, 0, 1, 0, 0, 0, 1, 1, 0, 0] },
  { plaintext: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
];

/** One event of every kind. */
const EVENTS: readonly RecordedEvent[] = [
  { seq: 1, at: '2026-02-20T10:00:00Z', kind: 'keyProven', data: { copy: 1 } },
  { seq: 2, at: '2026-02-20T10:05:00Z', kind: 'keyProven', data: { copy: 2 } },
  { seq: 3, at: '2026-03-02T09:00:00Z', kind: 'rollChanged', data: { added: 2, removed: 1 } },
  { seq: 4, at: '2026-03-02T09:00:00Z', kind: 'linksReplaced', data: { count: 3 } },
  {
    seq: 5,
    at: '2026-03-03T12:00:00Z',
    kind: 'suspended',
    data: { reason: 'The network is down \u{1F50C}' },
  },
  { seq: 6, at: '2026-03-03T14:00:00Z', kind: 'resumed', data: { reason: 'It is back' } },
  { seq: 7, at: '2026-03-03T14:01:00Z', kind: 'extended', data: { closesAt: '2026-03-06T20:00:00Z' } },
  {
    seq: 8,
    at: '2026-03-06T18:00:00Z',
    kind: 'closedEarly',
    data: { closesAt: '2026-03-06T18:00:00Z', reason: 'All have voted or said that they will not' },
  },
];

export interface Twenty extends BuiltRecord {
  readonly election: TestElection;
  readonly ballots: readonly CastBallot[];
}

const COURSE: Course = {
  lost: 2,
  away: 5,
  serverSealed: 3,
  events: EVENTS,
  closedAt: '2026-03-06T18:05:00Z',
  countedAt: '2026-03-06T19:00:00Z',
};

/** The 20-ballot election of the vectors: 27 voters, 22 marked, two ballots that never arrived. */
export async function twentyBallots(publication: Manifest['publication'], seed: string): Promise<Twenty> {
  const election = await testElection({ publication, rollSize: 26, seed });
  const ballots: CastBallot[] = [];
  for (const content of CONTENTS) ballots.push(await cast(election, content, 'blind'));
  return { ...(await buildRecord(election, ballots, COURSE)), election, ballots };
}

/** The record of the same election, told by an insider: other ballots, or another course of events. */
export const retoldBy = (
  { election, ballots }: Twenty,
  change: Partial<Course> & { readonly ballots?: readonly CastBallot[]; readonly event?: RecordedEvent },
): Promise<BuiltRecord> => {
  const { event } = change;
  const events =
    event === undefined ? {} : { events: EVENTS.map((old) => (old.seq === event.seq ? event : old)) };
  return buildRecord(election, change.ballots ?? ballots, { ...COURSE, ...events, ...change });
};

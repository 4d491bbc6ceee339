import type { Check, CheckId, Detail, Failure, Gap, NotRequired } from './verdict.ts';

/** What each check looks at, in English, for terminals; pages have their own words by id and reason. */
const SUBJECTS: Readonly<Record<CheckId, string>> = {
  V1: 'manifest, its signature, both key proofs',
  V2: 'credential and proof of every ballot',
  V3: 'every ciphertext in range, no key twice, ballots in order',
  V4: 'number and root of the ballots',
  V5: 'voters, marks and credentials issued',
  V6: 'every opening',
  V7: 'valid, blank and spoiled ballots against a recount',
  V8: 'votes, sums and digests of the result',
  V9: 'signatures, events and instants',
  V10: 'your receipt, your voter line',
  V11: 'form and order of all lines',
};

const FAILURES: Readonly<Record<Failure, string>> = {
  MANIFEST_MALFORMED: 'the first line is not a well-formed manifest',
  MANIFEST_SIGNATURE: 'the urn key did not sign this manifest',
  KEY_PROOF: 'a key proof does not hold, or the two keys share a factor',
  OTHER_MANIFEST: 'this record belongs to another manifest than the link or digest you gave',
  DIGEST_MALFORMED: 'the manifest digest you gave is not one (43 characters of base64url)',
  CREDENTIAL: 'a ballot whose credential, key or proof is not valid',
  CIPHERTEXT_RANGE: 'a ciphertext out of range',
  KEY_TWICE: 'a ballot key that was used before',
  BALLOTS_NOT_ASCENDING: 'a ballot out of order, or a ballot twice',
  COUNT: 'the close line states another number of ballots',
  ROOT: 'the ballots are not those of the close line',
  VOTERS_NOT_ASCENDING: 'a voter line out of order, or twice',
  ROLL_SIZE: 'the number of voter lines is not that of the roll',
  VOTER_COUNT: 'the close line states another number of voters',
  VOTER_ROOT: 'the voter lines are not those of the close line',
  ISSUED: 'the credentials issued are not as many as the voters marked',
  MORE_BALLOTS_THAN_ISSUED: 'there are more ballots than credentials issued',
  SERVER_SEALED: 'more ballots were sealed by the server than there are',
  OPENING: 'an opening that is not the opening of its ballot',
  OPENING_COUNT: 'not one opening for each ballot in the openings file',
  OPENING_MALFORMED: 'a line of the openings file that is not an opening',
  SPOILED_BALLOTS: 'the spoiled ballots differ from the recount',
  CONTESTS: 'the result has other contests than the manifest',
  CONTEST_COUNTS: 'valid, blank or spoiled ballots of a contest differ from the recount',
  VOTES: 'the votes of a contest differ from the recount',
  SUMS: 'the figures of a contest do not add up',
  RESULT_OF_OTHER_CLOSE: 'the result refers to another close line',
  OPENINGS_DIGEST: 'the result was made from other openings',
  SIGNATURE: 'the urn key did not sign this line',
  EVENT_SEQUENCE: 'an event is missing, repeated or out of order',
  EVENT_TIME: 'an event goes back in time, or comes after the close',
  EVENT_COUNT: 'the close line states another number of events',
  EVENTS_DIGEST: 'the events are not those of the close line',
  CLOSED_EARLY: 'the election was closed before the end of voting',
  COUNTED_BEFORE_CLOSE: 'the count is dated before the close',
  LINK_MALFORMED: 'what you gave is not a voting link',
  LINK_NOT_IN_RECORD: 'no voter line belongs to your link',
  RECEIPT_MALFORMED: 'the receipt file is not a receipt',
  RECEIPT_SIGNATURE: "the receipt is another election's, or not signed by the urn key",
  RECEIPT_NOT_IN_RECORD: 'the ballot of your receipt is not in the record',
  LINE_MALFORMED: 'a line that is not a canonical record line',
  LINE_CUT: 'the file ends in the middle of a line',
  LINE_OVERLONG: 'a line longer than any line of a record',
  LINE_OUT_OF_ORDER: 'a line where it must not stand',
  LINE_TWICE: 'a line that may stand only once',
  NO_MANIFEST_LINE: 'the record does not begin with its manifest',
  NO_CLOSE_LINE: 'there is no close line',
  OPENINGS_MISSING: 'there are fewer openings than ballots',
  OPENINGS_EXTRA: 'there are openings that must not be there',
};

const GAPS: Readonly<Record<Gap, string>> = {
  COMPARE_MANIFEST: 'compare M with a mailed link (--link or --manifest-digest)',
  OPENINGS_NOT_GIVEN: 'the record publishes totals only: ask a scrutineer for the openings file (--openings)',
  NO_MANIFEST: 'there is no manifest to check it against',
  NO_CLOSE: 'there is no close line to check it against',
  NO_RECOUNT: 'there is not one right opening for each ballot, so nothing can be recounted',
};

const NOT_REQUIRED: Readonly<Record<NotRequired, string>> = {
  NO_RESULT_YET: 'nothing to check yet: the record holds no result',
  NOTHING_GIVEN: 'nothing to check: give a receipt (--receipt) or a voting link (--link)',
};

/** The verdict on one check in one English sentence, without its id. */
export function sentenceOf(check: Check): string {
  switch (check.status) {
    case 'ok':
      return [SUBJECTS[check.id], ...remarks(check.detail)].join('; ');
    case 'failed': {
      const at = check.line === undefined ? '' : `line ${check.line}: `;
      const more = check.failures > 1 ? ` (and ${check.failures - 1} more)` : '';
      return `${at}${FAILURES[check.reason]}${compared(check.detail)}${more}`;
    }
    case 'not-checked':
      return GAPS[check.reason];
    case 'not-required':
      return NOT_REQUIRED[check.reason];
    default:
      return check satisfies never;
  }
}

function remarks({ issuedWithoutBallot, marked, included }: Detail): readonly string[] {
  const told: string[] = [];
  if (issuedWithoutBallot !== undefined) told.push(`issued - count = ${issuedWithoutBallot}`);
  if (included === true) told.push('your ballot is in the record');
  if (marked === true) told.push('your link is marked as used');
  if (marked === false) told.push('nobody used your link');
  return told;
}

function compared({ stated, found, expected, contest }: Detail): string {
  const told = Object.entries({ stated, expected, found, contest }).filter(
    ([, value]) => value !== undefined,
  );
  return told.length === 0 ? '' : ` (${told.map(([name, value]) => `${name} ${value}`).join(', ')})`;
}

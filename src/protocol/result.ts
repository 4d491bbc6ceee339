import { type Bytes, toBase64url } from './bytes.ts';
import type { Json } from './canonical-json.ts';
import {
  BALLOT_SPOILS,
  CONTEST_SPOILS,
  type SpoilReason,
  type Spoiled,
  type Tally,
  tallyJson,
} from './count.ts';
import { type Reader, bytes, exact, instant, integer, isObject, list, text } from './fields.ts';

/** What the result line states (section 10). */
export interface Result {
  /** `closeDigest` of the close that was counted, 32 bytes. */
  readonly close: Bytes;
  readonly tally: Tally;
  /** `openingsDigest`, 32 bytes. */
  readonly openings: Bytes;
  /** Instant. */
  readonly countedAt: string;
}

/** Only reasons that occur appear, so each stands with 1 or more. */
const reasons =
  <Reason extends SpoilReason>(known: readonly Reason[]): Reader<Spoiled<Reason>> =>
  (json) => {
    if (!isObject(json)) return undefined;
    const spoiled: Spoiled<Reason> = {};
    let read = 0;
    for (const reason of known) {
      const given = Object.hasOwn(json, reason) ? json[reason] : undefined;
      if (given === undefined) continue;
      const times = integer(1)(given);
      if (times === undefined) return undefined;
      Object.assign(spoiled, { [reason]: times });
      read++;
    }
    return read === Object.keys(json).length ? spoiled : undefined;
  };

const readResult = exact({
  close: bytes(32),
  spoiled: reasons(BALLOT_SPOILS),
  contests: list(
    exact({
      id: text,
      valid: integer(),
      blank: integer(),
      spoiled: reasons(CONTEST_SPOILS),
      votes: list(integer()),
    }),
  ),
  openings: bytes(32),
  countedAt: instant,
});

/** The result of a result line; undefined where members, lengths or values are anything else. */
export function parseResult(json: Json): Result | undefined {
  const result = readResult(json);
  if (result === undefined) return undefined;
  const { close, spoiled, contests, openings, countedAt } = result;
  const tally = { spoiled, contests: contests.map((contest) => ({ ...contest, votes: [...contest.votes] })) };
  return { close, tally, openings, countedAt };
}

/** The signed object of the result line. */
export const resultJson = ({ close, tally, openings, countedAt }: Result): Json => ({
  ...tallyJson(tally),
  close: toBase64url(close),
  openings: toBase64url(openings),
  countedAt,
});

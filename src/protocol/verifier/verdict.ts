import type { Tally } from '../count.ts';

/** The checks of section 10. */
const CHECK_IDS = ['V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'V7', 'V8', 'V9', 'V10', 'V11'] as const;
export type CheckId = (typeof CHECK_IDS)[number];

/** Why a check fails. Each has a sentence for people in `sentences.ts`. */
export type Failure =
  // V1
  | 'MANIFEST_MALFORMED'
  | 'MANIFEST_SIGNATURE'
  | 'KEY_PROOF'
  | 'OTHER_MANIFEST'
  | 'DIGEST_MALFORMED'
  // V2, V3
  | 'CREDENTIAL'
  | 'CIPHERTEXT_RANGE'
  | 'KEY_TWICE'
  | 'BALLOTS_NOT_ASCENDING'
  // V4, V5
  | 'COUNT'
  | 'ROOT'
  | 'VOTERS_NOT_ASCENDING'
  | 'ROLL_SIZE'
  | 'VOTER_COUNT'
  | 'VOTER_ROOT'
  | 'ISSUED'
  | 'MORE_BALLOTS_THAN_ISSUED'
  | 'SERVER_SEALED'
  // V6, V7, V8
  | 'OPENING'
  | 'OPENING_COUNT'
  | 'OPENING_MALFORMED'
  | 'SPOILED_BALLOTS'
  | 'CONTESTS'
  | 'CONTEST_COUNTS'
  | 'VOTES'
  | 'SUMS'
  | 'RESULT_OF_OTHER_CLOSE'
  | 'OPENINGS_DIGEST'
  // V9
  | 'SIGNATURE'
  | 'EVENT_SEQUENCE'
  | 'EVENT_TIME'
  | 'EVENT_COUNT'
  | 'EVENTS_DIGEST'
  | 'CLOSED_EARLY'
  | 'COUNTED_BEFORE_CLOSE'
  // V10
  | 'LINK_MALFORMED'
  | 'LINK_NOT_IN_RECORD'
  | 'RECEIPT_MALFORMED'
  | 'RECEIPT_SIGNATURE'
  | 'RECEIPT_NOT_IN_RECORD'
  // V11
  | 'LINE_MALFORMED'
  | 'LINE_CUT'
  | 'LINE_OVERLONG'
  | 'LINE_OUT_OF_ORDER'
  | 'LINE_TWICE'
  | 'NO_MANIFEST_LINE'
  | 'NO_CLOSE_LINE'
  | 'OPENINGS_MISSING'
  | 'OPENINGS_EXTRA';

/** Why a check was not made, or not to its end, and so what is to be done. */
export type Gap = 'COMPARE_MANIFEST' | 'OPENINGS_NOT_GIVEN' | 'NO_MANIFEST' | 'NO_CLOSE' | 'NO_RECOUNT';

/** Why there is nothing to check. */
export type NotRequired = 'NO_RESULT_YET' | 'NOTHING_GIVEN';

export type Detail = Readonly<Record<string, string | number | boolean>>;

/** The verdict on one line of section 10's list. `line` counts from 1 in the record (or the openings file). */
export type Check = { readonly id: CheckId } & (
  | { readonly status: 'ok'; readonly detail: Detail }
  | {
      readonly status: 'failed';
      readonly reason: Failure;
      readonly line?: number;
      readonly detail: Detail;
      /** Failures of this check in all; the first one is told. */
      readonly failures: number;
    }
  | { readonly status: 'not-checked'; readonly reason: Gap }
  | { readonly status: 'not-required'; readonly reason: NotRequired }
);

/** What the record says in figures; members are absent where the record did not get that far. */
export interface Figures {
  election?: string;
  title?: string;
  /** M in base64url. */
  manifestDigest?: string;
  ballots?: number;
  voters?: number;
  marked?: number;
  /** `issued - count`: marked voters without a ballot; the most that the server could have cast in their place. */
  issuedWithoutBallot?: number;
  serverSealed?: number;
  closedAt?: string;
  /** What the result line states. */
  result?: Tally;
}

export interface Verdict {
  /** `failed` if a check failed; else `not-checked` if one was not made; `not-required` counts as ok. */
  readonly status: 'ok' | 'failed' | 'not-checked';
  /** V1 to V11, in this order. */
  readonly checks: readonly Check[];
  readonly figures: Readonly<Figures>;
}

type Failed = Extract<Check, { status: 'failed' }>;

/** Collects what is found about each check: a failure outweighs a gap, a gap outweighs "not required". */
export class Findings {
  readonly figures: Figures = {};
  readonly #failed = new Map<CheckId, Failed>();
  readonly #gaps = new Map<CheckId, Gap>();
  readonly #notRequired = new Map<CheckId, NotRequired>();
  readonly #details = new Map<CheckId, Detail>();

  fail(id: CheckId, reason: Failure, at: { readonly line?: number; readonly detail?: Detail } = {}): void {
    const first = this.#failed.get(id);
    const { line, detail = {} } = at;
    this.#failed.set(
      id,
      first === undefined
        ? { id, status: 'failed', reason, ...(line === undefined ? {} : { line }), detail, failures: 1 }
        : { ...first, failures: first.failures + 1 },
    );
  }

  /** Leaves checks open: they count as not checked unless they fail. The first reason stays. */
  leave(reason: Gap, ...ids: readonly CheckId[]): void {
    for (const id of ids) if (!this.#gaps.has(id)) this.#gaps.set(id, reason);
  }

  notRequired(reason: NotRequired, ...ids: readonly CheckId[]): void {
    for (const id of ids) this.#notRequired.set(id, reason);
  }

  /** What to tell beside an ok. */
  note(id: CheckId, detail: Detail): void {
    this.#details.set(id, { ...this.#details.get(id), ...detail });
  }

  verdict(): Verdict {
    const checks = CHECK_IDS.map((id) => this.#check(id));
    const has = (status: Check['status']): boolean => checks.some((check) => check.status === status);
    const status = has('failed') ? 'failed' : has('not-checked') ? 'not-checked' : 'ok';
    return { status, checks, figures: this.figures };
  }

  #check(id: CheckId): Check {
    const failed = this.#failed.get(id);
    if (failed !== undefined) return failed;
    const gap = this.#gaps.get(id);
    if (gap !== undefined) return { id, status: 'not-checked', reason: gap };
    const nothing = this.#notRequired.get(id);
    if (nothing !== undefined) return { id, status: 'not-required', reason: nothing };
    return { id, status: 'ok', detail: this.#details.get(id) ?? {} };
  }
}

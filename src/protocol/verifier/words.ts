import type { CheckId, Failure, Gap, NotRequired } from './verdict.ts';

/** The verifier's verdicts in one language. */
export interface VerdictWords {
  /** What each check looks at. */
  readonly subjects: Readonly<Record<CheckId, string>>;
  readonly failures: Readonly<Record<Failure, string>>;
  readonly gaps: Readonly<Record<Gap, string>>;
  readonly notRequired: Readonly<Record<NotRequired, string>>;
  readonly line: (line: number) => string;
  /** Failures beside the one that is told. */
  readonly more: (failures: number) => string;
  readonly issuedWithoutBallot: (difference: number) => string;
  readonly included: string;
  readonly marked: string;
  readonly unmarked: string;
  readonly details: Readonly<Record<'stated' | 'expected' | 'found' | 'contest', string>>;
}

export {
  type BallotChecker,
  type CheckedBallots,
  type CheckedOpenings,
  type OpeningForm,
  inlineChecker,
} from './ballot-checker.ts';
export { type Given, type GivenLink } from './given.ts';
export { sentenceOf } from './sentences.ts';
export { type Check, type CheckId, type Figures, type Verdict } from './verdict.ts';
export { type Progress, type VerifyOptions, verifyRecord } from './verify-record.ts';

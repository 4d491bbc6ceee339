export { readRoll, readRollInSteps } from './read-roll.ts';
export { MAX_FILE_BYTES, ROLL_COLUMNS } from './roll-reading.ts';
export type {
  FileErrorCode,
  ReadingProgress,
  RollColumn,
  RollReading,
  RollRow,
  RollSettings,
  RowError,
  RowErrorCode,
} from './roll-reading.ts';
export { describeFileError, describeRowError } from './texts.ts';

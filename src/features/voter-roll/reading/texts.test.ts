import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../domain/election.ts';
import type { FileErrorCode, RowErrorCode } from './roll-reading.ts';
import { describeFileError, describeRowError } from './texts.ts';

const ROW_CODES: readonly RowErrorCode[] = [
  'EMAIL_MISSING',
  'EMAIL_INVALID',
  'DOMAIN_NOT_ALLOWED',
  'EMAIL_DUPLICATE',
  'NAME_MISSING',
  'PROMOTION_UNKNOWN',
  'BUILDING_UNKNOWN',
  'COLUMN_COUNT',
];
const FILE_CODES: readonly FileErrorCode[] = [
  'EMPTY_FILE',
  'UNSUPPORTED_FORMAT',
  'TOO_LARGE',
  'UNBALANCED_QUOTE',
  'NO_EMAIL_COLUMN',
  'NOT_A_TABLE',
];

describe.each(LANGUAGES)('sentences in %s', (language) => {
  it.each(ROW_CODES)('%s: what is wrong, and the remedy', (code) => {
    const sentence = describeRowError(language, {
      line: 3,
      column: 'email',
      code,
      value: 'x',
      earlierLine: 2,
    });
    expect(sentence).not.toMatch(/[{}]|null|undefined/);
    expect(sentence.match(/[.]/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it.each(FILE_CODES)('%s: what is wrong, and the remedy', (code) => {
    expect(describeFileError(language, code).match(/[.]/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it('show a cell as it is, even if it looks like a placeholder', () => {
    const value = '$& {earlier} <b>';
    const error = { line: 3, column: 'email', code: 'EMAIL_INVALID', value, earlierLine: null } as const;
    expect(describeRowError(language, error)).toContain(value);
  });
});

import type { FileErrorCode, RowGenerator, RowSequence } from './roll-reading.ts';
import { OdsSheetHandler } from './ods-sheet.ts';
import { readPart } from './xml-part.ts';
import type { ZipDirectory, ZipEntry } from './zip.ts';
import { UnfoldBudget, unfoldEntry } from './zip.ts';

const MIME_TYPES: readonly string[] = [
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.spreadsheet-template',
];
const LONGEST_MIME_TYPE = 256;

/** The short text in the entry `mimetype`; null if it is not there or not readable. */
function mimeType(parts: ZipDirectory): string | null {
  const entry = parts.get('mimetype');
  if (entry === undefined) return null;
  let text = '';
  for (const step of unfoldEntry(entry, new UnfoldBudget(LONGEST_MIME_TYPE))) {
    if (typeof step === 'string') return null;
    text += new TextDecoder().decode(step.bytes);
  }
  return text.trim();
}

function* sheetRows(content: ZipEntry, budget: UnfoldBudget): RowGenerator {
  const handler = new OdsSheetHandler(budget);
  const reading = readPart(content, budget, handler);
  for (;;) {
    const step = reading.next();
    for (const { row, repeated } of handler.takeRows()) {
      for (let copy = 0; copy < repeated; copy += 1) yield { ...row, line: row.line + copy };
    }
    if (step.done !== true) {
      handler.share = step.value;
      continue;
    }
    if (step.value !== null) yield step.value;
    return undefined;
  }
}

/** Opens the first visible sheet of an .ods; null if the archive is none. Its rows can be gone through again. */
export function openOds(
  parts: ZipDirectory,
  budget: UnfoldBudget,
): (() => RowSequence) | FileErrorCode | null {
  const type = mimeType(parts);
  if (type === null || !MIME_TYPES.includes(type)) return null;
  const content = parts.get('content.xml');
  if (content === undefined) return 'UNSUPPORTED_FORMAT';
  return () => sheetRows(content, new UnfoldBudget(budget.left));
}

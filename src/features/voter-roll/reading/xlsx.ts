import type { FileErrorCode, RowGenerator, RowSequence } from './roll-reading.ts';
import type { XmlHandler } from './xml.ts';
import { readPart, readWholePart } from './xml-part.ts';
import { RelationshipsHandler, StylesHandler, WorkbookHandler } from './xlsx-parts.ts';
import type { CellContext } from './xlsx-sheet.ts';
import { XlsxSheetHandler } from './xlsx-sheet.ts';
import { SharedStringsHandler } from './xlsx-strings.ts';
import type { ZipDirectory, ZipEntry } from './zip.ts';
import { UnfoldBudget } from './zip.ts';

/** Path of the relationships of a part: `xl/workbook.xml` has them in `xl/_rels/workbook.xml.rels`. */
const relationshipsOf = (path: string): string => path.replace(/([^/]*)$/, '_rels/$1.rels');
const folderOf = (path: string): string => path.replace(/\/?[^/]*$/, '');

/** Reads a part that need not be there. */
function readOptional(
  parts: ZipDirectory,
  path: string | null,
  budget: UnfoldBudget,
  handler: XmlHandler,
): FileErrorCode | null {
  const entry = path === null ? undefined : parts.get(path);
  return entry === undefined ? null : readWholePart(entry, budget, handler);
}

function* sheetRows(sheet: ZipEntry, context: CellContext, budget: UnfoldBudget): RowGenerator {
  const handler = new XlsxSheetHandler(context, budget);
  const reading = readPart(sheet, budget, handler);
  for (;;) {
    const step = reading.next();
    yield* handler.takeRows();
    if (step.done !== true) {
      handler.share = step.value;
      continue;
    }
    if (step.value !== null) yield step.value;
    return undefined;
  }
}

/** Opens the first visible sheet of an .xlsx; null if the archive is none. Its rows can be gone through again. */
export function openXlsx(
  parts: ZipDirectory,
  budget: UnfoldBudget,
): (() => RowSequence) | FileErrorCode | null {
  const roots = new RelationshipsHandler('');
  const rootError = readOptional(parts, '_rels/.rels', budget, roots);
  if (rootError !== null) return rootError;
  const workbookPath = roots.targetOf('officeDocument');
  const workbookEntry = workbookPath === null ? undefined : parts.get(workbookPath);
  if (workbookPath === null || workbookEntry === undefined) return null;

  const workbook = new WorkbookHandler();
  const related = new RelationshipsHandler(folderOf(workbookPath));
  const workbookError =
    readWholePart(workbookEntry, budget, workbook) ??
    readOptional(parts, relationshipsOf(workbookPath), budget, related);
  if (workbookError !== null) return workbookError;

  const sheetPath = workbook.visibleSheetIds
    .map((id) => related.byId.get(id))
    .find((sheet) => sheet?.kind === 'worksheet')?.target;
  if (sheetPath === undefined) return 'EMPTY_FILE';
  const sheet = parts.get(sheetPath);
  if (sheet === undefined) return 'UNSUPPORTED_FORMAT';

  const strings = new SharedStringsHandler();
  const styles = new StylesHandler();
  const partError =
    readOptional(parts, related.targetOf('sharedStrings'), budget, strings) ??
    readOptional(parts, related.targetOf('styles'), budget, styles);
  if (partError !== null) return partError;

  const context = { strings: strings.strings, isDate: styles.isDate, is1904: workbook.is1904 };
  const left = budget.left;
  return () => sheetRows(sheet, context, new UnfoldBudget(left));
}

import { openOds } from './ods.ts';
import type { FileErrorCode, RowSequence } from './roll-reading.ts';
import { MAX_UNFOLDED_BYTES } from './roll-reading.ts';
import { openXlsx } from './xlsx.ts';
import { UnfoldBudget, readZipDirectory } from './zip.ts';

/**
 * Opens the first visible sheet of a workbook (.xlsx or .ods). The result goes through its rows from the start,
 * each time it is called. UNSUPPORTED_FORMAT: an archive that is no workbook, or is damaged or locked;
 * TOO_LARGE: it would unfold to over 100 MB.
 */
export function openWorkbook(file: Uint8Array): (() => RowSequence) | FileErrorCode {
  const parts = readZipDirectory(file);
  if (parts === null) return 'UNSUPPORTED_FORMAT';
  let promised = 0;
  for (const entry of parts.values()) promised += entry.size;
  if (promised > MAX_UNFOLDED_BYTES) return 'TOO_LARGE';
  const budget = new UnfoldBudget(MAX_UNFOLDED_BYTES);
  return openOds(parts, budget) ?? openXlsx(parts, budget) ?? 'UNSUPPORTED_FORMAT';
}

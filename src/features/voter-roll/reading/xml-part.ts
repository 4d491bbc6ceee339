import type { FileErrorCode } from './roll-reading.ts';
import type { XmlHandler } from './xml.ts';
import { XmlReader } from './xml.ts';
import type { UnfoldBudget, ZipEntry } from './zip.ts';
import { unfoldEntry } from './zip.ts';

function decodeStep(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/**
 * Unfolds and reads one part of a workbook. Yields, after each step, the share (0 to 1) that is behind us;
 * returns the reason why the part cannot be read, or null.
 */
export function* readPart(
  entry: ZipEntry,
  budget: UnfoldBudget,
  handler: XmlHandler,
): Generator<number, FileErrorCode | null, undefined> {
  const reader = new XmlReader(handler);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (const step of unfoldEntry(entry, budget)) {
    if (typeof step === 'string') return step;
    const text = decodeStep(decoder, step.bytes);
    if (text === null || !reader.push(text)) return handler.refusal ?? 'UNSUPPORTED_FORMAT';
    if (handler.refusal !== null) return handler.refusal;
    yield step.share;
  }
  return reader.end() ? handler.refusal : 'UNSUPPORTED_FORMAT';
}

/** Reads a part to its end; the reason why it cannot be read, or null. */
export function readWholePart(
  entry: ZipEntry,
  budget: UnfoldBudget,
  handler: XmlHandler,
): FileErrorCode | null {
  const reading = readPart(entry, budget, handler);
  for (;;) {
    const step = reading.next();
    if (step.done === true) return step.value;
  }
}

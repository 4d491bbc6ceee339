import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, accept } from '../../protocol/outcome.ts';

/** Voters a transaction: short enough that a ballot being cast does not wait. */
export const VOTERS_AT_ONCE = 1_000;

/** What one transaction queued. */
export interface QueuedPart {
  readonly count: number;
  /** The e-mail address of the last voter it looked at; undefined where there was none left. */
  readonly last: string | undefined;
}

/** Queues part after part, each in a transaction of its own. Answers how many e-mails it were. */
export async function queueAll(
  queueSome: (after: string) => Promise<Outcome<QueuedPart, RefusalCode>>,
  onProgress: (queued: number) => void = () => undefined,
): Promise<Outcome<number, RefusalCode>> {
  let queued = 0;
  let after: string | undefined = '';
  while (after !== undefined) {
    const part: Outcome<QueuedPart, RefusalCode> = await queueSome(after);
    if (!part.ok) return part;
    queued += part.value.count;
    after = part.value.last;
    if (after !== undefined) onProgress(queued);
  }
  return accept(queued);
}

import { z } from 'zod';
import { parseInput } from '../../domain/input-faults.ts';
import { requiredLine } from '../../domain/text-fields.ts';
import { type Refusal, accept } from '../../protocol/outcome.ts';

const schema = z.object({ reason: requiredLine(500) });

/** The reason of a moved closing time: one line, never empty, kept in the audit log. */
export function parseReason(
  reason: string,
): { readonly ok: true; readonly value: string } | Refusal<'INVALID_INPUT'> {
  const parsed = parseInput(schema, { reason });
  return parsed.ok ? accept(parsed.value.reason) : parsed;
}

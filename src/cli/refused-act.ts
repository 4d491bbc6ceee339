import { approvedActIn } from '../domain/approvals.ts';
import type { RefusalCode } from '../domain/refusals.ts';
import { askForApproval } from '../features/approvals/index.ts';
import type { Refusal } from '../protocol/outcome.ts';
import type { Runtime } from '../runtime.ts';
import { type CommonOptions, refused } from './terminal.ts';

/** Says a refusal; one for want of an approval also puts the request before the admins, who find it in the browser. */
export async function refusedAct(
  runtime: Runtime,
  options: CommonOptions,
  refusal: Refusal<RefusalCode>,
): Promise<number> {
  const { election, act } = refusal.detail;
  const asked = approvedActIn(act);
  if (refusal.code === 'NEEDS_APPROVAL' && asked !== undefined) {
    const request = { electionId: String(election), act: asked, actor: 'cli', role: 'admin' } as const;
    await askForApproval(runtime, request);
  }
  return refused(options, refusal);
}

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RefusalCode } from './domain/refusals.ts';
import { forgetCredentialKey } from './election-keys.ts';
import { sweepLogos } from './logos.ts';
import { removeFromMailbox } from './mail/mailbox.ts';
import { type Outcome, accept, refuse } from './protocol/outcome.ts';
import type { Runtime } from './runtime.ts';
import { requireApproval } from './store/approvals.ts';
import { type Actor, appendAudit } from './store/audit.ts';
import { lockForAct } from './store/elections.ts';
import { type ElectionContent, deleteElection, electionContent, messageIdsOf } from './store/reset.ts';

export interface ResetReport extends ElectionContent {
  readonly title: string;
  /** Mails removed from the embedded mailbox, roll files that waited for their confirmation. */
  readonly keptMails: number;
  readonly keptRolls: number;
}

/**
 * Deletes an election in whatever state it is, with its roll, keys, urn and files. Staff, settings and the audit log stay.
 * Refuses unless `typedTitle` is its title, and without the second person where two decide. Backups are not touched.
 */
export async function resetElection(
  runtime: Runtime,
  request: { readonly electionId: string; readonly actor: Actor; readonly typedTitle: string },
): Promise<Outcome<ResetReport, RefusalCode>> {
  const { electionId, actor, typedTitle } = request;
  // opened keys stand in memory under the manifest that is about to go
  await forgetCredentialKey(runtime, electionId);
  const deleted = await runtime.store.inTransaction(async (trx) => {
    const now = runtime.clock.now();
    const locked = await lockForAct(trx, electionId, 'reset', now);
    if (!locked.ok) return locked;
    const { title } = locked.value.election;
    if (typedTitle.trim() !== title.trim()) return refuse('TITLE_DIFFERS', { title });
    const approved = await requireApproval(trx, { electionId, act: 'reset', actor, now });
    if (!approved.ok) return approved;
    const content = await electionContent(trx, electionId);
    const messageIds = await messageIdsOf(trx, electionId);
    await deleteElection(trx, electionId);
    const fields = { title, voters: content.voters };
    await appendAudit(trx, { at: now, actor, electionId, kind: 'election-reset', fields });
    return accept({ title, content, messageIds });
  });
  if (!deleted.ok) return deleted;
  const { title, content, messageIds } = deleted.value;
  const keptMails = await removeFromMailbox(join(runtime.config.varDir, 'mail'), messageIds);
  const keptRolls = await removeKeptRolls(join(runtime.config.varDir, 'imports'));
  await sweepLogos(runtime);
  return accept({ ...content, title, keptMails, keptRolls });
}

/** Files between preview and confirmation do not tell their election: all of them go, they can be chosen again. */
async function removeKeptRolls(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) await rm(join(folder, name), { force: true });
  return names.length;
}

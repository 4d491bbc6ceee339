import { checkPreconditions } from '../features/deliberation/index.ts';
import { brokenAuditEntry } from '../store/audit.ts';
import { findCloseLine } from '../store/record.ts';
import { snapshotFacts } from '../store/snapshot-facts.ts';
import type { Reader } from '../store/store.ts';

/** Which entry of the audit log does not follow from the one before it, in words. */
export async function auditFault(reader: Reader): Promise<string | undefined> {
  const broken = await brokenAuditEntry(reader);
  return broken === undefined ? undefined : `entry ${broken} of the audit log was changed`;
}

/** Which election's urn or roll marks are not those of its signed close, in words. Open urns are not looked at. */
export async function urnFault(reader: Reader): Promise<string | undefined> {
  const { elections } = await snapshotFacts(reader);
  for (const { id, title } of elections) {
    if ((await findCloseLine(reader, id)) === undefined) continue;
    const { checks } = await checkPreconditions(reader, id);
    const broken = checks.find(({ holds }) => !holds);
    if (broken !== undefined) return `the ${broken.name} of “${title}” do not match its close`;
  }
  return undefined;
}

/** What of the stored data contradicts itself; undefined where nothing does. */
export const databaseFault = async (reader: Reader): Promise<string | undefined> =>
  (await auditFault(reader)) ?? urnFault(reader);

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, makeFolders } from '../config.ts';
import type { RefusalCode } from '../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../protocol/outcome.ts';
import { type Runtime, closeRuntime, databaseFile, openRuntime } from '../runtime.ts';
import { loadServerSecret } from '../secret.ts';
import { appendAudit } from '../store/audit.ts';
import { openCopy } from '../store/backup.ts';
import { endRestoredSessions } from '../store/restored-sessions.ts';
import { takeServerLock } from '../store/server-lock.ts';
import { type SnapshotFacts, snapshotFacts } from '../store/snapshot-facts.ts';
import { readWitness, witnessFile } from '../witness.ts';
import { type BackupManifest, SECRET_FILE, secretCheckOf, snapshotSchema } from './backup-manifest.ts';
import { type Losses, findLosses } from './find-losses.ts';
import { putBack } from './put-back.ts';
import { readBackup } from './read-backup.ts';

export interface RestoreRequest {
  /** The folder that `backup` made. */
  readonly from: string;
  /** Another witness than the one beside the logs. */
  readonly witness: SnapshotFacts | undefined;
  /** How many people have voted in all, where somebody counted. */
  readonly expectedVoted: number | undefined;
}

export interface RestorePlan {
  readonly from: string;
  readonly manifest: BackupManifest;
  readonly losses: Losses;
}

/** A witness file's content, checked; undefined where it is none. */
export const parseWitness = (value: unknown): SnapshotFacts | undefined =>
  snapshotSchema.safeParse(value).data;

/** Checks a backup wholly and says what would be lost with it; changes nothing, and may run beside a server. */
export async function planRestore(
  config: Config,
  { from, witness, expectedVoted }: RestoreRequest,
): Promise<Outcome<RestorePlan, RefusalCode>> {
  const manifest = await readBackup(from);
  if (!manifest.ok) return manifest;
  if (!fitsSecret(config, manifest.value)) return refuse('OTHER_SECRET');
  const known = [witness ?? readWitness(witnessFile(config), parseWitness), await presentFacts(config)];
  const snapshots = known.filter((one) => one !== undefined);
  const losses = findLosses(manifest.value.snapshot, { snapshots, expectedVoted });
  return accept({ from, manifest: manifest.value, losses });
}

/** Whether the secret that will be in force after the restore is the one that the backup was made under. */
function fitsSecret(config: Config, manifest: BackupManifest): boolean {
  if (config.secretKey === undefined && SECRET_FILE in manifest.files) return true;
  const file = join(config.varDir, SECRET_FILE);
  if (config.secretKey === undefined && !existsSync(file)) return false;
  return (
    secretCheckOf(loadServerSecret(config.secretKey, file, { isFirstStart: false })) === manifest.secretCheck
  );
}

/** What the present database says, where it still can. */
async function presentFacts(config: Config): Promise<SnapshotFacts | undefined> {
  try {
    const present = openCopy(databaseFile(config));
    try {
      return await snapshotFacts(present.read);
    } finally {
      await present.close();
    }
  } catch {
    // there is none, or it is what made the restore necessary
    return undefined;
  }
}

/**
 * Carries a plan out: SERVER_RUNS while a server works here. Signed-in sessions of the backup are ended (they may have
 * been signed out since), the act is audited. Answers the names of the files put aside.
 */
export async function restoreBackup(
  config: Config,
  plan: RestorePlan,
  now: number,
): Promise<Outcome<readonly string[], RefusalCode>> {
  makeFolders(config);
  const lock = takeServerLock(join(config.varDir, 'server.lock'));
  if (lock === undefined) return refuse('SERVER_RUNS');
  try {
    const aside = await putBack(config, plan.from, plan.manifest, now);
    if (!aside.ok) return aside;
    const runtime = await openRuntime(config);
    try {
      await noteRestore(runtime, plan, now);
    } finally {
      await closeRuntime(runtime);
    }
    return aside;
  } finally {
    lock.release();
  }
}

async function noteRestore({ store }: Runtime, plan: RestorePlan, now: number): Promise<void> {
  const madeAt = new Date(plan.manifest.madeAt).toISOString();
  await store.inTransaction(async (trx) => {
    await endRestoredSessions(trx);
    const fields = { madeAt, lost: plan.losses.votes };
    await appendAudit(trx, { at: now, actor: 'cli', kind: 'restored', fields });
    return accept(undefined);
  });
}

import { resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { type RestorePlan, parseWitness, planRestore, restoreBackup } from '../operation/restore-backup.ts';
import type { SnapshotFacts } from '../store/snapshot-facts.ts';
import { readWitness } from '../witness.ts';
import { confirmation } from './confirm.ts';
import { EXIT, UsageError, answer, guarded, isoInstant, refused, say } from './terminal.ts';

export interface RestoreOptions {
  readonly from: string;
  readonly witness?: string;
  readonly expectedVoted?: string;
  readonly confirm?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const WORD = 'restore';

/** `restore --from DIR`: checks the backup, says what is lost with it, asks, then puts it in place. */
export const restoreCommand = (options: RestoreOptions): Promise<number> =>
  guarded(async () => {
    const config = readConfig();
    const plan = await planRestore(config, {
      from: resolve(options.from),
      witness: namedWitness(options),
      expectedVoted: expectedVoted(options),
    });
    if (!plan.ok) return refused(options, plan);
    const told = [
      `The backup of ${isoInstant(plan.value.manifest.madeAt)} is whole.`,
      ...lossesOf(plan.value),
    ];
    const { manifest, losses } = plan.value;
    const fields = { madeAt: isoInstant(manifest.madeAt), lostVotes: losses.votes, ...losses };
    if (options.dryRun === true) return answer(options, told.join('\n'), { ...fields, restored: false });
    if (options.json !== true) say(told.join('\n'));
    const typed = await confirmation(
      options.confirm,
      `To put it in the place of the present data type ${WORD}`,
    );
    if (typed !== WORD) throw new UsageError(`nothing was restored: ${WORD} was not typed`);
    const restored = await restoreBackup(config, plan.value, Date.now());
    if (!restored.ok) return refused(options, restored);
    const aside = restored.value.map((name) => `\nThe data of before is kept as ${name}.`).join('');
    answer(options, `Restored.${aside}`, { ...fields, restored: true, aside: restored.value });
    return losses.votes > 0 ? EXIT.partial : EXIT.done;
  });

function namedWitness({ witness }: RestoreOptions): SnapshotFacts | undefined {
  if (witness === undefined) return undefined;
  const read = readWitness(witness, parseWitness);
  if (read === undefined) throw new UsageError(`${witness} is not a witness: see docs/operate.md`);
  return read;
}

function expectedVoted({ expectedVoted: given }: RestoreOptions): number | undefined {
  if (given === undefined) return undefined;
  if (!/^\d{1,9}$/.test(given)) throw new UsageError('--expected-voted is a number of people');
  return Number(given);
}

function lossesOf({ losses, manifest }: RestorePlan): string[] {
  const lines = losses.elections.map(({ title, votes, isWhole }) =>
    isWhole
      ? `  ${title}: the whole election is not in it (${votes} voted)`
      : `  ${title}: ${votes} voted after it`,
  );
  if (losses.votes > 0) {
    lines.unshift(`LOST: ${losses.votes} voters voted after this backup. Their ballots are not in it:`);
    lines.push(
      'While voting is open they can vote again with the same link. Tell them; their receipts are void.',
    );
  }
  if (losses.acts > 0) lines.push(`${losses.acts} acts of the audit log are later than this backup.`);
  if (manifest.snapshot.elections.some(({ state }) => state === 'open')) {
    lines.push(
      'Whoever was sending a ballot at the very moment of the backup may be marked without it: their receipt tells.',
    );
  }
  return lines.length === 0 ? ['Nothing is known of anything after it.'] : lines;
}

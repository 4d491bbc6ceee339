import type { SnapshotFacts } from '../store/snapshot-facts.ts';

export interface Losses {
  /** Voters who voted after the backup, as far as anything outside it knows: their ballots are not in it. */
  readonly votes: number;
  /** Acts in the audit log after the backup. */
  readonly acts: number;
  /** Elections that lose something, each with the voters who voted after the backup; `isWhole`: it is not in it at all. */
  readonly elections: readonly {
    readonly title: string;
    readonly votes: number;
    readonly isWhole: boolean;
  }[];
}

/** What is known of the time after a backup, from anywhere but the backup itself. */
export interface LaterKnowledge {
  /** The witness, the present database. */
  readonly snapshots: readonly SnapshotFacts[];
  /** How many people have voted in all, where somebody counted. */
  readonly expectedVoted: number | undefined;
}

/** Compares a backup with everything that is known from after it: what is missing in it has been lost with it. */
export function findLosses(backup: SnapshotFacts, { snapshots, expectedVoted }: LaterKnowledge): Losses {
  const latest = new Map<string, { title: string; marked: number }>();
  for (const { id, title, marked } of snapshots.flatMap(({ elections }) => elections)) {
    latest.set(id, { title, marked: Math.max(marked, latest.get(id)?.marked ?? 0) });
  }
  const saved = new Map(backup.elections.map(({ id, marked }) => [id, marked]));
  const elections = [...latest].flatMap(([id, { title, marked }]) => {
    const isWhole = !saved.has(id);
    const votes = Math.max(0, marked - (saved.get(id) ?? 0));
    return isWhole || votes > 0 ? [{ title, votes, isWhole }] : [];
  });
  const known = elections.reduce((sum, { votes }) => sum + votes, 0);
  const savedVotes = backup.elections.reduce((sum, { marked }) => sum + marked, 0);
  return {
    votes: Math.max(known, (expectedVoted ?? 0) - savedVotes),
    acts: Math.max(0, ...snapshots.map(({ auditSeq }) => auditSeq - backup.auditSeq)),
    elections,
  };
}

import { type Tally, emptyTally } from '../../protocol/count.ts';
import type { Manifest } from '../../protocol/manifest.ts';

/** What voters wanted, counted on the side without any cryptography: the tally must equal it. */
export class Oracle {
  readonly tally: Tally;
  readonly #manifest: Manifest;

  constructor(manifest: Manifest) {
    this.#manifest = manifest;
    this.tally = emptyTally(manifest);
  }

  /** `selections`: per contest the chosen candidate ids; empty is blank. */
  add(selections: readonly (readonly string[])[]): void {
    for (const [i, contest] of this.#manifest.contests.entries()) {
      const counted = this.tally.contests[i];
      const chosen = selections[i] ?? [];
      if (counted === undefined) continue;
      if (chosen.length === 0) counted.blank++;
      else counted.valid++;
      for (const [j, { id }] of contest.candidates.entries()) {
        if (chosen.includes(id)) counted.votes[j] = (counted.votes[j] ?? 0) + 1;
      }
    }
  }
}

/** A choice that differs from voter to voter: now and then blank, never more than the contest allows. */
export function someSelections(manifest: Manifest, random: () => number): string[][] {
  return manifest.contests.map(({ candidates, max }) => {
    if (random() < 0.07) return [];
    const count = 1 + Math.floor(random() * max);
    const shuffled = candidates.map(({ id }) => ({ id, key: random() })).sort((a, b) => a.key - b.key);
    return shuffled.slice(0, count).map(({ id }) => id);
  });
}

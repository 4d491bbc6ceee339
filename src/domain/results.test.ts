import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contestResult } from './results.ts';

const count = (votes: readonly number[], valid = votes.reduce((sum, n) => sum + n, 0)) => ({
  valid,
  blank: 0,
  spoiled: 0,
  candidates: votes.map((n, i) => ({ id: String(i), name: `Candidate ${i}`, votes: n })),
});

describe('contestResult', () => {
  it('names the winner and the lead', () => {
    const { outcome, ranking } = contestResult(count([3, 7, 5]));
    expect(outcome).toMatchObject({ kind: 'winner', winner: { id: '1' }, lead: 2 });
    expect(ranking.map(({ id, rank }) => [id, rank])).toEqual([
      ['1', 1],
      ['2', 2],
      ['0', 3],
    ]);
  });

  it('says a tie instead of naming a winner', () => {
    const { outcome } = contestResult(count([4, 1, 4]));
    expect(outcome).toMatchObject({ kind: 'tie', tied: [{ id: '0' }, { id: '2' }] });
  });

  it('has no winner without votes', () => {
    expect(contestResult(count([0, 0])).outcome).toEqual({ kind: 'no-votes' });
  });

  it('gives shares of the valid ballots, which may sum to more than one with approval', () => {
    const { ranking } = contestResult(count([8, 6], 10));
    expect(ranking.map(({ share }) => share)).toEqual([0.8, 0.6]);
  });

  it('ranks equal votes equally, whatever the votes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }), (votes) => {
        const { ranking } = contestResult(count(votes));
        for (const a of ranking) {
          for (const b of ranking) expect(Math.sign(b.votes - a.votes)).toBe(Math.sign(a.rank - b.rank));
        }
      }),
    );
  });
});

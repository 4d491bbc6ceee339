import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, LEAST_SHOWN, shownCells } from './participation.ts';

const cell = (name: string, registered: number, marked = 0): Cell => ({ name, registered, marked });
const briefly = (cells: readonly Cell[], order: readonly string[] = []) =>
  shownCells(cells, order).map(({ kind, name, registered }) => `${kind} ${name} ${registered}`);

describe('what is shown of a roll', () => {
  it('is one cell where nobody belongs to a building', () => {
    expect(shownCells([cell('', 40, 12)], ['Perrault'])).toEqual([
      { kind: 'all', name: '', registered: 40, marked: 12 },
    ]);
    expect(shownCells([], [])).toEqual([{ kind: 'all', name: '', registered: 0, marked: 0 }]);
  });

  it('follows the order of the settings, then the name; who belongs to none comes last', () => {
    const cells = [cell('', 6), cell('Zola', 9), cell('Dupont', 7), cell('Perrault', 8)];
    expect(briefly(cells, ['Perrault'])).toEqual([
      'named Perrault 8',
      'named Dupont 7',
      'named Zola 9',
      'none  6',
    ]);
  });

  it('merges the small ones', () => {
    expect(briefly([cell('A', 10), cell('B', 4), cell('C', 3)])).toEqual(['named A 10', 'merged  7']);
  });

  it('takes a larger one in where one small cell would follow from the total', () => {
    expect(briefly([cell('A', 10), cell('B', 20), cell('C', 4)])).toEqual(['named B 20', 'merged  14']);
    expect(briefly([cell('A', 10), cell('', 4), cell('C', 30)])).toEqual(['named C 30', 'merged  14']);
  });

  it('shows the total alone where the rest would be too few', () => {
    expect(briefly([cell('A', 10), cell('B', 4)])).toEqual(['all  14']);
    expect(briefly([cell('A', 1), cell('B', 2)])).toEqual(['all  3']);
    expect(briefly([cell('A', 4), cell('B', 4)])).toEqual(['all  8']);
  });

  it('never lets fewer than five be told apart, alone or by difference', () => {
    const cells = fc
      .uniqueArray(
        fc.record({
          name: fc.constantFrom('', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
          registered: fc.nat(12),
        }),
        {
          selector: ({ name }) => name,
        },
      )
      .map((list) => list.map(({ name, registered }) => cell(name, registered, Math.floor(registered / 2))));
    fc.assert(
      fc.property(cells, (list) => {
        const total = list.reduce((sum, { registered }) => sum + registered, 0);
        const marked = list.reduce((sum, one) => sum + one.marked, 0);
        const shown = shownCells(list, ['b', 'a']);
        expect(shown.reduce((sum, { registered }) => sum + registered, 0)).toBe(total);
        expect(shown.reduce((sum, one) => sum + one.marked, 0)).toBe(marked);
        // every set of cells that somebody may add up, and the total less it
        for (let set = 1; set < 2 ** shown.length - 1; set += 1) {
          const part = shown
            .filter((_, at) => (set >> at) % 2 === 1)
            .reduce((sum, { registered }) => sum + registered, 0);
          expect(part).toBeGreaterThanOrEqual(LEAST_SHOWN);
          expect(total - part).toBeGreaterThanOrEqual(LEAST_SHOWN);
        }
      }),
    );
  });
});

/** Turnout of a part of the roll. The name is empty for voters who belong to none. */
export interface Cell {
  readonly name: string;
  /** How many are on the roll. */
  readonly registered: number;
  /** How many of them have been issued a credential. */
  readonly marked: number;
}

/** `named`: one building or promotion; `none`: voters without one; `merged`: several small ones; `all`: the whole roll. */
export interface ShownCell extends Cell {
  readonly kind: 'named' | 'none' | 'merged' | 'all';
}

/** Fewer people than this are never shown on their own: who has voted would be known of each. */
export const LEAST_SHOWN = 5;

const sumOf = (cells: readonly Cell[], name: string): Cell => ({
  name,
  registered: cells.reduce((sum, cell) => sum + cell.registered, 0),
  marked: cells.reduce((sum, cell) => sum + cell.marked, 0),
});

/**
 * What may be shown of a roll's turnout, in the order of `order`, then by name; the merged cell and voters without one
 * come last. Small cells become one, and that one takes in the next smallest until it is large enough itself, since
 * otherwise the total less the others would tell it. Where nobody belongs to one, or all would merge, there is one cell.
 */
export function shownCells(cells: readonly Cell[], order: readonly string[]): readonly ShownCell[] {
  const bySize = cells
    .filter(({ registered }) => registered > 0)
    .toSorted((a, b) => a.registered - b.registered || compare(a.name, b.name));
  const whole: ShownCell = { ...sumOf(bySize, ''), kind: 'all' };
  if (bySize.every(({ name }) => name === '')) return [whole];

  let taken = bySize.findIndex(({ registered }) => registered >= LEAST_SHOWN);
  if (taken < 0) return [whole];
  const merged = (): Cell => sumOf(bySize.slice(0, taken), '');
  while (taken > 0 && taken < bySize.length && merged().registered < LEAST_SHOWN) taken += 1;
  if (taken === bySize.length) return [whole];

  const place = (name: string): number => {
    const at = order.indexOf(name);
    return at < 0 ? order.length : at;
  };
  const alone = bySize.slice(taken);
  return [
    ...alone
      .filter(({ name }) => name !== '')
      .toSorted((a, b) => place(a.name) - place(b.name) || compare(a.name, b.name))
      .map((cell): ShownCell => ({ ...cell, kind: 'named' })),
    ...(taken === 0 ? [] : [{ ...merged(), kind: 'merged' } as const]),
    ...alone.filter(({ name }) => name === '').map((cell): ShownCell => ({ ...cell, kind: 'none' })),
  ];
}

/** Of equal ranks by name; code units, so that the order is the same everywhere. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

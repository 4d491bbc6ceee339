/** The figures of var/bench.json, by name. */
export type FigureName =
  | 'seal.medianMs'
  | 'cast.votersPerSecond'
  | 'cast.p99Ms'
  | 'open.ratio2048'
  | 'open.ratio3072'
  | 'open.ratio4096'
  | 'roll.pageP95Ms'
  | 'verify.ballotsPerSecond';

/** One measured value beside the limit that it is judged by. */
export interface Figure {
  readonly name: FigureName;
  readonly value: number;
  readonly limit: number;
  /** What the limit is and how it was found. */
  readonly limitWhat: string;
  /** What the product promises: at least or at most this value. */
  readonly target?: { readonly atLeast: number } | { readonly atMost: number };
  /** Further findings of the same run, a sentence each. */
  readonly notes?: readonly string[];
}

export const ratioOf = ({ value, limit }: Figure): number => value / limit;

export function meetsTarget({ value, target }: Figure): boolean {
  if (target === undefined) return true;
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
}

/** How much work a run does: all of it, or as little as still says something. */
export interface Effort {
  readonly isQuick: boolean;
}

/** The value below which the share `q` of `values` lies (nearest rank). */
export function quantile(values: Iterable<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = Math.max(0, Math.ceil(q * sorted.length) - 1);
  const value = sorted[at];
  if (value === undefined) throw new RangeError('no values');
  return value;
}

import { type FieldFaults, fault } from '../../domain/input-faults.ts';
import { readTime } from '../../domain/wall-time.ts';
import type { AuditFilter } from '../../store/audit-search.ts';

/** The filter as it is filled in; empty: not asked for. Times are wall times of the page's zone. */
export interface TypedFilter {
  readonly election: string;
  readonly kind: string;
  readonly actor: string;
  readonly from: string;
  readonly until: string;
}

const FILTER_NAMES = ['election', 'kind', 'actor', 'from', 'until'] as const;

export const typedFilter = (query: (name: string) => string | undefined): TypedFilter => {
  const [election, kind, actor, from, until] = FILTER_NAMES.map((name) => query(name)?.trim() ?? '');
  return {
    election: election ?? '',
    kind: kind ?? '',
    actor: actor ?? '',
    from: from ?? '',
    until: until ?? '',
  };
};

/** Which entries are asked for. A time that cannot be read is told and filters nothing. */
export function readFilter(
  typed: TypedFilter,
  timeZone: string,
): { readonly filter: AuditFilter; readonly faults: FieldFaults } {
  const faults: Record<string, string> = {};
  const instant = (name: 'from' | 'until'): number | undefined => {
    if (typed[name] === '') return undefined;
    const time = readTime(typed[name], timeZone, name === 'from' ? 'first' : 'last');
    if (time.ok) return time.value.at;
    faults[name] = fault(time.code, time.detail['limit']);
    return undefined;
  };
  const filter = {
    electionId: typed.election === '' ? undefined : typed.election,
    kind: typed.kind === '' ? undefined : typed.kind,
    actor: typed.actor === '' ? undefined : typed.actor,
    from: instant('from'),
    until: instant('until'),
  };
  return { filter, faults };
}

/** The same with instants in the place of wall times: it asks for the same in any zone. */
export const inUtc = (typed: TypedFilter, { from, until }: AuditFilter): TypedFilter => ({
  ...typed,
  from: from === undefined ? '' : new Date(from).toISOString(),
  until: until === undefined ? '' : new Date(until).toISOString(),
});

/** The query of an address that asks for the same. */
export const queryOf = (typed: TypedFilter, more: Readonly<Record<string, string>> = {}): string => {
  const given = FILTER_NAMES.flatMap((name) => (typed[name] === '' ? [] : [[name, typed[name]]]));
  return new URLSearchParams([...given, ...Object.entries(more)]).toString();
};

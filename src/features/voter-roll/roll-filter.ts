import type { OpenStanding } from '../../store/link-standing.ts';
import type { RollQuery } from '../../store/voters.ts';
import type { PageContext } from '../../views/route.ts';
import { foldCell } from './reading/cells.ts';

const MOST_WORDS = 5;

export const LINK_FILTERS = ['none', 'waiting', 'refused', 'locked'] as const;
type LinkFilter = OpenStanding | 'locked';

/** What is looked for in the list, as the address of the page says it. Undefined: not asked for; '': without one. */
export interface RollFilter {
  readonly search: string;
  readonly building: string | undefined;
  readonly promotion: string | undefined;
  readonly link: LinkFilter | undefined;
}

/** `=Perrault` in the address asks for Perrault, `=` for voters without one; anything else for nothing. */
const nameIn = (text: string | undefined): string | undefined =>
  text?.startsWith('=') === true ? text.slice(1, 201) : undefined;

export const filterIn = (c: PageContext): RollFilter => ({
  search: (c.req.query('search') ?? '').slice(0, 200).trim(),
  building: nameIn(c.req.query('building')),
  promotion: nameIn(c.req.query('promotion')),
  link: LINK_FILTERS.find((name) => name === c.req.query('link')),
});

/** The filter as the fields of its form; what is not asked for is absent. */
export const fieldsOf = ({ search, building, promotion, link }: RollFilter): Record<string, string> => ({
  ...(search === '' ? {} : { search }),
  ...(building === undefined ? {} : { building: `=${building}` }),
  ...(promotion === undefined ? {} : { promotion: `=${promotion}` }),
  ...(link === undefined ? {} : { link }),
});

export const queryOf = (electionId: string, filter: RollFilter, now: number): RollQuery => ({
  electionId,
  words: foldCell(filter.search)
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS),
  building: filter.building,
  promotion: filter.promotion,
  link: filter.link === 'locked' ? undefined : filter.link,
  lockedAt: filter.link === 'locked' ? now : undefined,
});

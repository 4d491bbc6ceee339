import type { MailKind } from '../../domain/mail.ts';
import type { MailQuery, MailStanding } from '../../store/mail-list.ts';
import type { PageContext } from '../../views/route.ts';

/**
 * Kinds that are listed voter by voter. Reminders are not: they go to whoever has not voted, and a list of that is what
 * pressure on people needs.
 */
export const LISTED_KINDS = ['link', 'code', 'invitation', 'result'] as const satisfies readonly MailKind[];
export type ListedKind = (typeof LISTED_KINDS)[number];

export const STANDINGS = [
  'waiting',
  'retrying',
  'refused',
  'done',
] as const satisfies readonly MailStanding[];

const LONGEST_SEARCH = 200;
const MOST_WORDS = 5;

/** Which part of the list is looked at, as the address of the page says it. */
export interface MailFilter {
  readonly kind: ListedKind | undefined;
  readonly standing: MailStanding | undefined;
  readonly search: string;
  /** From 1. */
  readonly page: number;
}

const oneOf = <T extends string>(choices: readonly T[], text: string | undefined): T | undefined =>
  choices.find((choice) => choice === text);

/** The filter in an address; what it does not know is as if it were not there. */
export function filterIn(c: PageContext): MailFilter {
  const page = c.req.query('page') ?? '';
  return {
    kind: oneOf(LISTED_KINDS, c.req.query('kind')),
    standing: oneOf(STANDINGS, c.req.query('state')),
    search: (c.req.query('search') ?? '').slice(0, LONGEST_SEARCH).trim(),
    page: /^[1-9]\d{0,6}$/.test(page) ? Number(page) : 1,
  };
}

/** The filter as the query of an address; empty where it shows everything. */
export function queryOf({ kind, standing, search, page }: MailFilter): string {
  const query = new URLSearchParams({
    ...(kind === undefined ? {} : { kind }),
    ...(standing === undefined ? {} : { state: standing }),
    ...(search === '' ? {} : { search }),
    ...(page === 1 ? {} : { page: String(page) }),
  });
  return query.toString();
}

export const isWhole = (filter: MailFilter): boolean => queryOf(filter) === '';

/** Without capitals and accents, as the roll keeps names to be found. */
const folded = (text: string): string => text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');

export const mailQueryOf = (electionId: string, filter: MailFilter): MailQuery => ({
  electionId,
  kinds: filter.kind === undefined ? LISTED_KINDS : [filter.kind],
  standing: filter.standing,
  words: folded(filter.search)
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS),
});

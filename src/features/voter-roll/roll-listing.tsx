import type { Language } from '../../domain/election.ts';
import type { Settings } from '../../domain/settings.ts';
import type { ListedVoter } from '../../store/voters.ts';
import { DataTable } from '../../views/data-table.tsx';
import { Field, Select, SubmitButton } from '../../views/form.tsx';
import { formatNumber } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import { LINK_FILTERS, type RollFilter, fieldsOf } from './roll-filter.ts';
import { rollTexts } from './roll-texts.ts';

export const VOTERS_A_PAGE = 50;

export interface RollPart {
  readonly filter: RollFilter;
  /** From 1. */
  readonly page: number;
  readonly found: number;
  readonly voters: readonly ListedVoter[];
}

interface ListingProps {
  readonly language: Language;
  /** Of the list itself. */
  readonly path: string;
  readonly part: RollPart;
  readonly settings: Pick<Settings, 'promotions' | 'buildings'>;
  /** Links mean something: the manifest is signed. */
  readonly isFrozen: boolean;
}

/** What is looked for, and a page of who was found. */
export const Listing = (props: ListingProps) => {
  const { language, path, part } = props;
  const t = rollTexts[language];
  const number = (value: number): string => formatNumber(language, value);
  const first = (part.page - 1) * VOTERS_A_PAGE + 1;
  const last = first + part.voters.length - 1;
  const listed = t.listed(number(first), number(last), number(part.found));
  const isFiltered = Object.keys(fieldsOf(part.filter)).length > 0;
  const root = path.slice(0, path.lastIndexOf('/'));
  return (
    <section>
      <FilterForm {...props} isFiltered={isFiltered} />
      <DataTable
        caption={isFiltered ? `${t.found(number(part.found))}. ${listed}` : listed}
        columns={[{ label: t.name }, { label: t.email }, { label: t.promotion }, { label: t.building }]}
        rows={part.voters.map((voter) => [
          <a href={`${root}/voters/${voter.id}`}>{`${voter.last_name} ${voter.first_name}`}</a>,
          voter.email,
          voter.promotion,
          voter.building,
        ])}
        empty={t.notFound}
      />
      <Pager language={language} path={path} part={part} />
    </section>
  );
};

const FilterForm = (props: ListingProps & { isFiltered: boolean }) => {
  const { language, part, settings } = props;
  const { filter } = part;
  const t = rollTexts[language];
  const links = LINK_FILTERS.map((value) => ({ value, label: t.linkFilters[value] }));
  return (
    <form method="get" action={props.path} role="search" class="card filter">
      <Field
        language={language}
        name="search"
        type="search"
        label={t.search}
        hint={t.searchHint}
        value={filter.search}
        required={false}
      />
      <div class="filter-row">
        <NameFilter
          {...props}
          name="building"
          label={t.building}
          value={filter.building}
          list={settings.buildings}
        />
        <NameFilter
          {...props}
          name="promotion"
          label={t.promotion}
          value={filter.promotion}
          list={settings.promotions}
        />
        {props.isFrozen ? (
          <Select
            language={language}
            name="link"
            label={t.link}
            value={filter.link ?? ''}
            required={false}
            options={[{ value: '', label: t.any }, ...links]}
          />
        ) : null}
      </div>
      <p class="actions">
        <SubmitButton label={t.find} kind="secondary">
          <Icon name="search" />
        </SubmitButton>
        {props.isFiltered ? <a href={props.path}>{t.showAll}</a> : null}
      </p>
    </form>
  );
};

/** Nothing where the settings list none. What is asked for stays in sight though it is listed no more. */
const NameFilter = (props: {
  language: Language;
  name: string;
  label: string;
  value: string | undefined;
  list: readonly string[];
}) => {
  const { language, list, value } = props;
  const t = rollTexts[language];
  if (list.length === 0 && value === undefined) return null;
  const isUnlisted = value !== undefined && value !== '' && !list.includes(value);
  const names = isUnlisted ? [...list, value] : list;
  return (
    <Select
      language={language}
      name={props.name}
      label={props.label}
      value={value === undefined ? '' : `=${value}`}
      required={false}
      options={[
        { value: '', label: t.any },
        ...names.map((name) => ({ value: `=${name}`, label: name })),
        { value: '=', label: t.none },
      ]}
    />
  );
};

const Pager = (props: { language: Language; path: string; part: RollPart }) => {
  const { part } = props;
  const t = rollTexts[props.language];
  const hrefOf = (page: number): string => {
    const query = new URLSearchParams({ ...fieldsOf(part.filter), page: String(page) });
    return `${props.path}?${query.toString()}`;
  };
  if (part.found <= VOTERS_A_PAGE) return null;
  return (
    <nav class="actions" aria-label={t.pages}>
      {part.page > 1 ? (
        <a class="btn btn-secondary" href={hrefOf(part.page - 1)} rel="prev">
          <Icon name="arrow-left" /> {t.before}
        </a>
      ) : null}
      {part.page * VOTERS_A_PAGE < part.found ? (
        <a class="btn btn-secondary" href={hrefOf(part.page + 1)} rel="next">
          {t.after} <Icon name="arrow-right" />
        </a>
      ) : null}
    </nav>
  );
};

import type { Language } from '../../domain/election.ts';
import { lockOf } from '../../domain/code-tries.ts';
import type { LockedVoter } from '../../store/code-tries.ts';
import type { ElectionRow } from '../../store/elections.ts';
import type { RollFigures } from '../../store/roll-figures.ts';
import type { ListedVoter } from '../../store/voters.ts';
import { DataTable } from '../../views/data-table.tsx';
import { DefinitionList } from '../../views/definition-list.tsx';
import { SubmitButton } from '../../views/form.tsx';
import { formatInstant, formatNumber } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import type { ImportReport } from './import-roll.ts';
import { rollTexts } from './roll-texts.ts';

export const VOTERS_A_PAGE = 50;

/** What has just been done, said once at the top. */
export type RollNews =
  { readonly kind: 'imported'; readonly report: ImportReport } | { readonly kind: 'added' | 'removed' };

export interface RollPart {
  readonly search: string;
  /** From 1. */
  readonly page: number;
  readonly found: number;
  readonly voters: readonly ListedVoter[];
}

/**
 * The roll by name. Who has voted is not shown here: the roll is marked, but a list of who has not voted yet is what
 * pressure on them needs. Staff see totals.
 */
export const RollPage = (props: {
  c: PageContext;
  election: ElectionRow;
  figures: RollFigures;
  part: RollPart;
  locked: readonly LockedVoter[];
  now: number;
  /** False once voting has ended. */
  isOpen: boolean;
  /** The manifest is signed: turnout has a meaning, and new voters need links. */
  isFrozen: boolean;
  news: RollNews | undefined;
}) => {
  const { c, election, figures, part, locked } = props;
  const language = c.get('language');
  const t = rollTexts[language];
  const number = (value: number): string => formatNumber(language, value);
  const root = `/elections/${election.id}`;
  return (
    <StaffPage c={c} title={t.title} election={election}>
      {props.news === undefined ? null : (
        <News language={language} news={props.news} isFrozen={props.isFrozen} />
      )}
      <p class="lead">{t.lead}</p>
      <DefinitionList
        items={[
          { term: t.registered, detail: number(figures.registered) },
          ...(props.isFrozen ? [{ term: t.voted, detail: number(figures.marked) }] : []),
        ]}
      />
      {props.isOpen ? (
        <p class="actions">
          <a class="btn btn-primary" href={`${root}/import-voters`}>
            <Icon name="upload" /> {t.import}
          </a>
          <a class="btn btn-secondary" href={`${root}/voters/new`}>
            <Icon name="person-plus" /> {t.add}
          </a>
        </p>
      ) : null}
      {locked.length === 0 ? null : <LockedLinks {...props} />}
      {figures.registered === 0 ? <p class="empty">{t.empty}</p> : <Listing {...{ c, election, part }} />}
    </StaffPage>
  );
};

const News = (props: { language: Language; news: RollNews; isFrozen: boolean }) => {
  const { language, news } = props;
  const t = rollTexts[language];
  if (news.kind !== 'imported') {
    return (
      <Notice kind="success">
        <p>{t[news.kind]}</p>
      </Notice>
    );
  }
  const { added, updated, kept, refused } = news.report;
  const number = (value: number): string => formatNumber(language, value);
  return (
    <Notice kind={refused > 0 ? 'warning' : 'success'} title={t.imported}>
      <p>
        {t.report(number(added), number(updated), number(kept))}
        {refused > 0 ? ` ${t.refused(number(refused))}` : ''}
        {props.isFrozen && added > 0 ? ` ${t.sendAgain}` : ''}
      </p>
    </Notice>
  );
};

const LockedLinks = (props: {
  c: PageContext;
  election: ElectionRow;
  locked: readonly LockedVoter[];
  now: number;
}) => {
  const { c, election, now } = props;
  const language = c.get('language');
  const t = rollTexts[language];
  return (
    <section>
      <h2>{t.lockedTitle}</h2>
      <p>
        {t.lockedLead} {t.unlockHint}
      </p>
      <ul class="entries">
        {props.locked.map((voter) => (
          <li class="entry">
            <div class="entry-body">
              <p class="entry-title">{`${voter.lastName} ${voter.firstName}`}</p>
              <p class="entry-note">{voter.email}</p>
              <p class="entry-note">{lockSentence(language, election.time_zone, voter, now)}</p>
            </div>
            <form
              class="entry-actions"
              method="post"
              action={`/elections/${election.id}/voters/${voter.id}/unlock`}
            >
              <button type="submit" class="btn btn-secondary btn-sm">
                <Icon name="unlock" /> {t.unlock}
                <span class="visually-hidden">{` ${voter.firstName} ${voter.lastName}`}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
};

function lockSentence(
  language: Language,
  timeZone: string,
  { tries }: Pick<LockedVoter, 'tries'>,
  now: number,
): string {
  const t = rollTexts[language];
  const lock = lockOf(tries, now);
  return typeof lock === 'number' ? t.lockedUntil(formatInstant(language, timeZone, lock)) : t.lockedStaff;
}

const Listing = (props: { c: PageContext; election: ElectionRow; part: RollPart }) => {
  const { c, election, part } = props;
  const language = c.get('language');
  const t = rollTexts[language];
  const number = (value: number): string => formatNumber(language, value);
  const root = `/elections/${election.id}`;
  const first = (part.page - 1) * VOTERS_A_PAGE + 1;
  const last = first + part.voters.length - 1;
  return (
    <section>
      <form method="get" action={`${root}/register-voter`} role="search" class="card">
        <label class="form-label" for="search">
          {t.search}
        </label>
        <div class="form-text" id="search-hint">
          {t.searchHint}
        </div>
        <p class="actions">
          <input
            class="form-control"
            id="search"
            name="search"
            type="search"
            value={part.search}
            autocomplete="off"
            aria-describedby="search-hint"
          />
          <SubmitButton label={t.find} kind="secondary">
            <Icon name="search" />
          </SubmitButton>
          {part.search === '' ? null : <a href={`${root}/register-voter`}>{t.showAll}</a>}
        </p>
      </form>
      <DataTable
        caption={
          part.search === ''
            ? t.listed(number(first), number(last), number(part.found))
            : `${t.found(number(part.found))}. ${t.listed(number(first), number(last), number(part.found))}`
        }
        columns={[{ label: t.name }, { label: t.email }, { label: t.promotion }, { label: t.building }]}
        rows={part.voters.map((voter) => [
          <a href={`${root}/voters/${voter.id}`}>{`${voter.last_name} ${voter.first_name}`}</a>,
          voter.email,
          voter.promotion,
          voter.building,
        ])}
        empty={t.notFound}
      />
      <Pager language={language} path={`${root}/register-voter`} part={part} />
    </section>
  );
};

const Pager = (props: { language: Language; path: string; part: RollPart }) => {
  const { part } = props;
  const t = rollTexts[props.language];
  const hrefOf = (page: number): string => {
    const query = new URLSearchParams({
      ...(part.search === '' ? {} : { search: part.search }),
      page: String(page),
    });
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

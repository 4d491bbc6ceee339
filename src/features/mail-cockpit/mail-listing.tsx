import type { Language } from '../../domain/election.ts';
import { MAIL_REASONS } from '../../domain/mail.ts';
import type { ListedMail } from '../../store/mail-list.ts';
import { DataTable } from '../../views/data-table.tsx';
import { Field, Select, SubmitButton } from '../../views/form.tsx';
import { formatNumber, formatShortInstant } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import type { CockpitView } from './cockpit-view.ts';
import { LISTED_KINDS, STANDINGS, isWhole, queryOf } from './mail-filter.ts';
import { texts } from './texts.ts';

export const MAILS_A_PAGE = 50;

/** The server's words, or ours where the reason is ours. */
function answerOf(language: Language, answer: string | undefined): string {
  const own = MAIL_REASONS.find((reason) => reason === answer);
  return own === undefined ? (answer ?? '') : texts[language].reasons[own];
}

/** The e-mails of an election, voter by voter. */
export const MailListing = (props: { language: Language; view: CockpitView }) => {
  const { language, view } = props;
  const t = texts[language];
  const { election, filter, mails, found } = view;
  if (found === 0 && isWhole(filter)) return null;
  const number = (value: number): string => formatNumber(language, value);
  const first = (filter.page - 1) * MAILS_A_PAGE + 1;
  return (
    <section>
      <h2>{t.list}</h2>
      <p>{t.listNote}</p>
      <FilterForm language={language} view={view} />
      <DataTable
        caption={t.listed(number(first), number(first + mails.length - 1), number(found))}
        columns={[
          { label: t.voter },
          { label: t.address },
          { label: t.kind },
          { label: t.state },
          { label: t.tries, kind: 'number' },
          { label: t.answer },
          { label: t.act },
        ]}
        rows={mails.map((mail) => [
          <span class="text-nowrap">{`${mail.lastName} ${mail.firstName}`.trim()}</span>,
          mail.email,
          <span class="text-nowrap">{t.kinds[mail.kind]}</span>,
          mail.dueAt === undefined ? (
            <span class="text-nowrap">{t.standings[mail.standing]}</span>
          ) : (
            t.putOffUntil(formatShortInstant(language, election.time_zone, mail.dueAt))
          ),
          number(mail.attempts),
          answerOf(language, mail.answer),
          <RetryButton language={language} view={view} mail={mail} />,
        ])}
        empty={t.nothingFound}
      />
      <Pager language={language} view={view} />
    </section>
  );
};

const FilterForm = (props: { language: Language; view: CockpitView }) => {
  const { language, view } = props;
  const t = texts[language];
  const { election, filter } = view;
  const path = `/elections/${election.id}/mails`;
  return (
    <form method="get" action={path} role="search" class="card mail-filter">
      <Field
        language={language}
        label={t.search}
        name="search"
        type="search"
        value={filter.search}
        required={false}
        maxlength={200}
      />
      <Select
        language={language}
        label={t.kind}
        name="kind"
        value={filter.kind ?? ''}
        required={false}
        options={[
          { value: '', label: t.anyKind },
          ...LISTED_KINDS.map((kind) => ({ value: kind, label: t.kinds[kind] })),
        ]}
      />
      <Select
        language={language}
        label={t.state}
        name="state"
        value={filter.standing ?? ''}
        required={false}
        options={[
          { value: '', label: t.anyState },
          ...STANDINGS.map((standing) => ({ value: standing, label: t.standings[standing] })),
        ]}
      />
      <p class="actions">
        <SubmitButton label={t.find} kind="secondary">
          <Icon name="search" />
        </SubmitButton>
        {isWhole(filter) ? null : <a href={path}>{t.showAll}</a>}
      </p>
    </form>
  );
};

const RetryButton = (props: { language: Language; view: CockpitView; mail: ListedMail }) => {
  const { language, view, mail } = props;
  const t = texts[language];
  if (mail.standing !== 'refused' && mail.standing !== 'retrying') return null;
  const query = queryOf(view.filter);
  const path = `/elections/${view.election.id}/mails/${mail.id}/retry`;
  return (
    <form method="post" action={query === '' ? path : `${path}?${query}`}>
      <button
        type="submit"
        class="btn btn-secondary btn-sm text-nowrap"
        aria-label={t.retryFor(`${mail.firstName} ${mail.lastName}`.trim())}
      >
        {t.retry}
      </button>
    </form>
  );
};

const Pager = (props: { language: Language; view: CockpitView }) => {
  const { language, view } = props;
  const t = texts[language];
  const { filter, found, election } = view;
  if (found <= MAILS_A_PAGE) return null;
  const hrefOf = (page: number): string => `/elections/${election.id}/mails?${queryOf({ ...filter, page })}`;
  return (
    <nav class="actions" aria-label={t.pages}>
      {filter.page > 1 ? (
        <a class="btn btn-secondary" href={hrefOf(filter.page - 1)} rel="prev">
          <Icon name="arrow-left" /> {t.before}
        </a>
      ) : null}
      {filter.page * MAILS_A_PAGE < found ? (
        <a class="btn btn-secondary" href={hrefOf(filter.page + 1)} rel="next">
          {t.after} <Icon name="arrow-right" />
        </a>
      ) : null}
    </nav>
  );
};

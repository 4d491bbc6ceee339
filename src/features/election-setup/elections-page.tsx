import type { ElectionRow } from '../../store/elections.ts';
import { DataTable } from '../../views/data-table.tsx';
import { ErrorSummary, SubmitButton } from '../../views/form.tsx';
import { formatShortInstant } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { texts as viewTexts } from '../../views/texts.ts';
import { ElectionFields, type FieldError } from './election-fields.tsx';
import type { ElectionForm } from './election-form.ts';
import { texts } from './texts.ts';

/** Every election of this server, newest first. */
export const ElectionsPage = ({ c, elections }: { c: PageContext; elections: readonly ElectionRow[] }) => {
  const language = c.get('language');
  const t = texts[language];
  const isAdmin = c.get('viewer')?.role === 'admin';
  const states = viewTexts[language].states;
  return (
    <StaffPage c={c} title={t.listTitle}>
      {isAdmin ? (
        <p class="actions">
          <a class="btn btn-primary" href="/elections/new">
            <Icon name="plus-lg" /> {t.newElection}
          </a>
          <a class="btn btn-secondary" href="/settings">
            <Icon name="gear" /> {t.serverSettings}
          </a>
        </p>
      ) : null}
      <DataTable
        caption={t.listTitle}
        isCaptionHidden
        empty={t.listEmpty}
        columns={[
          { label: t.colElection },
          { label: t.colState },
          { label: t.colOpens },
          { label: t.colCloses },
        ]}
        rows={elections.map((election) => [
          <a href={`/elections/${election.id}`}>{election.title}</a>,
          <span class={`badge state state-${election.state}`}>{states[election.state]}</span>,
          election.opens_at === null
            ? t.atProof
            : formatShortInstant(language, election.time_zone, election.opens_at),
          formatShortInstant(language, election.time_zone, election.closes_at),
        ])}
      />
    </StaffPage>
  );
};

/** The form of a new election. */
export const NewElectionPage = (props: {
  c: PageContext;
  form: ElectionForm;
  errors: readonly FieldError[];
}) => {
  const language = props.c.get('language');
  const t = texts[language];
  return (
    <StaffPage c={props.c} title={t.newTitle} crumbs={[{ href: '/elections', label: t.listTitle }]} isNarrow>
      <p class="lead">{t.newLead}</p>
      <ErrorSummary language={language} errors={props.errors} />
      <form method="post" action="/elections/new" novalidate>
        <ElectionFields language={language} form={props.form} errors={props.errors} />
        <SubmitButton label={t.create} />
      </form>
    </StaffPage>
  );
};

import type { Language } from '../../domain/election.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { type FieldError, withLabels } from '../../views/field-errors.ts';
import { ErrorSummary, SubmitButton } from '../../views/form.tsx';
import { formatShortInstant } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { texts as viewTexts } from '../../views/texts.ts';
import { ElectionFields, electionLabels } from './election-fields.tsx';
import type { ElectionForm } from './election-form.ts';
import { texts } from './texts.ts';

/** Every election of this server, newest first. */
export const ElectionsPage = ({ c, elections }: { c: PageContext; elections: readonly ElectionRow[] }) => {
  const language = c.get('language');
  const t = texts[language];
  const isAdmin = c.get('viewer')?.role === 'admin';
  const states = viewTexts[language].states;
  return (
    <StaffPage c={c} title={t.listTitle} isNarrow>
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
      {elections.length === 0 ? (
        <p class="empty">{t.listEmpty}</p>
      ) : (
        <ul class="entries">
          {elections.map((election) => (
            <li class="entry">
              <div class="entry-body">
                <p class="entry-title">
                  <a href={`/elections/${election.id}`}>{election.title}</a>
                </p>
                <p class="entry-note">{windowText(language, election)}</p>
              </div>
              <span class={`badge state state-${election.state}`}>{states[election.state]}</span>
            </li>
          ))}
        </ul>
      )}
    </StaffPage>
  );
};

/** From when to when an election votes, in short. */
function windowText(language: Language, election: ElectionRow): string {
  const t = texts[language];
  const { time_zone: zone, opens_at: opensAt, closes_at: closesAt } = election;
  const from = opensAt === null ? t.atProof : formatShortInstant(language, zone, opensAt);
  return t.fromTo(from, formatShortInstant(language, zone, closesAt));
}

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
      <ErrorSummary
        language={language}
        errors={withLabels(language, props.errors, electionLabels(language))}
      />
      <form method="post" action="/elections/new" novalidate>
        <ElectionFields language={language} form={props.form} errors={props.errors} />
        <SubmitButton label={t.create} />
      </form>
    </StaffPage>
  );
};

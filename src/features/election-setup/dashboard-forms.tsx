import type { ElectionRow } from '../../store/elections.ts';
import { type FieldError, errorAt, withLabels } from '../../views/field-errors.ts';
import { ErrorSummary, Field, SubmitButton, TextArea } from '../../views/form.tsx';
import type { PageContext } from '../../views/route.ts';
import { dashboardTexts } from './dashboard-texts.ts';

/** Which of the dashboard's acts are possible at present, and allowed to who looks. */
export interface DashboardActs {
  readonly open: boolean;
  readonly extend: boolean;
  readonly closeEarly: boolean;
  readonly noteIncident: boolean;
}

/** What was typed, given back where it was refused. */
export interface DashboardForm {
  readonly closesAt: string;
  readonly reason: string;
  readonly incident: string;
  readonly errors: readonly FieldError[];
}

/** What an admin can do while people vote: open, extend, close early, note an incident. */
export const DashboardForms = (props: {
  c: PageContext;
  election: ElectionRow;
  acts: DashboardActs;
  form: DashboardForm;
}) => {
  const { c, election, acts, form } = props;
  const language = c.get('language');
  const t = dashboardTexts[language];
  const root = `/elections/${election.id}`;
  const errorOf = (name: string) => errorAt(form.errors, name);
  return (
    <>
      {acts.open ? (
        <form method="post" action={`${root}/open`}>
          <SubmitButton label={t.openNow} />
        </form>
      ) : null}
      {acts.extend ? (
        <section class="card">
          <h2>{t.extendHeading}</h2>
          <p>{t.extendLead}</p>
          <form method="post" action={`${root}/extend`} novalidate>
            <Field
              language={language}
              name="closesAt"
              label={t.extendTo}
              type="datetime-local"
              value={form.closesAt}
              error={errorOf('closesAt')}
            />
            <Field
              language={language}
              name="reason"
              label={t.reason}
              hint={t.reasonHint}
              value={form.reason}
              error={errorOf('reason')}
              maxlength={500}
            />
            <SubmitButton label={t.extend} kind="secondary" />
          </form>
        </section>
      ) : null}
      {acts.noteIncident ? (
        <section class="card">
          <h2>{t.incidentHeading}</h2>
          <p>{t.incidentLead}</p>
          <form method="post" action={`${root}/incidents`} novalidate>
            <TextArea
              language={language}
              name="incident"
              label={t.incidentText}
              hint={t.incidentHint}
              value={form.incident}
              error={errorOf('incident')}
              maxlength={1000}
            />
            <SubmitButton label={t.note} kind="secondary" />
          </form>
        </section>
      ) : null}
      {acts.closeEarly ? (
        <section class="card">
          <h2>{t.closeHeading}</h2>
          <p>{t.closeLead}</p>
          <form method="post" action={`${root}/close-early`} novalidate>
            <Field
              language={language}
              name="closeReason"
              label={t.reason}
              hint={t.reasonPublicHint}
              value=""
              error={errorOf('closeReason')}
              maxlength={500}
            />
            <SubmitButton label={t.closeEarly} kind="danger" />
          </form>
        </section>
      ) : null}
    </>
  );
};

/** Every fault of a refused form, at the top of the page. */
export const DashboardErrors = ({ c, form }: { c: PageContext; form: DashboardForm }) => {
  const language = c.get('language');
  const t = dashboardTexts[language];
  return (
    <ErrorSummary
      language={language}
      errors={withLabels(language, form.errors, {
        closesAt: t.extendTo,
        reason: t.reason,
        closeReason: t.reason,
        incident: t.incidentText,
      })}
    />
  );
};

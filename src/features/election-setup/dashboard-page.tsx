import type { RollFigures } from '../../store/roll-figures.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { DefinitionList } from '../../views/definition-list.tsx';
import { type FieldError, errorAt, withLabels } from '../../views/field-errors.ts';
import { ErrorSummary, Field, SubmitButton } from '../../views/form.tsx';
import { formatDuration, formatInstant, formatNumber, formatPercent } from '../../views/format.ts';
import { Notice } from '../../views/notice.tsx';
import { ProgressBar } from '../../views/progress-bar.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { texts as viewTexts } from '../../views/texts.ts';
import { texts } from './texts.ts';

/** Which of the dashboard's acts the lifecycle allows at present. */
interface DashboardActs {
  readonly open: boolean;
  readonly extend: boolean;
  readonly closeEarly: boolean;
}

export interface DashboardFacts {
  readonly election: ElectionRow;
  readonly now: number;
  readonly roll: RollFigures;
  /** When the key was last proven: null while it never was, undefined while there is none. */
  readonly keyProvenAt: number | null | undefined;
  readonly acts: DashboardActs;
}

export interface DashboardForm {
  readonly closesAt: string;
  readonly reason: string;
  readonly errors: readonly FieldError[];
}

/** Turnout, time and key while people vote. Nothing here counts ballots or tells anything of their content. */
export const DashboardPage = (props: {
  c: PageContext;
  facts: DashboardFacts;
  form: DashboardForm;
  notice: 'extended' | 'closing' | 'opened' | undefined;
}) => {
  const { c, facts, form } = props;
  const { election, now, roll } = facts;
  const language = c.get('language');
  const t = texts[language];
  const zone = election.time_zone;
  const isRunning = election.state === 'armed' || election.state === 'open';
  const left = election.closes_at - now;
  const ratio = roll.registered === 0 ? 0 : roll.marked / roll.registered;
  return (
    <StaffPage c={c} title={t.dashboardTitle} election={election} isNarrow>
      {props.notice === undefined ? null : <Notice kind="success">{t[props.notice]}</Notice>}
      <section class="figure" aria-label={t.turnout}>
        <p class="figure-value">{formatPercent(language, ratio)}</p>
        <ProgressBar
          label={t.turnoutOf(formatNumber(language, roll.marked), formatNumber(language, roll.registered))}
          value={roll.marked}
          max={roll.registered}
        />
      </section>
      <DefinitionList
        items={[
          { term: t.stateLabel, detail: viewTexts[language].states[election.state] },
          {
            term: t.timeLeft,
            detail: isRunning && left > 0 ? formatDuration(language, left) : t.timeLeftNone,
          },
          {
            term: t.opensLabel,
            detail: election.opens_at === null ? t.atProof : formatInstant(language, zone, election.opens_at),
          },
          { term: t.closesLabel, detail: formatInstant(language, zone, election.closes_at) },
          { term: t.graceLabel, detail: formatDuration(language, election.grace_seconds * 1000) },
          { term: t.keyLabel, detail: keyFacts(props) },
        ]}
      />
      <p class="form-text">{t.noCounts}</p>
      <DashboardForms c={c} facts={facts} form={form} />
    </StaffPage>
  );
};

function keyFacts({ c, facts }: { c: PageContext; facts: DashboardFacts }): string {
  const language = c.get('language');
  const t = texts[language];
  if (facts.keyProvenAt === undefined) return t.keyNone;
  if (facts.keyProvenAt === null) return t.keyUnproven;
  return t.keyProven(formatInstant(language, facts.election.time_zone, facts.keyProvenAt));
}

const DashboardForms = ({
  c,
  facts: { election, acts },
  form,
}: {
  c: PageContext;
  facts: DashboardFacts;
  form: DashboardForm;
}) => {
  const language = c.get('language');
  const t = texts[language];
  const root = `/elections/${election.id}`;
  const errorOf = (name: string) => errorAt(form.errors, name);
  return (
    <>
      <ErrorSummary
        language={language}
        errors={withLabels(language, form.errors, {
          closesAt: t.extendTo,
          reason: t.reason,
          closeReason: t.reason,
        })}
      />
      {acts.open ? (
        <form method="post" action={`${root}/open`}>
          <SubmitButton label={t.openNow} />
        </form>
      ) : null}
      {acts.extend ? (
        <section>
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
      {acts.closeEarly ? (
        <section>
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

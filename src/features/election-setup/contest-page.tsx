import type { ElectionRow } from '../../store/elections.ts';
import { type FieldError, errorAt, withLabels } from '../../views/field-errors.ts';
import { Checkbox, ErrorSummary, Field, Radio, SubmitButton } from '../../views/form.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import type { ContestForm } from './election-form.ts';
import { texts } from './texts.ts';

/** The form of one contest; without `contestId` it is a new one. */
export const ContestPage = (props: {
  c: PageContext;
  election: ElectionRow;
  contestId: string | undefined;
  form: ContestForm;
  errors: readonly FieldError[];
}) => {
  const { c, election, contestId, form, errors } = props;
  const language = c.get('language');
  const t = texts[language];
  const errorOf = (name: string) => errorAt(errors, name);
  const root = `/elections/${election.id}`;
  const action = `${root}/contests/${contestId ?? 'new'}`;
  return (
    <StaffPage
      c={c}
      title={contestId === undefined ? t.contestNew : t.contestEdit}
      election={election}
      crumbs={[{ href: `${root}/configure`, label: t.configureTitle }]}
      isNarrow
    >
      <ErrorSummary
        language={language}
        errors={withLabels(language, errors, { title: t.contestTitle, min: t.min, max: t.max })}
      />
      <form method="post" action={action} novalidate>
        <Field
          language={language}
          name="title"
          label={t.contestTitle}
          hint={t.contestTitleHint}
          value={form.title}
          error={errorOf('title')}
          maxlength={300}
        />
        <fieldset class="field">
          <legend class="form-label">{t.method}</legend>
          <Radio
            name="method"
            value="plurality"
            label={t.plurality}
            hint={t.pluralityHint}
            checked={form.method !== 'approval'}
          />
          <Radio
            name="method"
            value="approval"
            label={t.approval}
            hint={t.approvalHint}
            checked={form.method === 'approval'}
          />
        </fieldset>
        <div class="field-pair">
          {(['min', 'max'] as const).map((name) => (
            <Field
              language={language}
              name={name}
              label={t[name]}
              value={form[name]}
              error={errorOf(name)}
              type="number"
              min={1}
              max={100}
              inputmode="numeric"
            />
          ))}
        </div>
        <p class="form-text">{t.minHint}</p>
        <div class="field">
          <Checkbox name="blank" label={t.blank} checked={form.hasBlank} />
        </div>
        <fieldset class="field">
          <legend class="form-label">{t.order}</legend>
          <Radio name="order" value="shuffled" label={t.orderShuffled} checked={form.order !== 'declared'} />
          <Radio name="order" value="declared" label={t.orderDeclared} checked={form.order === 'declared'} />
        </fieldset>
        <SubmitButton label={t.saveContest} />
      </form>
      {contestId === undefined ? null : (
        <form class="removal" method="post" action={`${action}/remove`}>
          <p>{t.removeContestNote}</p>
          <SubmitButton label={t.removeContest} kind="danger" />
        </form>
      )}
    </StaffPage>
  );
};

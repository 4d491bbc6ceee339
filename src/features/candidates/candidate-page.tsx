import type { ElectionRow } from '../../store/elections.ts';
import { logoPath } from '../../views/asset.ts';
import { type FieldError, errorAt, withLabels } from '../../views/field-errors.ts';
import { Checkbox, ErrorSummary, Field, FileField, SubmitButton, TextArea } from '../../views/form.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { texts } from './texts.ts';

export interface CandidateForm {
  readonly name: string;
  readonly slogan: string;
  readonly details: string;
}

/** The form of one candidate; without `candidateId` it is a new one of the contest. */
export const CandidatePage = (props: {
  c: PageContext;
  election: ElectionRow;
  contest: { readonly id: string; readonly title: string };
  candidateId: string | undefined;
  /** File name of the picture that is shown at present. */
  logo: string | null;
  form: CandidateForm;
  errors: readonly FieldError[];
}) => {
  const { c, election, contest, candidateId, logo, form, errors } = props;
  const language = c.get('language');
  const t = texts[language];
  const root = `/elections/${election.id}`;
  const action =
    candidateId === undefined
      ? `${root}/contests/${contest.id}/candidates/new`
      : `${root}/candidates/${candidateId}`;
  const of = (name: keyof CandidateForm | 'logo') => ({
    language,
    name,
    error: errorAt(errors, name),
  });
  return (
    <StaffPage
      c={c}
      title={candidateId === undefined ? t.newTitle : t.editTitle}
      election={election}
      crumbs={[{ href: `${root}/register-candidate`, label: t.listTitle }]}
      isNarrow
    >
      <p class="lead">{t.contest(contest.title)}</p>
      <ErrorSummary
        language={language}
        errors={withLabels(language, errors, {
          name: t.name,
          slogan: t.slogan,
          details: t.details,
          logo: t.logo,
        })}
      />
      <form method="post" action={action} enctype="multipart/form-data" novalidate>
        <Field {...of('name')} label={t.name} hint={t.nameHint} value={form.name} maxlength={200} />
        <Field
          {...of('slogan')}
          label={t.slogan}
          hint={t.sloganHint}
          value={form.slogan}
          maxlength={300}
          required={false}
        />
        <TextArea
          {...of('details')}
          label={t.details}
          hint={t.detailsHint}
          value={form.details}
          maxlength={5000}
          rows={5}
          required={false}
        />
        {logo === null ? null : (
          <div class="field">
            <p class="form-label">{t.logoPresent}</p>
            <p class="logo-preview">
              <img src={logoPath(logo)} alt={t.logoPresent} width="96" height="96" />
            </p>
            <Checkbox name="removeLogo" label={t.removeLogo} />
          </div>
        )}
        <FileField
          {...of('logo')}
          label={t.logo}
          hint={t.logoHint}
          accept="image/png,image/jpeg,image/webp,image/gif"
          required={false}
        />
        <div class="actions">
          <SubmitButton label={t.save} />
          {candidateId === undefined ? (
            <SubmitButton label={t.saveAndNext} kind="secondary" name="next" value="new" />
          ) : null}
        </div>
      </form>
      {candidateId === undefined ? null : (
        <form class="removal" method="post" action={`${action}/remove`}>
          <SubmitButton label={t.remove} kind="danger" />
        </form>
      )}
    </StaffPage>
  );
};

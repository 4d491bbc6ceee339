import { LANGUAGES } from '../../domain/election.ts';
import { logoPath } from '../../views/asset.ts';
import { errorAt } from '../../views/field-errors.ts';
import { Checkbox, Field, FileField, Select, SubmitButton } from '../../views/form.tsx';
import type { SectionProps } from './section-props.ts';
import { texts } from './texts.ts';

/** Name, logo, languages, zone and address of the association, and whether two people decide. */
export const AssociationForm = (props: SectionProps) => {
  const { language, form, errors, environment } = props;
  const t = texts[language];
  const of = (name: string) => ({ language, name, error: errorAt(errors, name) });
  const languagesError = errorAt(errors, 'languages');
  return (
    <form method="post" action="/configure/association" enctype="multipart/form-data" novalidate>
      <Field
        {...of('organisation')}
        label={t.organisation}
        hint={t.organisationHint(environment.organisation)}
        value={form.organisation}
        autocomplete="organization"
        maxlength={200}
        required={false}
      />
      {props.logo === null ? null : (
        <div class="field">
          <p class="form-label">{t.logoPresent}</p>
          <p class="logo-preview">
            <img src={logoPath(props.logo)} alt={t.logoPresent} width="96" height="96" />
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
      <fieldset class="field" id="languages" tabindex={-1}>
        <legend class="form-label">{t.offered}</legend>
        <p class="form-text">{t.offeredHint}</p>
        {LANGUAGES.map((offered) => (
          <Checkbox
            name={`offers-${offered}`}
            label={t.languages[offered]}
            checked={form.languages.includes(offered)}
          />
        ))}
        {languagesError === undefined ? null : <p class="invalid-feedback">{languagesError}</p>}
      </fieldset>
      <Select
        {...of('language')}
        label={t.language}
        value={form.language}
        options={LANGUAGES.map((value) => ({ value, label: t.languages[value] }))}
      />
      <Field
        {...of('timeZone')}
        label={t.timeZone}
        hint={t.timeZoneHint}
        value={form.timeZone}
        isSpellchecked={false}
      />
      <Field
        {...of('publicUrl')}
        label={t.publicUrl}
        hint={t.publicUrlHint(environment.publicUrl)}
        value={form.publicUrl}
        type="url"
        required={false}
        isSpellchecked={false}
      />
      <div class="field" id="twoPersonApproval" tabindex={-1}>
        <Checkbox
          name="twoPersonApproval"
          label={t.twoPersonApproval}
          hint={t.twoPersonApprovalHint}
          checked={form.twoPersonApproval}
        />
        {errorAt(errors, 'twoPersonApproval') === undefined ? null : (
          <p class="invalid-feedback">{errorAt(errors, 'twoPersonApproval')}</p>
        )}
      </div>
      <SubmitButton label={t.saveAssociation} />
    </form>
  );
};

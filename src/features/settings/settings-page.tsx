import { LANGUAGES, type Language } from '../../domain/election.ts';
import type { Settings } from '../../domain/settings.ts';
import { type FieldError, errorAt, withLabels } from '../../views/field-errors.ts';
import { ErrorSummary, Field, Select, SubmitButton, TextArea } from '../../views/form.tsx';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { texts } from './texts.ts';

type ListName = 'domains' | 'promotions' | 'buildings';

/** A list as a text area, one entry a line. */
const ListField = (props: {
  language: Language;
  name: ListName;
  entries: readonly string[];
  error: string | undefined;
}) => {
  const t = texts[props.language];
  return (
    <TextArea
      language={props.language}
      name={props.name}
      label={t[props.name]}
      hint={t[`${props.name}Hint`]}
      value={props.entries.join('\n')}
      error={props.error}
      rows={5}
      required={false}
      isSpellchecked={false}
    />
  );
};

/** The settings as the form shows them: as stored, or as they were typed. */
export const SettingsPage = (props: {
  c: PageContext;
  settings: Settings;
  isSaved: boolean;
  errors: readonly FieldError[];
}) => {
  const { c, settings, errors } = props;
  const language = c.get('language');
  const t = texts[language];
  const errorOf = (name: string) => errorAt(errors, name);
  const list = (name: ListName) => (
    <ListField language={language} name={name} entries={settings[name]} error={errorOf(name)} />
  );
  return (
    <StaffPage c={c} title={t.title} isNarrow>
      <p class="lead">{t.lead}</p>
      {props.isSaved ? <Notice kind="success">{t.saved}</Notice> : null}
      <ErrorSummary
        language={language}
        errors={withLabels(language, errors, {
          organisation: t.organisation,
          domains: t.domains,
          promotions: t.promotions,
          buildings: t.buildings,
          timeZone: t.timeZone,
        })}
      />
      <form method="post" action="/settings" novalidate>
        <Field
          language={language}
          name="organisation"
          label={t.organisation}
          hint={t.organisationHint}
          value={settings.organisation}
          error={errorOf('organisation')}
          autocomplete="organization"
          maxlength={200}
        />
        <Select
          language={language}
          name="language"
          label={t.language}
          value={settings.language}
          error={errorOf('language')}
          options={LANGUAGES.map((value) => ({ value, label: t.languages[value] }))}
        />
        <Field
          language={language}
          name="timeZone"
          label={t.timeZone}
          hint={t.timeZoneHint}
          value={settings.timeZone}
          error={errorOf('timeZone')}
          isSpellchecked={false}
        />
        <h2>{t.rollHeading}</h2>
        {list('domains')}
        {list('promotions')}
        {list('buildings')}
        <SubmitButton label={t.save} />
      </form>
    </StaffPage>
  );
};

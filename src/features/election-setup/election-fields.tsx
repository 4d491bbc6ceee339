import type { FC } from 'hono/jsx';
import { KEY_BITS } from '../../domain/election-definition.ts';
import { LANGUAGES, type Language } from '../../domain/election.ts';
import { type FieldError, errorAt } from '../../views/field-errors.ts';
import { Field, Radio, Select, TextArea } from '../../views/form.tsx';
import type { ElectionForm } from './election-form.ts';
import { texts } from './texts.ts';

/** What the fields are called, by their names. */
export const electionLabels = (language: Language): Readonly<Record<keyof ElectionForm, string>> => {
  const {
    title,
    organiser,
    contact,
    description,
    language: tongue,
    timeZone,
    opening,
    opensAt,
    closesAt,
    graceSeconds,
    codeDigits,
    publication,
    electionKeyBits,
    credentialKeyBits,
  } = texts[language];
  return {
    title,
    organiser,
    contact,
    description,
    language: tongue,
    timeZone,
    opening,
    opensAt,
    closesAt,
    graceSeconds,
    codeDigits,
    publication,
    electionKeyBits,
    credentialKeyBits,
  };
};

/** The fields of an election, for the new one and for the configure page. */
export const ElectionFields: FC<{
  language: Language;
  form: ElectionForm;
  errors: readonly FieldError[];
}> = ({ language, form, errors }) => {
  const t = texts[language];
  const of = (name: keyof ElectionForm) => ({
    language,
    name,
    value: form[name],
    error: errorAt(errors, name),
  });
  const keyOptions = (usual: number) =>
    KEY_BITS.map((bits) => ({ value: String(bits), label: t.bits(bits, bits === usual) }));
  return (
    <>
      <Field {...of('title')} label={t.title} maxlength={200} />
      <Field
        {...of('organiser')}
        label={t.organiser}
        hint={t.organiserHint}
        maxlength={200}
        autocomplete="organization"
      />
      <Field {...of('contact')} label={t.contact} hint={t.contactHint} type="email" autocomplete="email" />
      <TextArea
        {...of('description')}
        label={t.description}
        hint={t.descriptionHint}
        required={false}
        maxlength={5000}
      />
      <Select
        {...of('language')}
        label={t.language}
        options={LANGUAGES.map((value) => ({ value, label: t.languages[value] }))}
      />
      <h2>{t.windowHeading}</h2>
      <Field {...of('timeZone')} label={t.timeZone} hint={t.timeZoneHint} isSpellchecked={false} />
      <fieldset class="field">
        <legend class="form-label">{t.opening}</legend>
        <Radio name="opening" value="set" label={t.openingSet} checked={form.opening !== 'proven'} />
        <Radio name="opening" value="proven" label={t.openingProven} checked={form.opening === 'proven'} />
      </fieldset>
      <Field
        {...of('opensAt')}
        label={t.opensAt}
        hint={t.opensAtHint}
        type="datetime-local"
        required={false}
      />
      <Field {...of('closesAt')} label={t.closesAt} type="datetime-local" />
      <Field
        {...of('graceSeconds')}
        label={t.graceSeconds}
        hint={t.graceHint}
        type="number"
        min={0}
        max={86400}
        inputmode="numeric"
      />
      <h2>{t.securityHeading}</h2>
      <Field
        {...of('codeDigits')}
        label={t.codeDigits}
        hint={t.codeDigitsHint}
        type="number"
        min={4}
        max={8}
        inputmode="numeric"
      />
      <fieldset class="field">
        <legend class="form-label">{t.publication}</legend>
        <Radio
          name="publication"
          value="totals"
          label={t.publicationTotals}
          hint={t.publicationTotalsHint}
          checked={form.publication !== 'openings'}
        />
        <Radio
          name="publication"
          value="openings"
          label={t.publicationOpenings}
          hint={t.publicationOpeningsHint}
          checked={form.publication === 'openings'}
        />
      </fieldset>
      <Select {...of('electionKeyBits')} label={t.electionKeyBits} options={keyOptions(3072)} />
      <Select {...of('credentialKeyBits')} label={t.credentialKeyBits} options={keyOptions(2048)} />
    </>
  );
};

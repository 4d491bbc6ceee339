import { errorAt } from '../../views/field-errors.ts';
import { SubmitButton, TextArea } from '../../views/form.tsx';
import type { SectionProps } from './section-props.ts';
import { texts } from './texts.ts';

/** What a roll may say: domains of addresses, promotions; buildings have a page of their own. */
export const VotersForm = ({ language, form, errors, election }: SectionProps) => {
  const t = texts[language];
  const list = (name: 'domains' | 'promotions') => (
    <TextArea
      language={language}
      name={name}
      label={t[name]}
      hint={t[`${name}Hint`]}
      value={form[name]}
      error={errorAt(errors, name)}
      rows={5}
      required={false}
      isSpellchecked={false}
    />
  );
  return (
    <form method="post" action="/configure/voters" novalidate>
      {list('domains')}
      {list('promotions')}
      <div class="actions">
        <SubmitButton label={t.saveVoters} />
        {election === undefined ? null : <a href={`/elections/${election.id}/buildings`}>{t.toBuildings}</a>}
      </div>
    </form>
  );
};

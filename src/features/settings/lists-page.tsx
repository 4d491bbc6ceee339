import type { Settings } from '../../domain/settings.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { type FieldError, errorAt, withLabels } from '../../views/field-errors.ts';
import { ErrorSummary, SubmitButton } from '../../views/form.tsx';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { ListField } from './settings-page.tsx';
import { texts } from './texts.ts';

export type RollLists = Pick<Settings, 'buildings' | 'promotions'>;

/** The lists that a technician keeps while preparing a roll. They hold for the whole server. */
export const ListsPage = (props: {
  c: PageContext;
  election: ElectionRow;
  lists: RollLists;
  isSaved: boolean;
  errors: readonly FieldError[];
}) => {
  const { c, election, lists, errors } = props;
  const language = c.get('language');
  const t = texts[language];
  const root = `/elections/${election.id}`;
  return (
    <StaffPage c={c} title={t.listsTitle} election={election} isNarrow>
      <p class="lead">{t.listsLead}</p>
      {props.isSaved ? <Notice kind="success">{t.saved}</Notice> : null}
      <ErrorSummary
        language={language}
        errors={withLabels(language, errors, { buildings: t.buildings, promotions: t.promotions })}
      />
      <form method="post" action={`${root}/buildings`} novalidate>
        {(['buildings', 'promotions'] as const).map((name) => (
          <ListField language={language} name={name} entries={lists[name]} error={errorAt(errors, name)} />
        ))}
        <div class="actions">
          <SubmitButton label={t.saveLists} />
          <a href={`${root}/import-voters`}>{t.toImport}</a>
        </div>
      </form>
    </StaffPage>
  );
};

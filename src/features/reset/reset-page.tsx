import type { ResetReport } from '../../reset-election.ts';
import type { ElectionRow } from '../../store/elections.ts';
import type { ElectionContent } from '../../store/reset.ts';
import { DefinitionList } from '../../views/definition-list.tsx';
import { ErrorSummary, Field, SubmitButton } from '../../views/form.tsx';
import { formatNumber } from '../../views/format.ts';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { texts } from './texts.ts';

const Content = ({ c, content }: { c: PageContext; content: ElectionContent }) => {
  const language = c.get('language');
  const t = texts[language];
  const fields = ['voters', 'contests', 'candidates', 'mails'] as const;
  return (
    <DefinitionList
      items={fields.map((name) => ({ term: t[name], detail: formatNumber(language, content[name]) }))}
    />
  );
};

/** What goes, what stays, and the title to be typed. */
export const ResetPage = (props: {
  c: PageContext;
  election: ElectionRow;
  content: ElectionContent;
  typed: string;
  error: string | undefined;
}) => {
  const { c, election, error } = props;
  const language = c.get('language');
  const t = texts[language];
  return (
    <StaffPage c={c} title={t.title} election={election} isNarrow>
      <ErrorSummary
        language={language}
        errors={error === undefined ? [] : [{ name: 'title', sentence: error }]}
      />
      <Notice kind="danger">
        <p>{t.warning}</p>
      </Notice>
      <Content c={c} content={props.content} />
      <p>{t.backups}</p>
      <form method="post" action={`/elections/${election.id}/reset`} novalidate>
        <Field
          language={language}
          name="title"
          label={t.typeTitle}
          hint={t.typeTitleHint(election.title)}
          value={props.typed}
          error={error}
          required
        />
        <SubmitButton label={t.button} kind="danger" />
      </form>
    </StaffPage>
  );
};

/** The answer to the deletion: what went. Loading it again finds nothing to delete. */
export const ResetDonePage = ({ c, report }: { c: PageContext; report: ResetReport }) => {
  const language = c.get('language');
  const t = texts[language];
  const files = ['keptMails', 'keptRolls'] as const;
  return (
    <StaffPage c={c} title={t.doneTitle} isNarrow>
      <Notice kind="success">
        <p>{report.title}</p>
      </Notice>
      <Content c={c} content={report} />
      <DefinitionList
        items={files.map((name) => ({ term: t[name], detail: formatNumber(language, report[name]) }))}
      />
      <p>{t.backups}</p>
      <p>
        <a class="btn btn-secondary" href="/elections">
          {t.toElections}
        </a>
      </p>
    </StaffPage>
  );
};

import type { ElectionRow } from '../../store/elections.ts';
import { Radio, SubmitButton } from '../../views/form.tsx';
import { formatNumber } from '../../views/format.ts';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { SHEETS_A_FILE } from './print-sheets.ts';
import { sheetTexts } from './sheet-texts.ts';
import { texts } from './texts.ts';

/** Prints sheets with codes, a file at a time. */
export const SheetsPage = (props: {
  c: PageContext;
  election: ElectionRow;
  voters: number;
  files: number;
}) => {
  const { c, election, voters, files } = props;
  const language = c.get('language');
  const t = sheetTexts[language];
  const number = (value: number): string => formatNumber(language, value);
  const root = `/elections/${election.id}`;
  const parts = Array.from({ length: files }, (_, index) => index + 1);
  const labelOf = (part: number): string => {
    const last = Math.min(part * SHEETS_A_FILE, voters);
    return t.print(number(part), number(files), number((part - 1) * SHEETS_A_FILE + 1), number(last));
  };
  const crumbs = [{ href: `${root}/links`, label: texts[language].title }];
  return (
    <StaffPage c={c} title={t.title} election={election} crumbs={crumbs} isNarrow>
      <p class="lead">{t.lead}</p>
      <Notice kind="warning">
        <p>{t.secret}</p>
        {election.links_mailed === 1 ? null : <p>{t.fixes}</p>}
      </Notice>
      {files === 0 ? (
        <p class="empty">{t.nobody}</p>
      ) : (
        <form method="post" action={`${root}/sheets`}>
          <fieldset class="field">
            <legend>{t.content}</legend>
            <Radio name="content" value="code" label={t.codeOnly} hint={t.codeOnlyHint} checked />
            <Radio name="content" value="link" label={t.codeAndLink} hint={t.codeAndLinkHint} />
          </fieldset>
          <p>{t.changed}</p>
          {parts.map((part) => (
            <p>
              <SubmitButton kind="secondary" name="part" value={String(part)} label={labelOf(part)} />
            </p>
          ))}
        </form>
      )}
    </StaffPage>
  );
};

import type { Language } from '../../domain/election.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { DataTable } from '../../views/data-table.tsx';
import { DefinitionList } from '../../views/definition-list.tsx';
import { ErrorSummary, FileField, Radio, SubmitButton } from '../../views/form.tsx';
import { formatNumber } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { importTexts } from './import-texts.ts';
import { refusedRows } from './import-roll.ts';
import { type RollColumn, type RollReading, type RowError, describeRowError } from './reading/index.ts';

/** More than anybody corrects from a page; the download holds them all. */
const SHOWN_ERRORS = 500;
const SHOWN_ROWS = 10;

const ACCEPTED =
  '.csv,.txt,.tsv,.xlsx,.ods,text/csv,text/plain,text/tab-separated-values,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/vnd.oasis.opendocument.spreadsheet';

interface PageProps {
  readonly c: PageContext;
  readonly election: ElectionRow;
}

/** Choosing the file. */
export const ImportPage = (
  props: PageProps & {
    readonly registered: number;
    /** False once voting has ended. */
    readonly isOpen: boolean;
    /** Why the file that was chosen cannot be read. */
    readonly fault?: string | undefined;
  },
) => {
  const { c, election, fault } = props;
  const language = c.get('language');
  const t = importTexts[language];
  const root = `/elections/${election.id}`;
  const errors = fault === undefined ? [] : [{ name: 'roll', sentence: fault }];
  return (
    <StaffPage c={c} title={t.title} election={election} isNarrow>
      <ErrorSummary language={language} errors={errors} />
      {props.isOpen ? <p class="lead">{t.lead}</p> : <Notice kind="info">{t.ended}</Notice>}
      {props.isOpen ? (
        <form method="post" action={`${root}/import-voters`} enctype="multipart/form-data" class="card">
          <p>{t.columns}</p>
          <FileField
            language={language}
            name="roll"
            label={t.roll}
            hint={t.rollHint}
            accept={ACCEPTED}
            error={fault}
          />
          <SubmitButton label={t.check}>
            <Icon name="upload" />
          </SubmitButton>
        </form>
      ) : null}
      <p>{t.onRoll(formatNumber(language, props.registered))}</p>
      <p class="actions">
        <a class="btn btn-secondary" href={`${root}/register-voter`}>
          <Icon name="people" /> {t.toRoll}
        </a>
        {props.isOpen ? (
          <a class="btn btn-secondary" href={`${root}/voters/new`}>
            <Icon name="person-plus" /> {t.addOne}
          </a>
        ) : null}
      </p>
    </StaffPage>
  );
};

/** Everything about the chosen file, before anything is written. */
export const PreviewPage = (
  props: PageProps & {
    readonly preview: string;
    readonly reading: RollReading;
    /** Rows that are not on the roll yet, and rows that are and say something else. */
    readonly added: number;
    readonly differing: number;
    readonly isFrozen: boolean;
  },
) => {
  const { c, election, preview, reading } = props;
  const language = c.get('language');
  const t = importTexts[language];
  const number = (value: number): string => formatNumber(language, value);
  const root = `/elections/${election.id}/import-voters`;
  const { voters, errors } = reading;
  const wrong = refusedRows(reading);
  return (
    <StaffPage c={c} title={t.previewTitle} election={election} crumbs={[{ href: root, label: t.title }]}>
      {wrong === 0 ? (
        <Notice kind="info" title={t.notYet}>
          <p>{t.allGood(number(voters.length))}</p>
        </Notice>
      ) : (
        <Notice kind="warning" title={t.someWrong(number(wrong))}>
          <p>
            {t.notYet} {voters.length === 0 ? t.noneGood : t.someWrongHelp}
          </p>
        </Notice>
      )}
      <section>
        <h2>{t.figures}</h2>
        <DefinitionList items={figures(language, props)} />
      </section>
      {errors.length === 0 ? null : (
        <section>
          <h2>{t.errors}</h2>
          {errors.length > SHOWN_ERRORS ? (
            <p>{t.firstErrors(number(SHOWN_ERRORS), number(errors.length))}</p>
          ) : null}
          <ErrorList language={language} errors={errors.slice(0, SHOWN_ERRORS)} />
          <p>
            <a class="btn btn-secondary" href={`${root}/previews/${preview}/errors.csv`}>
              <Icon name="download" /> {t.download}
            </a>
          </p>
        </section>
      )}
      {voters.length === 0 ? null : (
        <DataTable
          caption={t.firstRows}
          columns={[
            { label: t.line, kind: 'number' },
            { label: t.lastName },
            { label: t.firstName },
            { label: t.email },
            { label: t.promotion },
            { label: t.building },
          ]}
          rows={voters
            .slice(0, SHOWN_ROWS)
            .map((voter) => [
              String(voter.line),
              voter.last_name,
              voter.first_name,
              voter.email,
              voter.promotion,
              voter.building,
            ])}
        />
      )}
      {voters.length === 0 ? null : <ConfirmForm {...props} />}
      <form method="post" action={`${root}/discard`}>
        <input type="hidden" name="preview" value={preview} />
        <SubmitButton label={t.again} kind={wrong === 0 ? 'link' : 'secondary'} />
      </form>
    </StaffPage>
  );
};

/** Row by row, with everything that is wrong with it. Lines are written as editors write them, without separators. */
const ErrorList = (props: { language: Language; errors: readonly RowError[] }) => {
  const { language } = props;
  const t = importTexts[language];
  const rows = new Map<number, RowError[]>();
  for (const error of props.errors) rows.set(error.line, [...(rows.get(error.line) ?? []), error]);
  return (
    <ol class="entries">
      {[...rows].map(([line, errors]) => (
        <li class="entry">
          <div class="entry-body">
            <p class="entry-title">{t.lineOf(line)}</p>
            {errors.map((error) => (
              <p class="entry-note">
                {t.inColumn(columnLabel(language, error.column))} {describeRowError(language, error)}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
};

const ConfirmForm = (props: Parameters<typeof PreviewPage>[0]) => {
  const { c, election, preview, reading, differing } = props;
  const language = c.get('language');
  const t = importTexts[language];
  const count = formatNumber(language, reading.voters.length);
  const isWhole = reading.errors.length === 0;
  return (
    <form method="post" action={`/elections/${election.id}/import-voters/confirm`} class="card">
      <input type="hidden" name="preview" value={preview} />
      <input type="hidden" name="mode" value={isWhole ? 'all' : 'only-valid'} />
      {differing === 0 ? null : (
        <fieldset class="field">
          <legend>{t.existing}</legend>
          <Radio name="existing" value="keep" label={t.keep} checked />
          <Radio name="existing" value="update" label={t.update} hint={t.untouched} />
        </fieldset>
      )}
      {props.isFrozen ? (
        <Notice kind="info">
          <p>{t.frozen}</p>
        </Notice>
      ) : null}
      <SubmitButton
        label={isWhole ? t.importAll(count) : t.importValid(count)}
        kind={isWhole ? 'primary' : 'secondary'}
      />
    </form>
  );
};

export function columnLabel(language: Language, column: RollColumn | null): string {
  const t = importTexts[language];
  switch (column) {
    case 'last_name':
      return t.lastName;
    case 'first_name':
      return t.firstName;
    case 'email':
      return t.email;
    case 'promotion':
      return t.promotion;
    case 'building':
      return t.building;
    case null:
      return t.wholeRow;
    default:
      return column satisfies never;
  }
}

function figures(
  language: Language,
  props: { reading: RollReading; added: number; differing: number },
): { term: string; detail: string }[] {
  const t = importTexts[language];
  const { reading, added, differing } = props;
  const { voters, encoding, delimiter, header } = reading;
  const number = (value: number): string => formatNumber(language, value);
  const known = voters.length - added;
  return [
    { term: t.valid, detail: number(voters.length) },
    { term: t.wrong, detail: number(refusedRows(reading)) },
    { term: t.added, detail: number(added) },
    ...(known === 0 ? [] : [{ term: t.known, detail: number(known) }]),
    ...(differing === 0 ? [] : [{ term: t.differing, detail: number(differing) }]),
    {
      term: t.kind,
      detail:
        encoding === null || delimiter === null
          ? t.sheet
          : t.text(encoding.toUpperCase(), t.delimiters[delimiter]),
    },
    { term: t.header, detail: header === true ? t.headerFound : t.headerMissing },
  ];
}

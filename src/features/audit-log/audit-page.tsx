import { AUDIT_EVENTS, auditSentence } from '../../domain/audit-events.ts';
import type { Language } from '../../domain/election.ts';
import type { AuditLine } from '../../store/audit.ts';
import type { AuditFilter, ChainedLine } from '../../store/audit-search.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { type FieldError, errorAt, withLabels } from '../../views/field-errors.ts';
import { ErrorSummary, Field, Select, SubmitButton } from '../../views/form.tsx';
import { formatNumber, formatShortInstant } from '../../views/format.ts';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { type TypedFilter, inUtc, queryOf } from './audit-filter.ts';
import { EXPORT_FORMATS } from './export-audit.ts';
import { texts } from './texts.ts';

/** The log of official acts: of one election, or of the whole server. */
export const AuditPage = (props: {
  c: PageContext;
  /** Whose log it is; undefined: the server's. */
  election: ElectionRow | undefined;
  /** Those that the server's log can be narrowed to. */
  elections: readonly ElectionRow[];
  actors: readonly string[];
  timeZone: string;
  typed: TypedFilter;
  filter: AuditFilter;
  errors: readonly FieldError[];
  lines: readonly ChainedLine[];
  /** The first entry that does not follow from the one before it. */
  broken: number | undefined;
  /** From where older entries are read, where there are any. */
  older: number | undefined;
}) => {
  const { c, election, typed, errors, lines, broken, older, timeZone } = props;
  const language = c.get('language');
  const t = texts[language];
  const path = election === undefined ? '/log' : `/elections/${election.id}/log`;
  const titles = new Map(props.elections.map(({ id, title }) => [id, title]));
  const own = { ...inUtc(typed, props.filter), ...(election === undefined ? {} : { election: election.id }) };
  return (
    <StaffPage c={c} title={t.title} isNarrow {...(election === undefined ? {} : { election })}>
      <p class="lead">{election === undefined ? t.serverLead : t.lead}</p>
      {broken === undefined ? (
        <Notice kind="success">
          <p>{t.holds}</p>
        </Notice>
      ) : (
        <Notice kind="danger">
          <p>{t.broken(formatNumber(language, broken))}</p>
        </Notice>
      )}
      <ErrorSummary language={language} errors={withLabels(language, errors, t.labels)} />
      <details class="fold" open={queryOf(typed) !== ''}>
        <summary>{t.filter}</summary>
        <form method="get" action={path}>
          {election === undefined ? (
            <Select
              language={language}
              name="election"
              label={t.labels.election}
              value={typed.election}
              required={false}
              options={[
                { value: '', label: t.any },
                ...props.elections.map(({ id, title }) => ({ value: id, label: title })),
              ]}
            />
          ) : null}
          <Select
            language={language}
            name="kind"
            label={t.labels.kind}
            value={typed.kind}
            required={false}
            options={[{ value: '', label: t.any }, ...kindOptions(language)]}
          />
          <Select
            language={language}
            name="actor"
            label={t.labels.actor}
            value={typed.actor}
            required={false}
            options={[
              { value: '', label: t.any },
              ...props.actors.map((value) => ({ value, label: actorName(language, value) })),
            ]}
          />
          {(['from', 'until'] as const).map((name) => (
            <Field
              language={language}
              name={name}
              label={t.labels[name]}
              hint={t.zone(timeZone)}
              value={typed[name]}
              error={errorAt(errors, name)}
              type="datetime-local"
              required={false}
            />
          ))}
          <div class="actions">
            <SubmitButton label={t.show} kind="secondary" />
            <a href={path}>{t.showAll}</a>
          </div>
        </form>
      </details>
      {lines.length === 0 ? (
        <p class="empty">{queryOf(typed) === '' ? t.empty : t.nothingFound}</p>
      ) : (
        <ul class="entries" aria-label={t.title}>
          {lines.map((line) => (
            <li class="entry">
              <div class="entry-body">
                <p class="entry-title">{sentenceOf(language, line)}</p>
                <p class="entry-note">
                  {t.number(formatNumber(language, line.seq))} ·{' '}
                  {formatShortInstant(language, timeZone, line.at)} · {actorName(language, line.actor)}
                  {election !== undefined || line.electionId === null
                    ? null
                    : ` · ${titles.get(line.electionId) ?? t.goneElection}`}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {older === undefined ? null : (
        <p>
          <a href={`${path}?${queryOf(typed, { before: String(older) })}`}>{t.older}</a>
        </p>
      )}
      <p class="actions">
        {EXPORT_FORMATS.map((format) => (
          <a class="btn btn-secondary btn-sm" href={`/log/export?${queryOf(own, { format })}`}>
            {t.exports[format]}
          </a>
        ))}
      </p>
    </StaffPage>
  );
};

/** The sentence of an entry; one of a kind that nobody declares was not written by this program, and says so itself. */
const sentenceOf = (language: Language, { kind, fields }: AuditLine): string =>
  Object.hasOwn(AUDIT_EVENTS, kind) ? auditSentence(language, kind, fields) : kind;

const actorName = (language: Language, actor: string): string => {
  const names: Readonly<Record<string, string>> = texts[language].actors;
  return names[actor] ?? actor;
};

const kindOptions = (language: Language): readonly { value: string; label: string }[] =>
  Object.entries(AUDIT_EVENTS)
    .map(([value, event]) => ({ value, label: event[language].replace(/\{\w+\}/g, '…') }))
    .sort((a, b) => a.label.localeCompare(b.label, language));

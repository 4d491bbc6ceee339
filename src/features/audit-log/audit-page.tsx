import { auditSentence } from '../../domain/audit-events.ts';
import type { AuditLine } from '../../store/audit.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { formatNumber, formatShortInstant } from '../../views/format.ts';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { texts } from './texts.ts';

export const AuditPage = (props: {
  c: PageContext;
  election: ElectionRow;
  lines: readonly AuditLine[];
  /** The first entry that does not follow from the one before it. */
  broken: number | undefined;
  /** From where older entries are read, where there are any. */
  older: number | undefined;
}) => {
  const { c, election, lines, broken, older } = props;
  const language = c.get('language');
  const t = texts[language];
  return (
    <StaffPage c={c} title={t.title} election={election} isNarrow>
      <p class="lead">{t.lead}</p>
      {broken === undefined ? (
        <Notice kind="success">
          <p>{t.holds}</p>
        </Notice>
      ) : (
        <Notice kind="danger">
          <p>{t.broken(formatNumber(language, broken))}</p>
        </Notice>
      )}
      {lines.length === 0 ? (
        <p class="empty">{t.empty}</p>
      ) : (
        <ul class="entries" aria-label={t.title}>
          {lines.map(({ seq, at, actor, kind, fields }) => (
            <li class="entry">
              <div class="entry-body">
                <p class="entry-title">{auditSentence(language, kind, fields)}</p>
                <p class="entry-note">
                  {t.number(formatNumber(language, seq))} ·{' '}
                  {formatShortInstant(language, election.time_zone, at)} · {actor}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {older === undefined ? null : (
        <p>
          <a href={`/elections/${election.id}/log?before=${older}`}>{t.older}</a>
        </p>
      )}
    </StaffPage>
  );
};

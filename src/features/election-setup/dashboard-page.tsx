import type { LiveFigures } from '../../live-figures.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { ApprovalsNotice } from '../../views/approvals-notice.tsx';
import { Icon } from '../../views/icon.tsx';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { Figure } from './dashboard-figures.tsx';
import {
  type DashboardActs,
  DashboardErrors,
  type DashboardForm,
  DashboardForms,
} from './dashboard-forms.tsx';
import { dashboardTexts } from './dashboard-texts.ts';

export const DASHBOARD_NOTICES = ['extended', 'closing', 'opened', 'noted'] as const;

/** Turnout, time, key, mail, urn and disk while people vote. Nothing here counts ballots or tells of their content. */
export const DashboardPage = (props: {
  c: PageContext;
  election: ElectionRow;
  figures: LiveFigures;
  acts: DashboardActs;
  form: DashboardForm;
  /** Undefined where one person decides alone. */
  waitingApprovals: number | undefined;
  notice: (typeof DASHBOARD_NOTICES)[number] | undefined;
}) => {
  const { c, election, figures, acts, form } = props;
  const language = c.get('language');
  const t = dashboardTexts[language];
  const shown = { language, election, figures };
  const isLive = election.state === 'armed' || election.state === 'open';
  return (
    <StaffPage c={c} title={t.title} election={election} script={isLive ? 'dashboard' : undefined}>
      {props.notice === undefined ? null : <Notice kind="success">{t[props.notice]}</Notice>}
      <DashboardErrors c={c} form={form} />
      <ApprovalsNotice language={language} electionId={election.id} waiting={props.waitingApprovals} />
      {isLive ? <Following c={c} election={election} /> : null}
      <Figure name="turnout" {...shown} />
      <Figure name="facts" {...shown} />
      <Figure name="hours" {...shown} />
      <Figure name="parts" {...shown} />
      <p class="form-text">{t.noCounts}</p>
      <div class="acts">
        <DashboardForms c={c} election={election} acts={acts} form={form} />
      </div>
    </StaffPage>
  );
};

/** Without a script a link loads the page again; with one the figures move, and can be held. */
const Following = ({ c, election }: { c: PageContext; election: ElectionRow }) => {
  const t = dashboardTexts[c.get('language')];
  const root = `/elections/${election.id}/dashboard`;
  return (
    <div
      class="following"
      data-live={`${root}/events?state=${election.state}`}
      data-following={t.following}
      data-paused={t.paused}
      data-lost={t.lost}
      data-ended={t.ended}
    >
      <p class="following-state" role="status" aria-live="polite"></p>
      <div class="actions">
        <button class="btn btn-secondary" type="button" aria-pressed="false" hidden>
          {t.pause}
        </button>
        <a class="btn btn-secondary" href={root}>
          <Icon name="arrow-clockwise" /> {t.reload}
        </a>
        <a class="btn btn-secondary" href={`/live?election=${election.id}`}>
          {t.hall}
        </a>
      </div>
    </div>
  );
};

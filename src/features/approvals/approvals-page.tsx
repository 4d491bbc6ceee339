import { APPROVAL_MS, APPROVED_ACTS, type ApprovedAct, REQUEST_MS, mayAsk } from '../../domain/approvals.ts';
import type { ApprovalRow } from '../../store/approvals.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { Select, SubmitButton } from '../../views/form.tsx';
import { formatInstant } from '../../views/format.ts';
import { Notice } from '../../views/notice.tsx';
import { type PageContext, viewerOf } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { texts } from './texts.ts';

export const NEWS = ['asked', 'granted', 'refused'] as const;

interface Shown {
  readonly c: PageContext;
  readonly election: ElectionRow;
  readonly now: number;
}

/** Where a request stands, in words. */
function standingOf({ c, election, now }: Shown, request: ApprovalRow): string {
  const language = c.get('language');
  const t = texts[language];
  const instant = (at: number): string => formatInstant(language, election.time_zone, at);
  const { decided_at: at, decided_by: by } = request;
  if (at === null || by === null) return request.asked_at > now - REQUEST_MS ? t.waiting : t.over;
  if (request.is_granted === 0) return t.refusedBy(by, instant(at));
  return `${t.grantedBy(by, instant(at))} (${t.goodUntil(instant(at + APPROVAL_MS))})`;
}

const Decision = ({ c, election, now, request }: Shown & { request: ApprovalRow }) => {
  const t = texts[c.get('language')];
  const viewer = viewerOf(c);
  if (request.decided_at !== null || request.asked_at <= now - REQUEST_MS) return null;
  if (request.asked_by === viewer.email) return <p class="form-text">{t.own}</p>;
  if (viewer.role !== 'admin') return null;
  return (
    <form
      class="actions"
      method="post"
      action={`/elections/${election.id}/approvals/${request.id}/decide`}
      aria-label={`${t.acts[request.act]}, ${request.asked_by}`}
    >
      <SubmitButton label={t.grant} name="decision" value="grant" isSmall />
      <SubmitButton label={t.refuse} name="decision" value="refuse" kind="secondary" isSmall />
    </form>
  );
};

const RequestEntry = (props: Shown & { request: ApprovalRow }) => {
  const { c, election, request } = props;
  const language = c.get('language');
  const t = texts[language];
  const asker = request.asked_by === 'cli' ? t.cli : request.asked_by;
  return (
    <li class="entry">
      <div class="entry-body">
        <p class="entry-title">{t.acts[request.act]}</p>
        <p class="entry-note">
          {t.askedBy(asker, formatInstant(language, election.time_zone, request.asked_at))}
        </p>
        <p class="entry-note">{standingOf(props, request)}</p>
      </div>
      <Decision {...props} />
    </li>
  );
};

/** Who asked for which step of an election, and who approved it. */
export const ApprovalsPage = (
  props: Shown & {
    requests: readonly ApprovalRow[];
    isOn: boolean;
    act: ApprovedAct | undefined;
    news: (typeof NEWS)[number] | undefined;
  },
) => {
  const { c, election, now, requests } = props;
  const language = c.get('language');
  const t = texts[language];
  const { role } = viewerOf(c);
  const acts = APPROVED_ACTS.filter((act) => mayAsk(role, act));
  return (
    <StaffPage c={c} title={t.title} election={election} isNarrow>
      <p class="lead">{t.lead}</p>
      {props.news === undefined ? null : <Notice kind="success">{t[props.news]}</Notice>}
      {props.isOn ? (
        <form class="card form-card" method="post" action={`/elections/${election.id}/approvals`}>
          <h2>{t.askHeading}</h2>
          <Select
            language={language}
            name="act"
            label={t.act}
            value={props.act ?? acts[0]}
            options={acts.map((act) => ({ value: act, label: t.acts[act] }))}
          />
          <SubmitButton label={t.ask} />
        </form>
      ) : (
        <Notice kind="info">
          <p>{t.off}</p>
        </Notice>
      )}
      <h2>{t.list}</h2>
      {requests.length === 0 ? (
        <p class="empty">{t.none}</p>
      ) : (
        <ul class="entries" aria-label={t.list}>
          {requests.map((request) => (
            <RequestEntry c={c} election={election} now={now} request={request} />
          ))}
        </ul>
      )}
    </StaffPage>
  );
};

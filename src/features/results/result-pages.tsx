import type { ElectionRow } from '../../store/elections.ts';
import { FileField, SubmitButton } from '../../views/form.tsx';
import { formatInstant } from '../../views/format.ts';
import { Notice } from '../../views/notice.tsx';
import { PublicPage } from '../../views/public-page.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { ResultView } from './result-view.tsx';
import type { ResultSummary } from '../../result-summary.ts';
import { texts } from './texts.ts';

/** Before the results are public: where things stand. */
const Waiting = (props: { c: PageContext; election: ElectionRow }) => {
  const language = props.c.get('language');
  const t = texts[language];
  const { state, time_zone, closes_at } = props.election;
  return (
    <>
      <Notice kind="info" title={t.notYet}>
        {state === 'closed' || state === 'tallied' ? (
          <p>{t.endedOn(formatInstant(language, time_zone, closes_at))}</p>
        ) : null}
        {state === 'closed' ? <p>{t.counting}</p> : null}
      </Notice>
    </>
  );
};

/** What everyone sees. */
export const PublicResultPage = (props: {
  c: PageContext;
  election: ElectionRow;
  summary: ResultSummary | undefined;
}) => {
  const { c, election, summary } = props;
  const language = c.get('language');
  return (
    <PublicPage
      language={language}
      title={`${texts[language].title} · ${election.title}`}
      organiser={election.organiser}
      path={c.req.path}
    >
      {summary === undefined ? (
        <Waiting c={c} election={election} />
      ) : (
        <ResultView
          language={language}
          summary={summary}
          electionId={election.id}
          links={{ minutes: `/results/${election.id}/minutes`, screen: `/results/${election.id}/screen` }}
        />
      )}
    </PublicPage>
  );
};

/** What admins see before, with the act of publishing. */
export const StaffResultPage = (props: {
  c: PageContext;
  election: ElectionRow;
  summary: ResultSummary | undefined;
}) => {
  const { c, election, summary } = props;
  const language = c.get('language');
  const t = texts[language];
  const root = `/elections/${election.id}`;
  const isPublic = election.state === 'published' || election.state === 'archived';
  return (
    <StaffPage c={c} title={t.title} election={election}>
      {summary === undefined ? (
        <Waiting c={c} election={election} />
      ) : (
        <>
          {isPublic ? (
            <Notice kind="success" title={t.published}>
              <p>
                <a href={`/results/${election.id}`}>{`/results/${election.id}`}</a>
              </p>
            </Notice>
          ) : (
            <Notice kind="warning" title={t.unpublished}>
              <p>{t.publishNote}</p>
              <form method="post" action={`${root}/publish`}>
                <SubmitButton label={t.publish} />
              </form>
            </Notice>
          )}
          <ResultView
            language={language}
            summary={summary}
            electionId={election.id}
            links={{ minutes: `${root}/minutes`, screen: `${root}/results/screen` }}
          />
        </>
      )}
    </StaffPage>
  );
};

/** The voter's own check, made by the device itself. */
export const ReceiptPage = (props: { c: PageContext; election: ElectionRow }) => {
  const { c, election } = props;
  const language = c.get('language');
  const t = texts[language];
  return (
    <PublicPage
      language={language}
      title={t.receiptTitle}
      organiser={election.organiser}
      path={c.req.path}
      script="verifier"
      isNarrow
    >
      <p class="lead">{t.receiptLead}</p>
      <noscript>
        <Notice kind="warning">
          <p>{t.receiptNoScript}</p>
        </Notice>
      </noscript>
      <form
        class="card"
        id="check-receipt"
        data-record={`/elections/${election.id}/record`}
        data-working={t.receiptWorking}
        data-found={t.receiptFound}
        data-missing={t.receiptMissing}
        data-invalid={t.receiptInvalid}
        data-not-a-receipt={t.receiptNotAReceipt}
        data-fails={t.recordFails}
        data-holds={t.recordHolds}
      >
        <FileField
          language={language}
          label={t.receiptFile}
          name="receipt"
          accept=".json,application/json"
          hint={t.receiptFileHint}
        />
        <SubmitButton label={t.receiptButton} />
      </form>
      <div id="verdict" class="form-status" role="status" aria-live="polite"></div>
      <p>
        <a href={`/elections/${election.id}/record`} download="record.jsonl">
          {t.download}
        </a>
      </p>
    </PublicPage>
  );
};

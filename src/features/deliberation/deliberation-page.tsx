import { toBase64url } from '../../protocol/bytes.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { ErrorSummary, SubmitButton } from '../../views/form.tsx';
import { formatNumber } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import { type KeyFault, KeyFields } from '../../views/key-fields.tsx';
import { Notice } from '../../views/notice.tsx';
import { ProgressBar } from '../../views/progress-bar.tsx';
import { describeRefusal } from '../../views/refusal-page.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { texts as viewTexts } from '../../views/texts.ts';
import type { Preconditions } from './preconditions.ts';
import type { DeliberationState } from './running-deliberations.ts';
import { texts } from './texts.ts';

interface PageProps {
  readonly c: PageContext;
  readonly election: ElectionRow;
}

/** The conditions of section 9 as checks, then key file and words; the count is one press away. */
export const DeliberationPage = ({
  c,
  election,
  preconditions,
  fault,
}: PageProps & {
  preconditions: Preconditions;
  fault?: KeyFault | undefined;
}) => {
  const language = c.get('language');
  const t = texts[language];
  const { colon } = viewTexts[language];
  const { checks, close } = preconditions;
  const isReady = close !== undefined && checks.every(({ holds }) => holds);
  return (
    <StaffPage c={c} title={t.title} election={election} isNarrow>
      <ErrorSummary language={language} errors={fault === undefined ? [] : [fault]} />
      <p class="lead">{t.lead}</p>
      <section class="card">
        <h2>{t.checks}</h2>
        <ul class="checks">
          {checks.map(({ name, holds }) => (
            <li class={holds ? 'check-holds' : 'check-fails'}>
              <Icon name={holds ? 'check-circle-fill' : 'x-circle'} size={20} />
              <span>
                {t.checkNames[name] + colon} <strong>{holds ? t.holds : t.fails}</strong>
              </span>
            </li>
          ))}
        </ul>
        {close === undefined ? (
          <p>{t.notYet}</p>
        ) : (
          <>
            <p>
              {t.root + colon} <code class="wrap">{toBase64url(close.root)}</code>
            </p>
            <p class="hint">{t.rootNote}</p>
          </>
        )}
      </section>
      {isReady ? (
        <form
          method="post"
          action={`/elections/${election.id}/deliberate`}
          enctype="multipart/form-data"
          class="card"
        >
          <Notice kind={election.publication === 'openings' ? 'warning' : 'info'}>
            <p>{election.publication === 'openings' ? t.openingsWarning : t.totalsNote}</p>
          </Notice>
          <KeyFields language={language} fault={fault} />
          <SubmitButton label={t.button}>
            <Icon name="unlock" />
          </SubmitButton>
        </form>
      ) : null}
    </StaffPage>
  );
};

/** While the count runs, and what came of it. Without JavaScript the page reloads itself. */
export const ProgressPage = ({ c, election, state }: PageProps & { state: DeliberationState }) => {
  const language = c.get('language');
  const t = texts[language];
  const number = (value: number): string => formatNumber(language, value);
  const root = `/elections/${election.id}`;
  switch (state.kind) {
    case 'running':
      return (
        <StaffPage c={c} title={t.progressTitle} election={election} script="live" isNarrow>
          <div id="deliberation" class="card" data-events={`${root}/deliberate/events`}>
            <ProgressBar
              label={t.progress(number(state.opened), number(state.total))}
              value={state.opened}
              max={state.total}
              id="opened"
            />
            <p>{t.working}</p>
          </div>
        </StaffPage>
      );
    case 'failed':
      return (
        <StaffPage c={c} title={t.failed} election={election} code={state.refusal.code} isNarrow>
          <Notice kind="danger">
            <p>{describeRefusal(language, state.refusal, election.time_zone)}</p>
          </Notice>
          <p>
            <a class="btn btn-primary" href={`${root}/deliberate?again=1`}>
              {t.again}
            </a>
          </p>
        </StaffPage>
      );
    case 'done':
      return (
        <StaffPage c={c} title={t.doneTitle} election={election} isNarrow>
          <Notice kind="success">
            <p>{t.done(number(state.count))}</p>
          </Notice>
          <section class="card">
            <p>{t.openingsNote}</p>
            <p class="actions">
              <a class="btn btn-secondary" href={`${root}/openings`} download="openings.jsonl">
                {t.openingsDownload}
              </a>
              <a class="btn btn-primary" href={`${root}/results`}>
                {t.results}
              </a>
            </p>
          </section>
        </StaffPage>
      );
    default:
      return state satisfies never;
  }
};

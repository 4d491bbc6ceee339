import type { Language } from '../../domain/election.ts';
import { FILE_KINDS, KEY_REFUSALS } from '../../domain/key-refusals.ts';
import { toBase64url } from '../../protocol/bytes.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { ErrorSummary, Select, SubmitButton } from '../../views/form.tsx';
import { formatInstant } from '../../views/format.ts';
import { type KeyFault, KeyFields } from '../../views/key-fields.tsx';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { texts as viewTexts } from '../../views/texts.ts';
import type { KeyStatus } from './prove-key.ts';
import { texts } from './texts.ts';

const COPIES = [1, 2, 3, 4];

/** What the browser's own refusals say, by their codes. */
const sentencesOf = (language: Language): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(KEY_REFUSALS).map(([code, form]) => [code, form[language]])),
  );

export interface ProveKeyPageProps {
  readonly c: PageContext;
  readonly election: ElectionRow;
  readonly status: KeyStatus;
  readonly fault?: KeyFault | undefined;
  readonly proven?: 'first' | 'again' | undefined;
}

/** Proof of possession: the saved file is opened by the browser, or uploaded where there is no script. */
export const ProveKeyPage = ({ c, election, status, fault, proven }: ProveKeyPageProps) => {
  const language = c.get('language');
  const t = texts[language];
  const { colon } = viewTexts[language];
  const root = `/elections/${election.id}`;
  return (
    <StaffPage c={c} title={t.proveTitle} election={election} script="ceremony" isNarrow>
      {proven === undefined ? null : (
        <Notice kind="success" title={proven === 'first' ? t.proven : t.provenAgain}>
          {proven === 'first' ? <p>{t.armedNote}</p> : null}
          <p>
            <a href={`${root}/links`}>{t.nextLinks}</a>
          </p>
        </Notice>
      )}
      <ErrorSummary language={language} errors={fault === undefined ? [] : [fault]} />
      <p class="lead">{t.proveLead}</p>
      <noscript>
        <Notice kind="warning">
          <p>{t.noScript}</p>
        </Notice>
      </noscript>
      <form
        method="post"
        action={`${root}/prove-key`}
        enctype="multipart/form-data"
        id="prove-key"
        data-challenge={`${root}/prove-key/challenge`}
        data-answer={`${root}/prove-key/answer`}
        data-working={t.working}
        data-refusals={sentencesOf(language)}
        data-kinds={JSON.stringify(FILE_KINDS[language])}
        class="card"
      >
        <KeyFields language={language} fault={fault} />
        <Select
          language={language}
          label={t.copy}
          name="copy"
          value="1"
          options={COPIES.map((copy) => ({ value: String(copy), label: t.copyName(copy) }))}
        />
        <SubmitButton label={t.proveButton} />
        <div id="ceremony-status" class="form-status" role="status" tabindex={-1}></div>
      </form>
      <section class="card">
        <h2>{t.copies}</h2>
        {status.copies.length === 0 ? <p>{t.noCopies}</p> : null}
        <ul>
          {status.copies.map(({ copy, proven_at }) => (
            <li>{t.copyProven(t.copyName(copy), formatInstant(language, election.time_zone, proven_at))}</li>
          ))}
        </ul>
        <p>
          {t.fingerprint + colon} <code>{status.fingerprint}</code>
        </p>
        {status.manifestDigest === undefined ? null : (
          <p>
            {t.manifestDigest + colon} <code class="wrap">{toBase64url(status.manifestDigest)}</code>
          </p>
        )}
      </section>
    </StaffPage>
  );
};

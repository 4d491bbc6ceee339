import type { Language } from '../domain/election.ts';
import { REFUSALS, type RefusalCode, refusalSentence } from '../domain/refusals.ts';
import type { Refusal, RefusalDetail } from '../protocol/outcome.ts';
import { formatInstant } from './format.ts';
import { Notice } from './notice.tsx';
import { PublicPage } from './public-page.tsx';
import { render } from './render.tsx';
import type { PageContext } from './route.ts';
import { type Crumb, StaffPage } from './staff-page.tsx';
import { texts } from './texts.ts';

/** Seconds after which a busy server is worth another try. */
const RETRY_AFTER = '2';

const isInstant = (name: string): boolean => name.endsWith('At') || name === 'until';

/** The sentence of a refusal, its instants written out in the election's zone. */
export function describeRefusal(
  language: Language,
  refusal: { readonly code: RefusalCode; readonly detail: RefusalDetail },
  timeZone = 'UTC',
): string {
  const said = Object.entries(refusal.detail).map(([name, value]) => [
    name,
    isInstant(name) && typeof value === 'number' ? formatInstant(language, timeZone, value) : value,
  ]);
  return refusalSentence(language, refusal.code, Object.fromEntries(said) as RefusalDetail);
}

/** A refusal as a whole page, with its code as `data-code` and its own status. */
export function refusalPage(
  c: PageContext,
  refusal: Refusal<RefusalCode>,
  options: { readonly back?: Crumb; readonly timeZone?: string } = {},
): Promise<Response> {
  const language = c.get('language');
  const t = texts[language];
  if (refusal.code === 'BUSY') c.header('Retry-After', RETRY_AFTER);
  const back = options.back ?? { href: '/', label: t.backHome };
  const { election, act } = refusal.detail;
  const body = (
    <>
      <Notice kind="warning">
        <p>{describeRefusal(language, refusal, options.timeZone)}</p>
      </Notice>
      {refusal.code === 'NEEDS_APPROVAL' ? (
        <p>
          <a class="btn btn-primary" href={`/elections/${election}/approvals?act=${act}`}>
            {t.askApproval}
          </a>
        </p>
      ) : null}
      <p>
        <a class="btn btn-secondary" href={back.href}>
          {back.label}
        </a>
      </p>
    </>
  );
  const { status } = REFUSALS[refusal.code];
  return c.get('viewer') === undefined
    ? render(
        c,
        <PublicPage language={language} title={t.refused} path={c.req.path} code={refusal.code} isNarrow>
          {body}
        </PublicPage>,
        status,
      )
    : render(
        c,
        <StaffPage c={c} title={t.refused} code={refusal.code} isNarrow>
          {body}
        </StaffPage>,
        status,
      );
}

/** A refusal as section 12 of the specification shapes it: `{"error":{"code","message",...detail}}`. */
export function refusalJson(c: PageContext, refusal: Refusal<RefusalCode>): Response {
  if (refusal.code === 'BUSY') c.header('Retry-After', RETRY_AFTER);
  const { code, detail } = refusal;
  const message = describeRefusal(c.get('language'), refusal);
  return c.json({ error: { ...detail, code, message } }, REFUSALS[code].status);
}

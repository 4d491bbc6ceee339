import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { refuse } from '../protocol/outcome.ts';
import { StoreBusy } from '../store/store.ts';
import { Notice } from '../views/notice.tsx';
import { PublicPage } from '../views/public-page.tsx';
import { refusalJson, refusalPage } from '../views/refusal-page.tsx';
import { render } from '../views/render.tsx';
import type { PageContext, Surface } from '../views/route.ts';
import { faultTexts } from './texts.ts';

const NO_SPACE = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT']);

/** The database is locked, its disk is full or it cannot be read: it may pass, and nothing was recorded. */
function isPassing(error: unknown): boolean {
  if (error instanceof StoreBusy) return true;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return NO_SPACE.has(code) || code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_IOERR');
}

/** Only the path's shape: voting and set-up links must not reach a log. */
const withoutSecrets = (path: string): string =>
  path.replace(/\/[A-Za-z0-9_-]{20,}(?=\/|$)/g, (part) => (/^\/[0-9a-f-]{36}$/.test(part) ? part : '/…'));

/** A bug or a failing disk: the reader gets a reference, the log gets the reason. */
export function answerFault(
  log: Logger,
  surface: Surface,
  c: PageContext,
  error: unknown,
): Response | Promise<Response> {
  const reference = randomBytes(6).toString('hex');
  const passes = isPassing(error);
  log[passes ? 'warn' : 'error'](
    { reference, method: c.req.method, path: withoutSecrets(c.req.path), err: error },
    passes ? 'busy' : 'fault',
  );
  if (passes) return surface === 'api' ? refusalJson(c, refuse('BUSY')) : refusalPage(c, refuse('BUSY'));
  const language = c.get('language');
  const t = faultTexts[language];
  if (surface === 'api') return c.json({ error: { code: 'FAULT', message: t.sentence, reference } }, 500);
  return render(
    c,
    <PublicPage language={language} title={t.title} path="/" code="FAULT" isNarrow>
      <Notice kind="danger">
        <p>{t.sentence}</p>
        <p>{t.reference(reference)}</p>
      </Notice>
    </PublicPage>,
    500,
  );
}

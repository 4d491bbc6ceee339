import { setCookie } from 'hono/cookie';
import { LANGUAGES } from '../domain/election.ts';
import { refuse } from '../protocol/outcome.ts';
import type { Runtime } from '../runtime.ts';
import { listElections } from '../store/elections.ts';
import { localPath } from '../views/local-path.ts';
import { PublicPage } from '../views/public-page.tsx';
import { refusalPage } from '../views/refusal-page.tsx';
import { render } from '../views/render.tsx';
import type { PageContext, Route } from '../views/route.ts';
import { LANGUAGE_COOKIE } from './language.ts';
import { homeTexts } from './texts.ts';

const ONE_YEAR = 31_536_000;

/** The paths people know, which lead to the same page of the newest election. */
const SHORT_PATHS = [
  'configure',
  'buildings',
  'register-candidate',
  'register-voter',
  'import-voters',
  'arm',
  'deliberate',
] as const;

async function home(runtime: Runtime, c: PageContext): Promise<Response> {
  if (c.get('viewer') !== undefined) return c.redirect('/elections', 303);
  const language = c.get('language');
  const t = homeTexts[language];
  const elections = await listElections(runtime.store.read);
  const published = elections.filter(({ state }) => state === 'published' || state === 'archived');
  return render(
    c,
    <PublicPage language={language} title={t.title(runtime.config.organisation)} path="/" isNarrow>
      <p class="lead">{t.lead}</p>
      <h2>{t.published}</h2>
      {published.length === 0 ? (
        <p class="empty">{t.none}</p>
      ) : (
        <ul class="link-list">
          {published.map((election) => (
            <li>
              <a href={`/results/${election.id}`}>{election.title}</a>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a class="btn btn-secondary" href="/sign-in">
          {t.staffSignIn}
        </a>
      </p>
    </PublicPage>,
  );
}

async function chooseLanguage(c: PageContext): Promise<Response> {
  const form = await c.req.parseBody();
  const language = LANGUAGES.find((known) => known === form['language']);
  if (language === undefined) return refusalPage(c, refuse('MALFORMED'));
  setCookie(c, LANGUAGE_COOKIE, language, { path: '/', sameSite: 'Lax', maxAge: ONE_YEAR });
  return c.redirect(localPath(form['next'], '/'), 303);
}

async function toCurrentElection(runtime: Runtime, c: PageContext, page: string): Promise<Response> {
  const [current] = await listElections(runtime.store.read);
  return c.redirect(current === undefined ? '/elections' : `/elections/${current.id}/${page}`, 303);
}

/** What belongs to no feature: the front page, the language, and the short paths. */
export const generalRoutes = (runtime: Runtime): Route[] => [
  { method: 'GET', path: '/', access: 'anyone', surface: 'page', handle: (c) => home(runtime, c) },
  { method: 'POST', path: '/language', access: 'anyone', surface: 'page', handle: chooseLanguage },
  ...SHORT_PATHS.map((page): Route => ({
    method: 'GET',
    path: `/${page}`,
    access: page === 'arm' || page === 'deliberate' ? 'admin' : 'technician',
    surface: 'page',
    handle: (c) => toCurrentElection(runtime, c, page),
  })),
];

import { setCookie } from 'hono/cookie';
import { LANGUAGES } from '../domain/election.ts';
import { refuse } from '../protocol/outcome.ts';
import type { Runtime } from '../runtime.ts';
import { listElections } from '../store/elections.ts';
import { localPath } from '../views/local-path.ts';
import { refusalPage } from '../views/refusal-page.tsx';
import type { PageContext, Route } from '../views/route.ts';
import { frontPage } from './front-page.tsx';
import { LANGUAGE_COOKIE } from './language.ts';

const ONE_YEAR = 31_536_000;

/** The paths people know, which lead to the same page of the newest election. */
const SHORT_PATHS = [
  'buildings',
  'register-candidate',
  'register-voter',
  'import-voters',
  'arm',
  'deliberate',
] as const;

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
  { method: 'GET', path: '/', access: 'anyone', surface: 'page', handle: (c) => frontPage(runtime, c) },
  { method: 'POST', path: '/language', access: 'anyone', surface: 'page', handle: chooseLanguage },
  ...SHORT_PATHS.map((page): Route => ({
    method: 'GET',
    path: `/${page}`,
    access: page === 'arm' || page === 'deliberate' ? 'admin' : 'technician',
    surface: 'page',
    handle: (c) => toCurrentElection(runtime, c, page),
  })),
];

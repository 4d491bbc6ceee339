import type { Hono } from 'hono';
import type { RefusalCode } from '../domain/refusals.ts';
import { viewerOfRequest } from '../features/staff/index.ts';
import { refuse } from '../protocol/outcome.ts';
import type { Runtime } from '../runtime.ts';
import { refusalJson, refusalPage } from '../views/refusal-page.tsx';
import { FRESH_MS, type PageContext, type PageEnv, type Route, type Viewer } from '../views/route.ts';
import { withinLimits } from './bodies.ts';
import { answerFault } from './faults.tsx';
import { chooseLanguage } from './language.ts';
import type { Metrics, Timed } from './metrics.ts';
import { isSameOrigin } from './origin.ts';

/** Why a viewer may not call a route; undefined where they may. */
function accessFault(route: Route, viewer: Viewer | undefined, now: number): RefusalCode | undefined {
  if (route.access === 'anyone') return undefined;
  if (viewer === undefined) return 'NOT_SIGNED_IN';
  if (route.access === 'admin' && viewer.role !== 'admin') return 'NOT_ALLOWED';
  if (route.isFresh === true && now - viewer.confirmedAt > FRESH_MS) return 'CONFIRM_PASSWORD';
  return undefined;
}

const answer = (route: Route, c: PageContext, code: RefusalCode): Response | Promise<Response> =>
  route.surface === 'api' ? refusalJson(c, refuse(code)) : refusalPage(c, refuse(code));

/** A reader is led to where the missing part is given and back; a post is refused, since what it carried would be lost. */
function denied(route: Route, c: PageContext, code: RefusalCode): Response | Promise<Response> {
  const here = new URL(c.req.url);
  const next = encodeURIComponent(here.pathname + here.search);
  if (route.method === 'GET' && code === 'NOT_SIGNED_IN') return c.redirect(`/sign-in?next=${next}`, 303);
  if (route.method === 'GET' && code === 'CONFIRM_PASSWORD') return c.redirect(`/confirm?next=${next}`, 303);
  if (code !== 'CONFIRM_PASSWORD') return answer(route, c, code);
  return refusalPage(c, refuse(code), { back: { href: '/confirm', label: 'OK' } });
}

/** The one way from a request to a handler: language, origin, who is asking, whether they may, how much they send. */
async function guarded(runtime: Runtime, route: Route, c: PageContext): Promise<Response> {
  c.set('language', chooseLanguage(c, route.surface, runtime.config.languages));
  if (route.surface === 'api') {
    c.header('Access-Control-Allow-Origin', '*');
  } else {
    if (route.method === 'POST' && !isSameOrigin(c, runtime.config.publicUrl))
      return answer(route, c, 'CROSS_SITE');
    c.set('viewer', await viewerOfRequest(runtime, c));
    c.set('viewerNow', () => viewerOfRequest(runtime, c));
  }
  const fault = accessFault(route, c.get('viewer'), runtime.clock.now());
  if (fault !== undefined) return denied(route, c, fault);
  if (route.method === 'POST') {
    const refused = await withinLimits(c, route, (code) => answer(route, c, code));
    if (refused !== undefined) return refused;
  }
  return route.handle(c);
}

/** Two handlers for one address would leave the second without effect, and its access rule with it. */
function refuseDuplicates(routes: readonly Route[]): void {
  const seen = new Set<string>();
  for (const { method, path } of routes) {
    const key = `${method} ${path.replace(/:\w+/g, ':')}`;
    if (seen.has(key)) throw new Error(`two routes answer ${method} ${path}`);
    seen.add(key);
  }
}

const untimed: Timed = (work) => work();

export function mountRoutes(
  app: Hono<PageEnv>,
  runtime: Runtime,
  routes: readonly Route[],
  metrics: Metrics | undefined,
): void {
  refuseDuplicates(routes);
  for (const route of routes) {
    const timed = metrics?.timer(route) ?? untimed;
    const answered = async (c: PageContext): Promise<Response> => {
      try {
        return await guarded(runtime, route, c);
      } catch (error) {
        return answerFault(runtime.log.app, route.surface, c, error);
      }
    };
    app.on(route.method, route.path, (c) => timed(() => answered(c)));
  }
  for (const path of new Set(routes.filter(({ surface }) => surface === 'api').map((route) => route.path))) {
    app.options(path, (c) => {
      c.header('Access-Control-Allow-Origin', '*');
      c.header('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
      c.header('Access-Control-Allow-Headers', 'Content-Type, Accept-Language');
      c.header('Access-Control-Max-Age', '86400');
      return c.body(null, 204);
    });
  }
}
